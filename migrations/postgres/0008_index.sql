-- What is due is found by this index and by no statement that does not ask for what is due: before the server knows how many rows
-- there are, all indexes of what waits look the same to it, and it would walk this one for a single conversation.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (channel, mass, due_at) WHERE state = 'waiting' AND due_at IS NOT NULL;

-- A row's new version needs no index entries as long as no column of an index or of its condition has changed: `state` does in
-- every turn, so it is in no condition. Tidying, once an hour, reads past conversations whose draft is gone.
DROP INDEX conversation_draft;
CREATE INDEX conversation_draft ON conversation (active_at);
