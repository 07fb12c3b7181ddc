-- The lives this database had before it was restored, and the last entry of each that it holds.
CREATE TABLE ended_life (
    district TEXT NOT NULL,
    incarnation BLOB NOT NULL CHECK (length(incarnation) = 16),
    ended_at INTEGER NOT NULL,
    PRIMARY KEY (district, incarnation)
) STRICT, WITHOUT ROWID;

-- Where an entry was told before in a life that was lost: counters know it under that index.
ALTER TABLE log_entry ADD COLUMN told_incarnation BLOB;
ALTER TABLE log_entry ADD COLUMN told_index INTEGER;
CREATE UNIQUE INDEX log_entry_by_told ON log_entry (district, told_incarnation, told_index) WHERE told_index IS NOT NULL;
CREATE INDEX log_entry_by_change ON log_entry (district, counter, incarnation, seq) WHERE lane_kind IS NOT NULL;
