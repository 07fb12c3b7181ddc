-- Reference data from the hub: what it publishes, what of it came, what is taken over.

-- What the hub publishes, as it signed it. At most one row.
CREATE TABLE hub_dataset_list (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    bytes    BLOB    NOT NULL,
    asked_at INTEGER NOT NULL,
    -- the hub's log says that something was published since
    outdated INTEGER NOT NULL
) STRICT;

-- The version of each kind that the tables hold.
CREATE TABLE hub_dataset (
    kind          TEXT    PRIMARY KEY,
    version       INTEGER NOT NULL,
    manifest      BLOB    NOT NULL CHECK (length(manifest) = 32),
    -- what its rows name as where they came from
    run_id        INTEGER,
    taken_over_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Manifests and chunks as they came, of the version taken over and of the one that is coming.
CREATE TABLE hub_chunk (
    id     INTEGER PRIMARY KEY,
    sha256 BLOB    NOT NULL UNIQUE CHECK (length(sha256) = 32),
    bytes  BLOB    NOT NULL
) STRICT;

-- Whose a row is: 0 a file's, 1 the hub's, 2 the hub's but a newer file stands in for it.
ALTER TABLE penalty ADD COLUMN of_hub INTEGER NOT NULL DEFAULT 0;
ALTER TABLE permit ADD COLUMN of_hub INTEGER NOT NULL DEFAULT 0;
CREATE INDEX penalty_overridden ON penalty (of_hub) WHERE of_hub = 2;
CREATE INDEX permit_overridden ON permit (of_hub) WHERE of_hub = 2;
