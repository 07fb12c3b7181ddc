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
    /// The change settles one that is not parked: unknown, taken, settled before, or of another lane.
    NothingToSettle,
    /// The act is not the last one of the lane, is another counter's, or cannot be taken back.
    NothingToUndo,
}

impl RefusalCode {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::AlreadyExists,
        Self::NotFound,
        Self::WrongState,
        Self::GapsOpen,
        Self::UnknownItem,
        Self::Contradiction,
        Self::WrongLane,
        Self::DateBeforeCause,
        Self::NothingToSettle,
        Self::NothingToUndo,
    ];

    /// The stable word, as it stands on the wire and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AlreadyExists => "already_exists",
            Self::NotFound => "not_found",
            Self::WrongState => "wrong_state",
            Self::GapsOpen => "gaps_open",
            Self::UnknownItem => "unknown_item",
            Self::Contradiction => "contradiction",
            Self::WrongLane => "wrong_lane",
            Self::DateBeforeCause => "date_before_cause",
            Self::NothingToSettle => "nothing_to_settle",
            Self::NothingToUndo => "nothing_to_undo",
        }
    }

    /// The reason named by `word`, the inverse of [`RefusalCode::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.as_str() == word)
    }
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
