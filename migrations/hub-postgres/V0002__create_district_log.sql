-- One log per district. Index and head are assigned under the row of district_log, never by a sequence: with a
-- sequence a reader skips the entry of a transaction that commits late.
CREATE TABLE district_log (
    district text PRIMARY KEY,
    last_index bigint NOT NULL,
    head bytea NOT NULL CHECK (length(head) = 32)
) WITH (fillfactor = 50);

CREATE TABLE log_entry (
    district text NOT NULL,
    log_index bigint NOT NULL,
    at bigint NOT NULL,
    event bytea NOT NULL,
    counter text,
    incarnation bytea,
    seq bigint,
    lane_kind text,
    lane_id text,
    -- Where the lane took the change.
    taken boolean NOT NULL DEFAULT false,
    PRIMARY KEY (district, log_index)
);
CREATE INDEX log_entry_by_lane ON log_entry (district, lane_kind, lane_id, log_index) WHERE taken;

CREATE TABLE incarnation (
    district text NOT NULL,
    counter text NOT NULL,
    incarnation bytea NOT NULL,
    head_seq bigint NOT NULL,
    head_hash bytea NOT NULL,
    closed_at bigint,
    PRIMARY KEY (district, counter, incarnation)
);

CREATE TABLE change (
    district text NOT NULL,
    counter text NOT NULL,
    incarnation bytea NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    bytes bytea NOT NULL,
    PRIMARY KEY (district, counter, incarnation, seq)
);

CREATE TABLE receipt (
    district text NOT NULL,
    counter text NOT NULL,
    incarnation bytea NOT NULL,
    from_seq bigint NOT NULL,
    to_seq bigint NOT NULL,
    bytes bytea NOT NULL,
    head_claim bytea NOT NULL,
    PRIMARY KEY (district, counter, incarnation, to_seq)
);

-- Numbers are compared by their bytes, so that their order is the same on every machine and in both stores.
CREATE TABLE lane (
    district text NOT NULL,
    kind text NOT NULL,
    id text COLLATE "C" NOT NULL,
    state bytea NOT NULL,
    last_index bigint NOT NULL,
    PRIMARY KEY (district, kind, id)
);

-- Where a life of a counter had a change refused or waiting in a lane, and at which entry.
CREATE TABLE lane_freeze (
    district text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    counter text NOT NULL,
    incarnation bytea NOT NULL,
    log_index bigint NOT NULL,
    PRIMARY KEY (district, kind, id, counter, incarnation)
);

CREATE TABLE lane_key (
    district text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    key bytea NOT NULL,
    PRIMARY KEY (district, kind, id)
);
