//! Rows of which kind a file holds.

use serde::{Deserialize, Serialize};

use super::RowKind;

/// Rows of which kind a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// 行政处罚.
    Penalty,
    /// 行政许可.
    Permit,
    /// Both.
    Mixed,
}

impl FileKind {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Penalty => "penalty",
            Self::Permit => "permit",
            Self::Mixed => "mixed",
        }
    }

    /// The kind named by `word`, the inverse of [`FileKind::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Penalty, Self::Permit, Self::Mixed]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

impl From<RowKind> for FileKind {
    fn from(kind: RowKind) -> Self {
        match kind {
            RowKind::Penalty => Self::Penalty,
            RowKind::Permit => Self::Permit,
        }
    }
}
