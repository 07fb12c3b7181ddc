-- The counter's whole day: what the limits of a case run from, what has still to be looked after, who is expected.
ALTER TABLE repair_case ADD COLUMN pushed_on TEXT;
ALTER TABLE repair_case ADD COLUMN accepted_on TEXT;
-- the day it was decided that the record is repaired
ALTER TABLE repair_case ADD COLUMN repaired_on TEXT;
-- whether the gaps were named on paper
ALTER TABLE repair_case ADD COLUMN gaps_named INTEGER NOT NULL DEFAULT 0;
-- limits that were moved, as JSON; NULL where none was
ALTER TABLE repair_case ADD COLUMN extensions TEXT;
-- gaps that were not among those named the first time
ALTER TABLE repair_case ADD COLUMN late_gaps INTEGER NOT NULL DEFAULT 0;
-- the list shows the latest first
CREATE INDEX repair_case_received ON repair_case (received_on, no);
CREATE INDEX repair_case_late_gaps ON repair_case (received_on) WHERE late_gaps > 0;

ALTER TABLE visit ADD COLUMN booked_on TEXT;
ALTER TABLE visit ADD COLUMN booked_time TEXT;
ALTER TABLE visit ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN cancelled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE visit ADD COLUMN agent_id_masked TEXT;
CREATE INDEX visit_awaited ON visit (booked_on) WHERE awaited = 1 AND cancelled = 0;
CREATE INDEX visit_agent ON visit (agent_name, agent_id_masked) WHERE agent_name IS NOT NULL;
CREATE INDEX visit_uscc ON visit (uscc, opened_at);
CREATE INDEX visit_under_way ON visit (opened_at) WHERE ended_at IS NULL;
CREATE INDEX visit_ended ON visit (ended_at) WHERE ended_at IS NOT NULL;

-- Papers brought at a visit for a case that the window did not know; the case takes them over.
CREATE TABLE brought_paper (
    visit TEXT NOT NULL,
    case_no TEXT NOT NULL,
    code TEXT NOT NULL,
    -- how it stands, as JSON
    mark TEXT NOT NULL,
    PRIMARY KEY (visit, case_no, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX brought_paper_case ON brought_paper (case_no);

CREATE TABLE objection (
    no TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    subject_name TEXT NOT NULL,
    uscc TEXT,
    record_key TEXT NOT NULL,
    decision_number TEXT,
    authority TEXT,
    door TEXT NOT NULL,
    received_on TEXT NOT NULL,
    last_act_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_record ON objection (record_key);
CREATE INDEX objection_received ON objection (received_on, no);

-- whose day to apply comes near is found by the day of the decision
CREATE INDEX penalty_decided ON penalty (decided_on);

-- Offices that applicants are sent to. Reference data of this computer, as people here entered them.
CREATE TABLE office (
    name TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    hours TEXT NOT NULL,
    -- what to bring beyond what the rules name
    papers TEXT NOT NULL,
    -- who entered it and when, ms UTC
    entered_by TEXT NOT NULL,
    entered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Kinds of lanes whose rows are made again from their states when the counter is next opened.
CREATE TABLE stale_projection (
    kind TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale_projection VALUES ('case'), ('visit');
