-- What a channel remembers of a conversation from one message to the next (Telegram: the message with the buttons).
CREATE TABLE memory (
    conversation bigint NOT NULL PRIMARY KEY REFERENCES conversation (id),
    text bytea NOT NULL,
    written_at timestamptz NOT NULL
);

CREATE INDEX memory_age ON memory (written_at);

-- Which process took a message of the outbox to send it: what a process that has died had taken is free at once.
ALTER TABLE outbox ADD COLUMN taker uuid;
