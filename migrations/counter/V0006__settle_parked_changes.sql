-- 待处理: when the hub judged a change by its own clock, and the change that settled one that no lane took.
ALTER TABLE change ADD COLUMN judged_at INTEGER;
ALTER TABLE change ADD COLUMN settled_by INTEGER REFERENCES change (id);
CREATE INDEX change_settled ON change (settled_by) WHERE settled_by IS NOT NULL;
