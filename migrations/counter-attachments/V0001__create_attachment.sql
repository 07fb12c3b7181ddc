-- Files by content. sha256 stays NULL only inside the transaction that writes the chunks.
CREATE TABLE attachment (
    id      INTEGER PRIMARY KEY,
    sha256  TEXT UNIQUE,
    length  INTEGER NOT NULL
) STRICT;

CREATE TABLE attachment_chunk (
    attachment_id INTEGER NOT NULL REFERENCES attachment (id),
    number        INTEGER NOT NULL,
    bytes         BLOB    NOT NULL,
    PRIMARY KEY (attachment_id, number)
) STRICT;
