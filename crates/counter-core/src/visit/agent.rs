//! Who stands at the counter.

use serde::{Deserialize, Serialize};

use crate::sealed::Sealed;

/// Who stands at the counter for the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// 姓名.
    pub name: String,
    /// In which capacity.
    pub capacity: AgentCapacity,
    /// Whether an identity paper was looked at.
    pub identity_checked: bool,
    /// How the authority to act was shown.
    pub authority: AuthorityProof,
    /// The identity number, sealed.
    pub id_number: Option<Sealed>,
    /// The identity number with the middle hidden, for the screen.
    pub id_number_masked: Option<String>,
    /// The telephone number, sealed.
    pub phone: Option<Sealed>,
    /// The telephone number with the middle hidden.
    pub phone_masked: Option<String>,
}

/// 身份类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AgentCapacity {
    /// 法定代表人.
    LegalRepresentative,
    /// 经办人.
    Agent,
}

/// How the authority to act for the subject was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityProof {
    /// 原件已见.
    OriginalSeen,
    /// 复印件.
    Copy,
    /// 未出示.
    NotShown,
}

impl AgentCapacity {
    /// Whether somebody in this capacity may act for the subject: its legal representative, or whose authority was shown.
    pub fn may_act(self, authority: AuthorityProof) -> bool {
        self == Self::LegalRepresentative || authority != AuthorityProof::NotShown
    }
}
