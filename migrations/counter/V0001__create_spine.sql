-- The spine: changes, lanes, receipts, and the tables that people read.
-- Instants are milliseconds UTC (_at), days ISO texts (_on), hashes and ids blobs.

-- Whose database this is. One row.
CREATE TABLE counter (
    id           INTEGER PRIMARY KEY CHECK (id = 1),
    site         TEXT    NOT NULL,
    counter      TEXT    NOT NULL,
    prefix       TEXT    NOT NULL,
    test         INTEGER NOT NULL,
    signing_seed BLOB    NOT NULL CHECK (length(signing_seed) = 32),
    created_at   INTEGER NOT NULL
) STRICT;

-- The lives of this database. The one with the highest ordinal writes.
CREATE TABLE incarnation (
    id          BLOB    PRIMARY KEY CHECK (length(id) = 16),
    ordinal     INTEGER NOT NULL UNIQUE,
    number_tag  TEXT    NOT NULL UNIQUE,
    parent      BLOB,
    parent_seq  INTEGER,
    parent_hash BLOB,
    opened_at   INTEGER NOT NULL,
    -- the hub's receipts cover every change up to here
    recorded_to INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- The hub this counter is enrolled with, and how far its log was read. At most one row.
CREATE TABLE hub_binding (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    url             TEXT    NOT NULL,
    hub_key         BLOB    NOT NULL,
    hub_incarnation BLOB,
    delegation      BLOB    NOT NULL,
    delegated_until_at INTEGER NOT NULL,
    cursor          INTEGER NOT NULL DEFAULT 0,
    bound_at        INTEGER NOT NULL,
    contacted_at    INTEGER
) STRICT;

-- Every change, as it was hashed. Nothing here is ever rewritten but what the hub says about it.
CREATE TABLE change (
    id             INTEGER PRIMARY KEY,
    counter        TEXT    NOT NULL,
    incarnation    BLOB    NOT NULL,
    seq            INTEGER NOT NULL,
    lane_kind      TEXT    NOT NULL,
    lane_id        TEXT    NOT NULL,
    act            BLOB    NOT NULL,
    kind           TEXT    NOT NULL,
    actor          TEXT    NOT NULL,
    made_at        INTEGER NOT NULL,
    base           INTEGER,
    bytes          BLOB    NOT NULL,
    hash           BLOB    NOT NULL CHECK (length(hash) = 32),
    origin         TEXT    NOT NULL CHECK (origin IN ('own', 'hub')),
    log_index      INTEGER,
    verdict        TEXT    CHECK (verdict IN ('applied', 'merged', 'refused', 'waiting')),
    verdict_code   TEXT,
    verdict_detail TEXT,
    settled_at     INTEGER,
    UNIQUE (counter, incarnation, seq)
) STRICT;
CREATE INDEX change_lane ON change (lane_kind, lane_id);
CREATE INDEX change_parked ON change (verdict) WHERE verdict IN ('refused', 'waiting');

-- Which files a change cites.
CREATE TABLE cited_attachment (
    change_id INTEGER NOT NULL REFERENCES change (id),
    sha256    TEXT    NOT NULL,
    PRIMARY KEY (change_id, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX cited_attachment_sha256 ON cited_attachment (sha256);

-- What every lane has become: the reducer's state.
CREATE TABLE lane (
    kind       TEXT    NOT NULL,
    id         TEXT    NOT NULL,
    state      BLOB    NOT NULL,
    -- the hub's log index of the last entry applied here
    base       INTEGER,
    updated_at INTEGER NOT NULL,
    delivery   TEXT    NOT NULL CHECK (delivery IN ('saved', 'delivered', 'refused')),
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- Proofs of recording, as the hub signed them.
CREATE TABLE receipt (
    id              INTEGER PRIMARY KEY,
    counter         TEXT    NOT NULL,
    incarnation     BLOB    NOT NULL,
    from_seq        INTEGER NOT NULL,
    to_seq          INTEGER NOT NULL CHECK (to_seq >= from_seq),
    hash            BLOB    NOT NULL,
    hub_incarnation BLOB    NOT NULL,
    log_index       INTEGER NOT NULL,
    head            BLOB    NOT NULL,
    recorded_at     INTEGER NOT NULL,
    bytes           BLOB    NOT NULL UNIQUE
) STRICT;
CREATE INDEX receipt_range ON receipt (incarnation, from_seq);

-- Files that the hub has a change for but not the content.
CREATE TABLE missing_blob (
    sha256 TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The hub's log as far as it was read, entry by entry, as it came.
CREATE TABLE hub_entry (
    log_index INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL,
    bytes     BLOB    NOT NULL
) STRICT;

-- What numbers were given out. Never goes back.
CREATE TABLE number_series (
    family      TEXT    NOT NULL,
    year        INTEGER NOT NULL,
    last_serial INTEGER NOT NULL,
    PRIMARY KEY (family, year)
) STRICT, WITHOUT ROWID;

-- The key that personal numbers of a lane are sealed under; NULL once destroyed.
CREATE TABLE lane_key (
    kind         TEXT NOT NULL,
    id           TEXT NOT NULL,
    key          BLOB,
    destroyed_at INTEGER,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;

-- How a person proves to be the holder of an account. Never leaves this computer.
CREATE TABLE credential (
    account         TEXT    PRIMARY KEY,
    hash            TEXT    NOT NULL,
    changed_at      INTEGER NOT NULL,
    failures        INTEGER NOT NULL DEFAULT 0,
    locked_until_at INTEGER
) STRICT, WITHOUT ROWID;

-- What is being typed. Outside the chain.
CREATE TABLE draft (
    key        TEXT    PRIMARY KEY,
    json       TEXT    NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was left of a sitting's time when it was last saved.
CREATE TABLE exam_clock (
    session  TEXT    PRIMARY KEY,
    left_ms  INTEGER NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Choices of this computer.
CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What reference data is loaded, from where and of which day.
CREATE TABLE dataset (
    kind       TEXT    PRIMARY KEY,
    source     TEXT    NOT NULL,
    data_as_of TEXT,
    rows       INTEGER NOT NULL,
    loaded_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Below: tables projected from the lanes. They can be dropped and made again from the changes.

CREATE TABLE account (
    name         TEXT    PRIMARY KEY,
    display_name TEXT    NOT NULL,
    roles        TEXT    NOT NULL,
    disabled     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE visit (
    no           TEXT    PRIMARY KEY,
    subject_name TEXT    NOT NULL,
    uscc         TEXT,
    queue_number TEXT,
    agent_name   TEXT,
    clerk        TEXT    NOT NULL,
    opened_at    INTEGER NOT NULL,
    ended_at     INTEGER,
    ending       TEXT,
    cases        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_opened ON visit (opened_at);

CREATE TABLE repair_case (
    no              TEXT    PRIMARY KEY,
    state           TEXT    NOT NULL,
    visit           TEXT    NOT NULL,
    subject_name    TEXT    NOT NULL,
    uscc            TEXT,
    record_key      TEXT    NOT NULL,
    decision_number TEXT,
    authority       TEXT,
    pack            TEXT,
    front_door      TEXT,
    verdict         TEXT    NOT NULL,
    received_on     TEXT    NOT NULL,
    submitted_on    TEXT,
    last_act_on     TEXT    NOT NULL,
    gaps            INTEGER NOT NULL,
    record_changed  INTEGER NOT NULL,
    data_as_of      TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX repair_case_state ON repair_case (state, received_on);
CREATE INDEX repair_case_uscc ON repair_case (uscc);
CREATE INDEX repair_case_record ON repair_case (record_key);
CREATE INDEX repair_case_visit ON repair_case (visit);

CREATE TABLE entered_record (
    key             TEXT    PRIMARY KEY,
    by_hand         INTEGER NOT NULL,
    subject_name    TEXT,
    uscc            TEXT,
    decision_number TEXT,
    merged_from     TEXT,
    updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX entered_record_uscc ON entered_record (uscc);
CREATE INDEX entered_record_subject ON entered_record (subject_name);

CREATE TABLE class (
    no        TEXT    PRIMARY KEY,
    title     TEXT    NOT NULL,
    kind      TEXT    NOT NULL,
    host      TEXT    NOT NULL,
    place     TEXT    NOT NULL,
    starts_on TEXT    NOT NULL,
    hours     INTEGER NOT NULL,
    trainees  INTEGER NOT NULL,
    closed_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX class_starts ON class (starts_on);

CREATE TABLE exam_session (
    no           TEXT    PRIMARY KEY,
    class        TEXT    NOT NULL,
    trainee      TEXT    NOT NULL,
    trainee_name TEXT    NOT NULL,
    subject_name TEXT    NOT NULL,
    attempt      INTEGER NOT NULL,
    stage        TEXT    NOT NULL,
    drawn_on     TEXT    NOT NULL,
    started_at   INTEGER,
    ended_at     INTEGER,
    score        INTEGER,
    out_of       INTEGER,
    passed       INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX exam_session_class ON exam_session (class, trainee);

CREATE TABLE certificate (
    no           TEXT    PRIMARY KEY,
    state        TEXT    NOT NULL,
    class        TEXT    NOT NULL,
    trainee      TEXT    NOT NULL,
    trainee_name TEXT    NOT NULL,
    subject_name TEXT    NOT NULL,
    uscc         TEXT,
    issued_on    TEXT    NOT NULL,
    revoked_on   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_class ON certificate (class);
CREATE INDEX certificate_uscc ON certificate (uscc);
