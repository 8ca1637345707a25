-- Whether a conversation may have a draft to strip.
ALTER TABLE conversation ADD COLUMN drafted INTEGER NOT NULL DEFAULT 1 CHECK (drafted IN (0, 1));
DROP INDEX conversation_draft;
CREATE INDEX conversation_draft ON conversation (active_at) WHERE drafted;

-- A hold that was confirmed needs no entry among those whose time ran out: only one that was taken back is looked for.
DROP INDEX place_lapsed;
CREATE INDEX place_lapsed ON place (until) WHERE state = 'held' AND NOT takes;
