//! 撤销: the last act on a lane is taken back by a change of its own.

use serde::{Deserialize, Serialize};

use super::{ActId, LaneKind};

/// 撤销: what an act did in this lane is taken back. Both stay in the log.
///
/// Only [`crate::lane_fold::LaneFold`] can apply it: what the lane was before is told by its history, not by its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undone {
    /// The act, which must be the last one of the lane and of the same counter.
    pub act: ActId,
}

impl Undone {
    /// The word for what happened.
    pub const KIND: &'static str = "act_undone";

    /// The kinds of lanes whose acts can be taken back.
    pub(super) const LANES: [LaneKind; 3] = [LaneKind::Visit, LaneKind::Case, LaneKind::Objection];
}
