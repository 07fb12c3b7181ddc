//! Why a change does not fit the state it met.

use serde::{Deserialize, Serialize};

/// A change that cannot be applied. The screen finds the sentence by `code`; `detail` names the thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, specta::Type)]
#[error("{code:?}: {detail}")]
pub struct Refusal {
    /// The reason.
    pub code: RefusalCode,
    /// The number, state or material that stands in the way.
    pub detail: String,
}

/// The reasons a change is refused for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RefusalCode {
    /// The lane exists already and the change would open it again.
    AlreadyExists,
    /// The lane does not exist yet.
    NotFound,
    /// The act does not follow from the state the lane is in.
    WrongState,
    /// A required material is still missing.
    GapsOpen,
    /// A material, trainee, question or the like that the lane does not know.
    UnknownItem,
    /// A value that contradicts what is already known.
    Contradiction,
    /// The change belongs to another kind of lane.
    WrongLane,
    /// A date before the event it must follow.
    DateBeforeCause,
}

impl Refusal {
    /// A refusal for `code` naming `detail`.
    pub fn new(code: RefusalCode, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}
