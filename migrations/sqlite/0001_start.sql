-- Instants are microseconds since 1970 in UTC; dates and times are local to the branch (`2026-03-04`, `09:00:00`);
-- identifiers of places are UUIDs of 16 bytes. Columns named after a person's data hold either a keyed hash, to find
-- it by (identity, email, contact), or sealed bytes (applicant, state, message).
--
-- There are no references between the three families of keys (branch, conversation, claim), so that each can be
-- spread over machines by its own key.

-- The office catalogue, one document a version; the newest is in force.
CREATE TABLE office (
    version INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
    document TEXT NOT NULL CHECK (json_valid(document)),
    imported_at INTEGER NOT NULL
) STRICT;

-- One row: tells whether the keys given are those the data was sealed with.
CREATE TABLE key_check (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

------------------------------------------------------------------------------------------------------------------
-- Led by the conversation

CREATE TABLE conversation (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL,
    contact BLOB NOT NULL UNIQUE CHECK (length(contact) = 32),
    turn INTEGER NOT NULL CHECK (turn > 0),
    state BLOB,
    active_at INTEGER NOT NULL
) STRICT;

CREATE INDEX conversation_draft ON conversation (active_at) WHERE state IS NOT NULL;

-- Messages that were handled, each in a turn, so that one that comes again is known.
CREATE TABLE delivery (
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    key TEXT NOT NULL,
    turn INTEGER NOT NULL,
    handled_at INTEGER NOT NULL,
    PRIMARY KEY (conversation, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_age ON delivery (handled_at);

-- Codes sent to prove an address.
CREATE TABLE code (
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    email BLOB NOT NULL CHECK (length(email) = 32),
    sent_at INTEGER NOT NULL,
    until INTEGER NOT NULL CHECK (until >= sent_at),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    tries INTEGER NOT NULL CHECK (tries >= 0),
    spent INTEGER NOT NULL CHECK (spent IN (0, 1)),
    PRIMARY KEY (conversation, email, sent_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX code_address ON code (email, sent_at);
CREATE INDEX code_age ON code (sent_at);

-- Messages to be sent. `due_at` is also the lease: nobody else takes a message before it.
CREATE TABLE outbox (
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    turn INTEGER NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 0),
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    message BLOB,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up')),
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    error TEXT,
    written_at INTEGER NOT NULL,
    settled_at INTEGER,
    PRIMARY KEY (conversation, turn, n),
    CHECK ((state = 'waiting') = (message IS NOT NULL)),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT, WITHOUT ROWID;

-- The last column of this index and of place_running is there so that SQLite sees that the index alone will do.
CREATE INDEX outbox_first ON outbox (conversation, channel, turn, n, state) WHERE state = 'waiting';
CREATE INDEX outbox_waiting ON outbox (channel, due_at) WHERE state = 'waiting';
CREATE INDEX outbox_age ON outbox (settled_at) WHERE settled_at IS NOT NULL;

------------------------------------------------------------------------------------------------------------------
-- Led by the branch

-- How many places of a slot are taken; a slot that was never asked for has no row. The capacity is not here: it is
-- the catalogue's, so that a changed one acts at once, and may fall below what is taken.
CREATE TABLE slot (
    branch TEXT NOT NULL,
    service TEXT NOT NULL,
    date TEXT NOT NULL,
    time TEXT NOT NULL,
    taken INTEGER NOT NULL CHECK (taken >= 0),
    PRIMARY KEY (branch, service, date, time)
) STRICT, WITHOUT ROWID;

-- A place, from its hold to long after its appointment. `takes` says whether it is counted in its slot's `taken`,
-- `until` the instant from which it need not be: the end of a hold, or of the delay after a cancellation.
CREATE TABLE place (
    branch TEXT NOT NULL,
    date TEXT NOT NULL,
    time TEXT NOT NULL,
    id BLOB NOT NULL CHECK (length(id) = 16),
    service TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    ends_at INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'booked', 'moved', 'cancelled', 'attended', 'no_show')),
    takes INTEGER NOT NULL CHECK (takes IN (0, 1)),
    until INTEGER,
    conversation INTEGER NOT NULL,
    identity BLOB CHECK (length(identity) = 32),
    instead_of TEXT,
    reference TEXT,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    queue INTEGER CHECK (queue > 0),
    language TEXT,
    email BLOB CHECK (length(email) = 32),
    applicant BLOB,
    written_at INTEGER NOT NULL,
    PRIMARY KEY (branch, date, time, id),
    FOREIGN KEY (branch, service, date, time) REFERENCES slot (branch, service, date, time),
    CHECK ((state = 'held') = (reference IS NULL)),
    CHECK ((reference IS NULL) = (queue IS NULL)),
    CHECK ((reference IS NULL) = (language IS NULL)),
    CHECK (state <> 'held' OR (until IS NOT NULL AND identity IS NOT NULL)),
    CHECK (state <> 'booked' OR (takes = 1 AND until IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX place_running ON place (branch, service, date, time, until, takes) WHERE takes AND until IS NOT NULL;
CREATE INDEX place_conversation ON place (conversation);
CREATE INDEX place_email ON place (email) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX place_reference ON place (reference, sequence) WHERE reference IS NOT NULL;
CREATE INDEX place_lapsed ON place (until) WHERE state = 'held';
CREATE INDEX place_age ON place (ends_at) WHERE applicant IS NOT NULL;

-- The last queue number given out for a day.
CREATE TABLE branch_day (
    branch TEXT NOT NULL,
    date TEXT NOT NULL,
    queue INTEGER NOT NULL CHECK (queue > 0),
    PRIMARY KEY (branch, date)
) STRICT, WITHOUT ROWID;

------------------------------------------------------------------------------------------------------------------
-- Led by a person

-- One live hold or booking for an identity and a service: a hold's until it runs out, a booking's until it is over.
CREATE TABLE claim (
    identity BLOB NOT NULL CHECK (length(identity) = 32),
    service TEXT NOT NULL,
    place BLOB NOT NULL CHECK (length(place) = 16),
    until INTEGER NOT NULL,
    PRIMARY KEY (identity, service)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_age ON claim (until);

-- Identities that may not book for a time.
CREATE TABLE block (
    identity BLOB NOT NULL PRIMARY KEY CHECK (length(identity) = 32),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the owner of a proved address gave last.
CREATE TABLE profile (
    email BLOB NOT NULL PRIMARY KEY CHECK (length(email) = 32),
    applicant BLOB NOT NULL,
    written_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX profile_age ON profile (written_at);
