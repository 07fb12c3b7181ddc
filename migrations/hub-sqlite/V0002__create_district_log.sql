-- One log per district. Index and head are assigned under the row of district_log, never by a sequence.
CREATE TABLE district_log (
    district TEXT PRIMARY KEY,
    last_index INTEGER NOT NULL,
    head BLOB NOT NULL CHECK (length(head) = 32)
) STRICT;

CREATE TABLE log_entry (
    district TEXT NOT NULL,
    log_index INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event BLOB NOT NULL,
    counter TEXT,
    incarnation BLOB,
    seq INTEGER,
    lane_kind TEXT,
    lane_id TEXT,
    -- 1 where the lane took the change.
    taken INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (district, log_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX log_entry_by_lane ON log_entry (district, lane_kind, lane_id, log_index) WHERE taken = 1;

CREATE TABLE incarnation (
    district TEXT NOT NULL,
    counter TEXT NOT NULL,
    incarnation BLOB NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash BLOB NOT NULL,
    closed_at INTEGER,
    PRIMARY KEY (district, counter, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE change (
    district TEXT NOT NULL,
    counter TEXT NOT NULL,
    incarnation BLOB NOT NULL,
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    bytes BLOB NOT NULL,
    PRIMARY KEY (district, counter, incarnation, seq)
) STRICT;

CREATE TABLE receipt (
    district TEXT NOT NULL,
    counter TEXT NOT NULL,
    incarnation BLOB NOT NULL,
    from_seq INTEGER NOT NULL,
    to_seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    head_claim BLOB NOT NULL,
    PRIMARY KEY (district, counter, incarnation, to_seq)
) STRICT;

CREATE TABLE lane (
    district TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    state BLOB NOT NULL,
    last_index INTEGER NOT NULL,
    PRIMARY KEY (district, kind, id)
) STRICT;

-- Where a life of a counter had a change refused or waiting in a lane, and at which entry.
CREATE TABLE lane_freeze (
    district TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    counter TEXT NOT NULL,
    incarnation BLOB NOT NULL,
    log_index INTEGER NOT NULL,
    PRIMARY KEY (district, kind, id, counter, incarnation)
) STRICT, WITHOUT ROWID;

CREATE TABLE lane_key (
    district TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (district, kind, id)
) STRICT;
