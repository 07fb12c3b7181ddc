-- Reference data: versions of datasets by district, and their chunks by name. A manifest is kept as a chunk.
CREATE TABLE dataset (
    district     text   NOT NULL,
    kind         text   NOT NULL,
    version      bigint NOT NULL,
    manifest     bytea  NOT NULL CHECK (length(manifest) = 32),
    -- as the signed list names it
    entry        bytea  NOT NULL,
    published_at bigint NOT NULL,
    published_by text   NOT NULL,
    PRIMARY KEY (district, kind, version)
);

CREATE TABLE chunk (
    district text  NOT NULL,
    sha256   bytea NOT NULL CHECK (length(sha256) = 32),
    bytes    bytea NOT NULL,
    PRIMARY KEY (district, sha256)
);
-- They are packed already.
ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;
