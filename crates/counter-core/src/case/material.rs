//! The checklist of a case: each paper the pack asks for, and how it stands.

use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentRef;

/// One paper on the checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Material {
    /// Its code in the pack.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether the case has a gap without it.
    pub required: bool,
    /// What the pack says about it.
    pub note: Option<String>,
    /// How to fill a gap, as printed on the notice.
    pub how_to: String,
    /// The rule that asks for it.
    pub basis: String,
    /// Whether that rule still has to be checked against the official text.
    pub unverified: bool,
    /// How it stands.
    pub mark: MaterialMark,
}

impl Material {
    /// Whether the case lacks this paper.
    pub fn is_gap(&self) -> bool {
        match &self.mark.state {
            MaterialState::Pending => self.required,
            MaterialState::Faulty { .. } => true,
            MaterialState::Received | MaterialState::Waived { .. } => false,
        }
    }
}

/// How a paper stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MaterialMark {
    /// Received or not.
    pub state: MaterialState,
    /// 原件已见.
    pub original_seen: bool,
    /// 留复印件.
    pub copy_kept: bool,
    /// Its scans.
    pub scans: Vec<AttachmentRef>,
}

/// Received or not, and why not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum MaterialState {
    /// 未交.
    #[default]
    Pending,
    /// 已收.
    Received,
    /// 需补: brought, but not as it must be.
    Faulty {
        /// What is wrong with it.
        reason: String,
    },
    /// 免交.
    Waived {
        /// Why.
        reason: String,
    },
}
