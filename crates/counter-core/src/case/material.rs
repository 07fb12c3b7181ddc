//! The checklist of a case: each paper the pack asks for, and how it stands.

use jiff::civil::Date;
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
    /// What to look at when it is brought: each from a reason for which such papers were sent back before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<Hint>,
    /// How it stands.
    pub mark: MaterialMark,
}

/// A question about a paper. It asks and never decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// Its code in the pack.
    pub code: String,
    /// The question; "yes" means that the paper is as it should be.
    pub question: String,
    /// What to do where it is not.
    pub advice: String,
    /// Where the reason is documented.
    pub basis: String,
    /// Whether that still has to be checked.
    pub unverified: bool,
}

impl Material {
    /// Whether the case lacks this paper.
    pub fn is_gap(&self) -> bool {
        match &self.mark.state {
            MaterialState::Pending => self.required,
            MaterialState::Faulty { .. } => true,
            MaterialState::Refused { .. } => self.required,
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
    /// 原件留存: the counter holds the original until it is returned.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub original_held: bool,
    /// The questions asked about it, as they were answered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<HintAnswer>,
    /// 原件已退还.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returned: Option<OriginalReturned>,
}

/// What was answered to a question about a paper. It decides nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HintAnswer {
    /// Which question, by its code in the pack.
    pub hint: String,
    /// Whether the paper is as it should be.
    pub in_order: bool,
}

/// The original was given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OriginalReturned {
    /// To whom.
    pub to: String,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
}

impl MaterialMark {
    /// Whether the counter holds the original now.
    pub fn holds_original(&self) -> bool {
        self.original_held && self.returned.is_none()
    }

    /// Whether it says only what every program reads.
    pub(crate) fn is_of_first_schema(&self) -> bool {
        let refused = matches!(self.state, MaterialState::Refused { .. });
        !(refused || self.original_held || self.returned.is_some()) && self.answers.is_empty()
    }
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
    /// 不予接收: looked at and handed back, since it cannot serve.
    Refused {
        /// Why.
        reason: String,
    },
    /// 免交.
    Waived {
        /// Why.
        reason: String,
    },
}
