-- Attachments by content, in the ranges they came in.
CREATE TABLE blob (
    district TEXT NOT NULL,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    length INTEGER NOT NULL,
    received INTEGER NOT NULL,
    receipt BLOB,
    PRIMARY KEY (district, sha256, length)
) STRICT;

CREATE TABLE blob_range (
    district TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    length INTEGER NOT NULL,
    at_offset INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (district, sha256, length, at_offset)
) STRICT;
