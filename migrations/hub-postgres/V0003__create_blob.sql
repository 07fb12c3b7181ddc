-- Attachments by content, in the ranges they came in. They are compressed already.
CREATE TABLE blob (
    district text NOT NULL,
    sha256 bytea NOT NULL CHECK (length(sha256) = 32),
    length bigint NOT NULL,
    received bigint NOT NULL,
    receipt bytea,
    PRIMARY KEY (district, sha256, length)
);

CREATE TABLE blob_range (
    district text NOT NULL,
    sha256 bytea NOT NULL,
    length bigint NOT NULL,
    at_offset bigint NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (district, sha256, length, at_offset)
);
ALTER TABLE blob_range ALTER COLUMN bytes SET STORAGE EXTERNAL;
