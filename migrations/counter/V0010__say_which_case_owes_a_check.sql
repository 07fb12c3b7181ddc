-- Whether a case owes its 信用核查 before it can be submitted: the board tells it apart from those that are ready.
ALTER TABLE repair_case ADD COLUMN verification_owed INTEGER NOT NULL DEFAULT 0;
INSERT INTO stale_projection (kind) VALUES ('case') ON CONFLICT DO NOTHING;
