-- Whether a message is one of many sent at once (a reminder, the news of a closure): these leave at a pace of their own and
-- hold up nobody's answer. What is due is found apart.
ALTER TABLE outbox ADD COLUMN mass INTEGER NOT NULL DEFAULT 0 CHECK (mass IN (0, 1));

CREATE INDEX outbox_due ON outbox (channel, mass, due_at) WHERE state = 'waiting';
DROP INDEX outbox_waiting;
