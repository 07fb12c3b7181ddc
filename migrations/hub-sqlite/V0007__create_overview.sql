-- What the hub's pages list, read off the district's log. All of it can be made again from the log.
CREATE TABLE overview_head (
    district TEXT PRIMARY KEY,
    log_index INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE case_overview (
    district TEXT NOT NULL,
    no TEXT NOT NULL,
    state TEXT NOT NULL,
    counter TEXT NOT NULL,
    authority TEXT NOT NULL,
    authority_code TEXT NOT NULL,
    subject TEXT NOT NULL,
    uscc TEXT NOT NULL,
    document_no TEXT NOT NULL,
    received_on TEXT NOT NULL,
    -- The last day of the limit that runs; empty where none runs or the calendar does not reach.
    due_on TEXT NOT NULL,
    asked INTEGER NOT NULL,
    PRIMARY KEY (district, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_overview_by_age ON case_overview (district, state, received_on, no);

-- Changes no lane has taken yet.
CREATE TABLE parked_change (
    district TEXT NOT NULL,
    counter TEXT NOT NULL,
    incarnation BLOB NOT NULL,
    seq INTEGER NOT NULL,
    log_index INTEGER NOT NULL,
    at INTEGER NOT NULL,
    lane_kind TEXT NOT NULL,
    lane_id TEXT NOT NULL,
    -- What the change is, such as case_submitted; empty where its bytes cannot be read.
    change_kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (district, counter, incarnation, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX parked_change_by_lane ON parked_change (district, lane_kind, lane_id);

-- What the monthly report counts: one row for each thing that happened.
CREATE TABLE report_fact (
    district TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    -- The month it happened in and the month the hub recorded it in, such as 2026-11.
    month TEXT NOT NULL,
    arrived_in TEXT NOT NULL,
    log_index INTEGER NOT NULL,
    authority TEXT NOT NULL,
    counter TEXT NOT NULL,
    days INTEGER NOT NULL,
    PRIMARY KEY (district, kind, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_fact_by_month ON report_fact (district, month);
CREATE INDEX report_fact_by_arrival ON report_fact (district, arrived_in);

-- The months that were closed, with their figures as they were then.
CREATE TABLE report_month (
    district TEXT NOT NULL,
    month TEXT NOT NULL,
    closed_at INTEGER NOT NULL,
    closed_by TEXT NOT NULL,
    closed_index INTEGER NOT NULL,
    figures TEXT NOT NULL,
    PRIMARY KEY (district, month)
) STRICT, WITHOUT ROWID;
