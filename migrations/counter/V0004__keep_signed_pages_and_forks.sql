-- The hub's signed pages as they came: handed back to a hub that lost them, read again by a newer program.
DROP TABLE hub_entry;
CREATE TABLE hub_page (
    hub_incarnation BLOB    NOT NULL,
    after_index     INTEGER NOT NULL,
    next_index      INTEGER NOT NULL,
    entries         INTEGER NOT NULL,
    -- 1 where it holds an entry this program could not read
    unread          INTEGER NOT NULL DEFAULT 0,
    bytes           BLOB    NOT NULL,
    PRIMARY KEY (hub_incarnation, after_index)
) STRICT;
CREATE INDEX hub_page_unread ON hub_page (unread) WHERE unread = 1;

-- What a life wrote under numbers that another copy of the database had used before. It stays as it was hashed; the
-- same act stands in the log again under the number it was carried to, but for the opening of a life.
CREATE TABLE forked_change (
    counter             TEXT    NOT NULL,
    incarnation         BLOB    NOT NULL,
    seq                 INTEGER NOT NULL,
    hash                BLOB    NOT NULL CHECK (length(hash) = 32),
    bytes               BLOB    NOT NULL,
    carried_incarnation BLOB,
    carried_seq         INTEGER,
    moved_at            INTEGER NOT NULL,
    PRIMARY KEY (incarnation, seq, hash)
) STRICT;

-- Files cited by changes of this counter that came back from the hub, still to be fetched from there.
CREATE TABLE wanted_blob (
    sha256 TEXT    PRIMARY KEY,
    length INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Own changes that this database had lost: what of them waits was never shown here, and is not replayed.
ALTER TABLE change ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;

-- When the hub that signed it was restored and had lost what it covers: the changes count as unsent again.
ALTER TABLE receipt ADD COLUMN lost_at INTEGER;
