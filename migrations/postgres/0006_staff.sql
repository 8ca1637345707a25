-- Who works at the counters. An invitation is kept as a hash until it is taken up in a chat, which is then found by
-- `contact`; both go when the member is removed. Name and address are sealed. `reach` says which branches and states.
CREATE TABLE staff (
    id UUID NOT NULL PRIMARY KEY,
    name BYTEA NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'admin')),
    reach TEXT NOT NULL,
    invited_at TIMESTAMPTZ NOT NULL,
    invitation BYTEA UNIQUE CHECK (length(invitation) = 32),
    invited_until TIMESTAMPTZ,
    channel TEXT,
    contact BYTEA UNIQUE CHECK (length(contact) = 32),
    address BYTEA,
    joined_at TIMESTAMPTZ,
    removed_at TIMESTAMPTZ,
    list_at TIME,
    listed_on DATE,
    CHECK ((contact IS NULL) = (address IS NULL)),
    CHECK ((contact IS NULL) = (channel IS NULL)),
    CHECK (removed_at IS NULL OR (contact IS NULL AND invitation IS NULL))
);

-- Who looked at what, who did what, and why. `staff` is empty for the command line. Rows are only ever added.
CREATE TABLE audit (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    staff UUID,
    act TEXT NOT NULL,
    branch TEXT,
    reference TEXT,
    details BYTEA NOT NULL
);

CREATE INDEX audit_time ON audit (at);

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of the audit trail are never changed or deleted';
END $$;

CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_is_kept BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();

-- Whether the person of an appointment came.
ALTER TABLE place ADD COLUMN attendance TEXT CHECK (attendance IN ('arrived', 'late', 'no_show'));
ALTER TABLE place ADD COLUMN attended_at TIMESTAMPTZ;

-- What colleagues are to know of an appointment.
CREATE TABLE note (
    reference TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    staff UUID NOT NULL,
    text BYTEA NOT NULL,
    PRIMARY KEY (reference, at, staff)
);

CREATE INDEX note_age ON note (at);

-- Why an identity is blocked, and by whom.
ALTER TABLE block ADD COLUMN reason BYTEA;
ALTER TABLE block ADD COLUMN staff UUID;
