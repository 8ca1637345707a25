-- Work that one process at a time may do (polling a channel, tidying): who has it, and until when nobody else may.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder BLOB NOT NULL CHECK (length(holder) = 16),
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
