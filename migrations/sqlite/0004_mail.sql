-- Tokens sent out with mail: whoever repeats one has read that mail. Only a keyed hash is kept; the address is sealed.
CREATE TABLE mail_token (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    address BLOB NOT NULL,
    question INTEGER NOT NULL CHECK (question >= 0),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_token_age ON mail_token (until);

-- Mails found in a mailbox. Tries are counted before the work, so that a mail that ends the process is set aside in time.
CREATE TABLE mail_seen (
    mailbox TEXT NOT NULL,
    validity INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries > 0),
    refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
    seen_at INTEGER NOT NULL,
    settled_at INTEGER,
    PRIMARY KEY (mailbox, validity, uid)
) STRICT, WITHOUT ROWID;

CREATE INDEX mail_seen_age ON mail_seen (seen_at);

-- Codes with which a draft is taken up in another conversation.
CREATE TABLE handover (
    hash BLOB NOT NULL PRIMARY KEY CHECK (length(hash) = 32),
    conversation INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX handover_age ON handover (until);
