-- Where the work on a lane is follows from the receipts. Kept with the lane, it was written again, the lane's whole state
-- with it, for every lane that a receipt covered: whoever saved meanwhile waited.
ALTER TABLE lane DROP COLUMN delivery;

-- Holds what it is reckoned from, so that no change itself is looked at.
DROP INDEX change_lane;
CREATE INDEX change_lane ON change (lane_kind, lane_id, incarnation, seq, returned);
DROP INDEX change_parked;
CREATE INDEX change_parked ON change (lane_kind, lane_id) WHERE verdict IN ('refused', 'waiting') AND settled_at IS NULL;
