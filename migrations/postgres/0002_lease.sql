-- Work that one process at a time may do (polling a channel, tidying): who has it, and until when nobody else may.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder UUID NOT NULL,
    until TIMESTAMPTZ NOT NULL
);

-- The oldest schema that a program may know and still work with this database. A migration that only adds leaves it, so
-- that programs of the version before go on during an update; one that takes something away raises it.
CREATE TABLE schema_floor (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    oldest BIGINT NOT NULL CHECK (oldest > 0)
);

INSERT INTO schema_floor (one, oldest) VALUES (1, 2);
