-- Messages that leave at a pace of their own: one that waits, and one that has left.
INSERT INTO outbox (conversation, turn, n, channel, kind, message, state, due_at, tries, error, written_at, settled_at, mass)
    VALUES (7, 3, 0, 'telegram', 'talk', BLOB, 'waiting', AT, 0, NULL, AT, NULL, YES),
        (7, 3, 1, 'email', 'post', NULL, 'sent', AT, 1, NULL, AT, AT, YES);
