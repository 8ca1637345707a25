-- Whether a conversation may have a draft to strip. Its state changes in every turn, and an index with the state in its condition
-- would be written in each; this changes when a draft is stripped, and when somebody comes back after that.
ALTER TABLE conversation ADD COLUMN drafted BOOLEAN NOT NULL DEFAULT TRUE;
DROP INDEX conversation_draft;
CREATE INDEX conversation_draft ON conversation (active_at) WHERE drafted;

-- A hold that was confirmed needs no entry among those whose time ran out: only one that was taken back is looked for.
DROP INDEX place_lapsed;
CREATE INDEX place_lapsed ON place (until) WHERE state = 'held' AND NOT takes;
