-- What a channel remembers of a conversation from one message to the next (Telegram: the message with the buttons).
CREATE TABLE memory (
    conversation INTEGER NOT NULL PRIMARY KEY REFERENCES conversation (id),
    text BLOB NOT NULL,
    written_at INTEGER NOT NULL
) STRICT;

CREATE INDEX memory_age ON memory (written_at);

-- Which process took a message of the outbox to send it: what a process that has died had taken is free at once.
ALTER TABLE outbox ADD COLUMN taker BLOB CHECK (taker IS NULL OR length(taker) = 16);
