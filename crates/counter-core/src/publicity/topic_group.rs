//! Public credit records by topic (专题) stand in groups.

use serde::{Deserialize, Serialize};

/// The group of a topic, as the office that publishes it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TopicGroup {
    /// 失信: black lists, abnormal operation, judgments that were not performed.
    Untrustworthy,
    /// 守信: A-grade taxpayers, certified exporters.
    Trustworthy,
    /// Neither was said.
    Other,
}

impl TopicGroup {
    const ALL: [Self; 3] = [Self::Untrustworthy, Self::Trustworthy, Self::Other];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Untrustworthy => "untrustworthy",
            Self::Trustworthy => "trustworthy",
            Self::Other => "other",
        }
    }

    /// The group of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.as_str() == word)
    }
}
