//! What the hub made of a recorded change. One word for both ends.

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// What the hub made of a recorded change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The lane took it as it was meant.
    Applied,
    /// Others changed the lane meanwhile; both orders come to the same.
    Merged,
    /// The lane does not take it; the work is kept.
    Refused(Refusal),
    /// Not judged yet.
    Waiting(WaitingFor),
}

impl Verdict {
    /// Whether the lane took the change.
    pub fn is_taken(&self) -> bool {
        match self {
            Self::Applied | Self::Merged => true,
            Self::Refused(_) | Self::Waiting(_) => false,
        }
    }

    /// The stable word.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Merged => "merged",
            Self::Refused(_) => "refused",
            Self::Waiting(_) => "waiting",
        }
    }
}

/// What a change waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum WaitingFor {
    /// The hub has to be updated to read it.
    NewerHub,
    /// A change before it in this lane was refused or waits, and this one was made on top of it.
    EarlierChange,
    /// 待认领: it came from a life of the counter that another has followed; a person has to claim it.
    Claim,
    /// The bytes cannot be read as a change; a person has to look.
    Inspection,
}

impl WaitingFor {
    /// Everything a change can wait for.
    pub const ALL: [Self; 4] = [Self::NewerHub, Self::EarlierChange, Self::Claim, Self::Inspection];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NewerHub => "newer_hub",
            Self::EarlierChange => "earlier_change",
            Self::Claim => "claim",
            Self::Inspection => "inspection",
        }
    }

    /// What is named by `word`, the inverse of [`WaitingFor::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|waiting| waiting.as_str() == word)
    }
}
