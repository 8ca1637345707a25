-- Tokens sent out with mail: whoever repeats one has read that mail. Only a keyed hash is kept; the address is sealed.
CREATE TABLE mail_token (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    address bytea NOT NULL,
    question bigint NOT NULL CHECK (question >= 0),
    until timestamptz NOT NULL
);

CREATE INDEX mail_token_age ON mail_token (until);

-- Mails found in a mailbox. Tries are counted before the work, so that a mail that ends the process is set aside in time.
CREATE TABLE mail_seen (
    mailbox text NOT NULL,
    validity bigint NOT NULL,
    uid bigint NOT NULL,
    tries bigint NOT NULL CHECK (tries > 0),
    refused boolean NOT NULL,
    seen_at timestamptz NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (mailbox, validity, uid)
);

CREATE INDEX mail_seen_age ON mail_seen (seen_at);

-- Codes with which a draft is taken up in another conversation.
CREATE TABLE handover (
    hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
    conversation bigint NOT NULL,
    until timestamptz NOT NULL
);

CREATE INDEX handover_age ON handover (until);
