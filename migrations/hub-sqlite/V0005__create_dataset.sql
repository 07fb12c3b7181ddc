-- Reference data: versions of datasets by district, and their chunks by name. A manifest is kept as a chunk.
CREATE TABLE dataset (
    district     TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    version      INTEGER NOT NULL,
    manifest     BLOB    NOT NULL CHECK (length(manifest) = 32),
    -- as the signed list names it
    entry        BLOB    NOT NULL,
    published_at INTEGER NOT NULL,
    published_by TEXT    NOT NULL,
    PRIMARY KEY (district, kind, version)
) STRICT;

CREATE TABLE chunk (
    district TEXT NOT NULL,
    sha256   BLOB NOT NULL CHECK (length(sha256) = 32),
    bytes    BLOB NOT NULL,
    PRIMARY KEY (district, sha256)
) STRICT;
