//! Papers that left the printer: kept by content, reprinted from there.

use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentRef;

/// What a paper is. The word is stable: the command line takes it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 收件回执.
    AcceptanceReceipt,
    /// 一次性告知书.
    SupplementNotice,
    /// 信用承诺书.
    Commitment,
    /// 咨询单.
    AdviceSlip,
    /// 转介单.
    ReferralSlip,
    /// 授权委托书.
    Authorization,
    /// 培训证明.
    TrainingCertificate,
    /// 恢复词保管页.
    RecoverySheet,
}

impl DocumentKind {
    /// Every kind, in the order of the screens.
    pub const ALL: [Self; 8] = [
        Self::AcceptanceReceipt,
        Self::SupplementNotice,
        Self::Commitment,
        Self::AdviceSlip,
        Self::ReferralSlip,
        Self::Authorization,
        Self::TrainingCertificate,
        Self::RecoverySheet,
    ];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AcceptanceReceipt => "acceptance_receipt",
            Self::SupplementNotice => "supplement_notice",
            Self::Commitment => "commitment",
            Self::AdviceSlip => "advice_slip",
            Self::ReferralSlip => "referral_slip",
            Self::Authorization => "authorization",
            Self::TrainingCertificate => "training_certificate",
            Self::RecoverySheet => "recovery_sheet",
        }
    }

    /// The title on the paper.
    pub fn title(self) -> &'static str {
        match self {
            Self::AcceptanceReceipt => "收件回执",
            Self::SupplementNotice => "一次性告知书",
            Self::Commitment => "信用承诺书",
            Self::AdviceSlip => "咨询单",
            Self::ReferralSlip => "转介单",
            Self::Authorization => "授权委托书",
            Self::TrainingCertificate => "培训证明",
            Self::RecoverySheet => "恢复词保管页",
        }
    }
}

/// A paper as it was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IssuedDocument {
    /// What it is.
    pub kind: DocumentKind,
    /// The number printed on it.
    pub number: String,
    /// The PDF, kept.
    pub file: AttachmentRef,
    /// The rule pack it was printed under.
    pub pack: Option<String>,
    /// A fingerprint of what it says, its day and clerk left out: as long as a paper asked for again has the same, it
    /// is this one. None where a paper is issued once only.
    #[serde(default)]
    pub says: Option<String>,
}
