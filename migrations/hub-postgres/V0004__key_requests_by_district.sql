-- Every table that grows is keyed by district first.
CREATE TABLE request_nonce (
    district text NOT NULL,
    key_id bytea NOT NULL,
    nonce bytea NOT NULL,
    seen_at bigint NOT NULL,
    PRIMARY KEY (district, key_id, nonce)
);
CREATE INDEX request_nonce_by_time ON request_nonce (district, seen_at);

-- What a program must know at least to go on with this database. A new program expands the schema and leaves this
-- number alone; only the migration that takes away what an old program needs raises it.
CREATE TABLE min_program_version (
    id smallint PRIMARY KEY CHECK (id = 1),
    version integer NOT NULL
);
INSERT INTO min_program_version (id, version) VALUES (1, 4);
