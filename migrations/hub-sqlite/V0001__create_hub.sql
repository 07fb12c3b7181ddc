-- The hub itself, the one-time codes it printed, the keys that speak for counters, and the requests seen lately.
CREATE TABLE hub (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    incarnation BLOB NOT NULL CHECK (length(incarnation) = 16),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE enrolment_code (
    code_key_id BLOB PRIMARY KEY CHECK (length(code_key_id) = 8),
    code_key BLOB NOT NULL CHECK (length(code_key) = 32),
    district TEXT NOT NULL,
    counter TEXT NOT NULL,
    valid_until_at INTEGER NOT NULL,
    used_by_key BLOB,
    used_at INTEGER,
    reply BLOB
) STRICT;

CREATE TABLE counter_key (
    key_id BLOB PRIMARY KEY CHECK (length(key_id) = 8),
    public_key BLOB NOT NULL CHECK (length(public_key) = 32),
    district TEXT NOT NULL,
    counter TEXT NOT NULL,
    delegation BLOB NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    last_heard_at INTEGER
) STRICT;
CREATE INDEX counter_key_by_counter ON counter_key (district, counter);

CREATE TABLE request_nonce (
    key_id BLOB NOT NULL,
    nonce BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (key_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_nonce_by_time ON request_nonce (seen_at);
