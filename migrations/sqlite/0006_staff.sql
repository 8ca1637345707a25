-- Who works at the counters. An invitation is kept as a hash until it is taken up in a chat, which is then found by
-- `contact`; both go when the member is removed. Name and address are sealed. `reach` says which branches and states.
CREATE TABLE staff (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    name BLOB NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'admin')),
    reach TEXT NOT NULL CHECK (json_valid(reach)),
    invited_at INTEGER NOT NULL,
    invitation BLOB UNIQUE CHECK (length(invitation) = 32),
    invited_until INTEGER,
    channel TEXT,
    contact BLOB UNIQUE CHECK (length(contact) = 32),
    address BLOB,
    joined_at INTEGER,
    removed_at INTEGER,
    list_at TEXT,
    listed_on TEXT,
    CHECK ((contact IS NULL) = (address IS NULL)),
    CHECK ((contact IS NULL) = (channel IS NULL)),
    CHECK (removed_at IS NULL OR (contact IS NULL AND invitation IS NULL))
) STRICT, WITHOUT ROWID;

-- Who looked at what, who did what, and why. `staff` is empty for the command line. Rows are only ever added.
CREATE TABLE audit (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    at INTEGER NOT NULL,
    staff BLOB CHECK (length(staff) = 16),
    act TEXT NOT NULL,
    branch TEXT,
    reference TEXT,
    details BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX audit_time ON audit (at);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'rows of the audit trail are never changed');
END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'rows of the audit trail are never deleted');
END;

-- Whether the person of an appointment came.
ALTER TABLE place ADD COLUMN attendance TEXT CHECK (attendance IN ('arrived', 'late', 'no_show'));
ALTER TABLE place ADD COLUMN attended_at INTEGER;

-- What colleagues are to know of an appointment.
CREATE TABLE note (
    reference TEXT NOT NULL,
    at INTEGER NOT NULL,
    staff BLOB NOT NULL CHECK (length(staff) = 16),
    text BLOB NOT NULL,
    PRIMARY KEY (reference, at, staff)
) STRICT, WITHOUT ROWID;

CREATE INDEX note_age ON note (at);

-- Why an identity is blocked, and by whom.
ALTER TABLE block ADD COLUMN reason BLOB;
ALTER TABLE block ADD COLUMN staff BLOB CHECK (staff IS NULL OR length(staff) = 16);
