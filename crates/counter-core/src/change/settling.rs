//! Settling parked work: a new change that says again what an earlier one wanted, or gives it up.
//!
//! The change names the earlier one in its envelope. With a body of its lane it *amends*; with a [`Withdrawal`] it
//! *withdraws*. The earlier one stays in the log as it was hashed.

use serde::{Deserialize, Serialize};

use super::{ChangeHash, IncarnationId};

/// A change of the same counter, by the life that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRef {
    /// The life.
    pub incarnation: IncarnationId,
    /// Its number there.
    pub seq: u64,
    /// Its hash.
    pub hash: ChangeHash,
}

/// 不再办理: what no lane took is given up. It changes no state, and stands in every kind of lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
}

impl Withdrawal {
    /// The word for what happened.
    pub const KIND: &'static str = "change_withdrawn";
}
