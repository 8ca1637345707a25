-- What is due is found by this index and by no statement that does not ask for what is due: before SQLite knows how many rows
-- there are, all indexes of what waits look the same to it, and it would walk this one for a single conversation.
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (channel, mass, due_at) WHERE state = 'waiting' AND due_at IS NOT NULL;
