-- The address itself of who writes in a conversation, sealed, so that they can be told something that they did not ask.
-- NULL until the next turn for conversations from before.
ALTER TABLE conversation ADD COLUMN address BLOB;

CREATE INDEX conversation_address ON conversation (active_at) WHERE address IS NOT NULL;

-- A held place that was offered to somebody whose appointment was called off: not the hold of the booking they are making.
ALTER TABLE place ADD COLUMN offer INTEGER NOT NULL DEFAULT 0 CHECK (offer IN (0, 1));

-- Days or hours on which staff close a branch. `begins` and `ends` are NULL when whole days are closed. `conversation` is the
-- one that ordered it. `reopen_from` and `reopen_to` ask for its end, and are NULL again once that was done.
CREATE TABLE closing (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    branch TEXT NOT NULL,
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    begins TEXT,
    ends TEXT,
    reason TEXT NOT NULL CHECK (json_valid(reason)),
    state TEXT NOT NULL CHECK (state IN ('ordered', 'closed', 'listed', 'done')),
    ordered_by TEXT NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    ordered_at INTEGER NOT NULL,
    settled_at INTEGER,
    reopen_from TEXT,
    reopen_to TEXT,
    CHECK (first <= last),
    CHECK ((begins IS NULL) = (ends IS NULL)),
    CHECK ((state = 'done') = (settled_at IS NOT NULL)),
    CHECK ((reopen_from IS NULL) = (reopen_to IS NULL))
) STRICT;

CREATE INDEX closing_branch ON closing (branch, first);
CREATE INDEX closing_open ON closing (id) WHERE settled_at IS NULL OR reopen_from IS NOT NULL;

-- Something a person is told that did not begin with a message of theirs; done in a turn of their conversation. The
-- message that told it is named, so that one which did not arrive is known.
CREATE TABLE errand (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    conversation INTEGER NOT NULL REFERENCES conversation (id),
    reference TEXT,
    closing INTEGER REFERENCES closing (id),
    errand BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'told', 'moot', 'not_reached')),
    due_at INTEGER NOT NULL,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    error TEXT,
    offered INTEGER NOT NULL DEFAULT 0 CHECK (offered IN (0, 1)),
    answer TEXT CHECK (answer IN ('accepted', 'declined')),
    told_conversation INTEGER,
    told_turn INTEGER,
    told_n INTEGER,
    written_at INTEGER NOT NULL,
    settled_at INTEGER,
    CHECK ((state = 'waiting') = (settled_at IS NULL)),
    CHECK ((state = 'told') = (told_conversation IS NOT NULL)),
    CHECK ((told_conversation IS NULL) = (told_turn IS NULL)),
    CHECK ((told_conversation IS NULL) = (told_n IS NULL))
) STRICT;

CREATE INDEX errand_waiting ON errand (conversation, id) WHERE state = 'waiting';
CREATE INDEX errand_due ON errand (due_at) WHERE state = 'waiting';
CREATE UNIQUE INDEX errand_closing ON errand (closing, reference) WHERE closing IS NOT NULL;
CREATE INDEX errand_offered ON errand (reference) WHERE offered;
CREATE INDEX errand_age ON errand (settled_at) WHERE settled_at IS NOT NULL;
