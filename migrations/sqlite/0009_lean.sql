-- A hold that was confirmed needs no entry among those whose time ran out: only one that was taken back is looked for.
DROP INDEX place_lapsed;
CREATE INDEX place_lapsed ON place (until) WHERE state = 'held' AND NOT takes;
