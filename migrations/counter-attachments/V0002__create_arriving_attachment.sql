-- Files that are being fetched: their chunks hang on a row of `attachment` without a name until the whole is checked.
CREATE TABLE arriving_attachment (
    sha256        TEXT    PRIMARY KEY,
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    received      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
