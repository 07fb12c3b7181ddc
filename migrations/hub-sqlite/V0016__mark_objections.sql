-- Objections, as far as records are marked by them. Like the other lists read off the district's log, which are made again
-- from its beginning, now with the record of each case.
CREATE TABLE objection_overview (
    district TEXT NOT NULL,
    no TEXT NOT NULL,
    record_key TEXT NOT NULL,
    pending INTEGER NOT NULL,
    PRIMARY KEY (district, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX objection_overview_by_record ON objection_overview (district, record_key) WHERE pending = 1;
ALTER TABLE case_overview ADD COLUMN record_key TEXT NOT NULL DEFAULT '';

DELETE FROM case_overview;
DELETE FROM parked_change;
DELETE FROM report_fact;
UPDATE overview_head SET log_index = 0;
