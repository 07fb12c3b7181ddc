-- The lives this database had before it was restored, and the last entry of each that it holds.
CREATE TABLE ended_life (
    district text NOT NULL,
    incarnation bytea NOT NULL CHECK (length(incarnation) = 16),
    ended_at bigint NOT NULL,
    PRIMARY KEY (district, incarnation)
);

-- Where an entry was told before in a life that was lost: counters know it under that index.
ALTER TABLE log_entry ADD COLUMN told_incarnation bytea;
ALTER TABLE log_entry ADD COLUMN told_index bigint;
CREATE UNIQUE INDEX log_entry_by_told ON log_entry (district, told_incarnation, told_index) WHERE told_index IS NOT NULL;
CREATE INDEX log_entry_by_change ON log_entry (district, counter, incarnation, seq) WHERE lane_kind IS NOT NULL;
