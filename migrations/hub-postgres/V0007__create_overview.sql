-- Numbers and days are compared by their bytes, as in the other store.
-- What the hub's pages list, read off the district's log. All of it can be made again from the log.
CREATE TABLE overview_head (
    district text PRIMARY KEY,
    log_index bigint NOT NULL
);

CREATE TABLE case_overview (
    district text NOT NULL,
    no text COLLATE "C" NOT NULL,
    state text NOT NULL,
    counter text NOT NULL,
    authority text NOT NULL,
    authority_code text NOT NULL,
    subject text NOT NULL,
    uscc text NOT NULL,
    document_no text NOT NULL,
    received_on text COLLATE "C" NOT NULL,
    -- The last day of the limit that runs; empty where none runs or the calendar does not reach.
    due_on text COLLATE "C" NOT NULL,
    asked boolean NOT NULL,
    PRIMARY KEY (district, no)
);
CREATE INDEX case_overview_by_age ON case_overview (district, state, received_on, no);

-- Changes no lane has taken yet.
CREATE TABLE parked_change (
    district text NOT NULL,
    counter text NOT NULL,
    incarnation bytea NOT NULL,
    seq bigint NOT NULL,
    log_index bigint NOT NULL,
    at bigint NOT NULL,
    lane_kind text NOT NULL,
    lane_id text NOT NULL,
    -- What the change is, such as case_submitted; empty where its bytes cannot be read.
    change_kind text NOT NULL,
    verdict text NOT NULL,
    reason text NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (district, counter, incarnation, seq)
);
CREATE INDEX parked_change_by_lane ON parked_change (district, lane_kind, lane_id);

-- What the monthly report counts: one row for each thing that happened.
CREATE TABLE report_fact (
    district text NOT NULL,
    kind text NOT NULL,
    id text NOT NULL,
    -- The month it happened in and the month the hub recorded it in, such as 2026-11.
    month text COLLATE "C" NOT NULL,
    arrived_in text NOT NULL,
    log_index bigint NOT NULL,
    authority text NOT NULL,
    counter text NOT NULL,
    days bigint NOT NULL,
    PRIMARY KEY (district, kind, id)
);
CREATE INDEX report_fact_by_month ON report_fact (district, month);
CREATE INDEX report_fact_by_arrival ON report_fact (district, arrived_in);

-- The months that were closed, with their figures as they were then.
CREATE TABLE report_month (
    district text NOT NULL,
    month text COLLATE "C" NOT NULL,
    closed_at bigint NOT NULL,
    closed_by text NOT NULL,
    closed_index bigint NOT NULL,
    figures text NOT NULL,
    PRIMARY KEY (district, month)
);
