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
    /// 补正告知.
    CorrectionNotice,
    /// 信用修复申请表.
    ApplicationForm,
    /// 法定代表人身份证明书.
    RepresentativeIdentity,
    /// 材料清单.
    MaterialList,
    /// 送达回证.
    ServiceReturn,
    /// 办结通知.
    ClosingNotice,
    /// 交接单.
    HandoverList,
    /// 受理通知书.
    AuthorityAcceptance,
    /// 不予受理通知书.
    AuthorityDeclination,
    /// 网上填报指引.
    SubmissionGuide,
    /// 卷宗.
    ArchiveVolume,
    /// 异议申请表.
    ObjectionForm,
    /// 协查函.
    InquiryLetter,
    /// 异议答复.
    ObjectionReply,
    /// 续办回执.
    ContinuationReceipt,
}

impl DocumentKind {
    /// Every kind, the oldest first.
    pub const ALL: [Self; 23] = [
        Self::AcceptanceReceipt,
        Self::SupplementNotice,
        Self::Commitment,
        Self::AdviceSlip,
        Self::ReferralSlip,
        Self::Authorization,
        Self::TrainingCertificate,
        Self::RecoverySheet,
        Self::CorrectionNotice,
        Self::ApplicationForm,
        Self::RepresentativeIdentity,
        Self::MaterialList,
        Self::ServiceReturn,
        Self::ClosingNotice,
        Self::HandoverList,
        Self::AuthorityAcceptance,
        Self::AuthorityDeclination,
        Self::SubmissionGuide,
        Self::ArchiveVolume,
        Self::ObjectionForm,
        Self::InquiryLetter,
        Self::ObjectionReply,
        Self::ContinuationReceipt,
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
            Self::CorrectionNotice => "correction_notice",
            Self::ApplicationForm => "application_form",
            Self::RepresentativeIdentity => "representative_identity",
            Self::MaterialList => "material_list",
            Self::ServiceReturn => "service_return",
            Self::ClosingNotice => "closing_notice",
            Self::HandoverList => "handover_list",
            Self::AuthorityAcceptance => "authority_acceptance",
            Self::AuthorityDeclination => "authority_declination",
            Self::SubmissionGuide => "submission_guide",
            Self::ArchiveVolume => "archive_volume",
            Self::ObjectionForm => "objection_form",
            Self::InquiryLetter => "inquiry_letter",
            Self::ObjectionReply => "objection_reply",
            Self::ContinuationReceipt => "continuation_receipt",
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
            Self::CorrectionNotice => "补正告知",
            Self::ApplicationForm => "信用修复申请表",
            Self::RepresentativeIdentity => "法定代表人身份证明书",
            Self::MaterialList => "材料清单",
            Self::ServiceReturn => "送达回证",
            Self::ClosingNotice => "办结通知",
            Self::HandoverList => "交接单",
            Self::AuthorityAcceptance => "受理通知书",
            Self::AuthorityDeclination => "不予受理通知书",
            Self::SubmissionGuide => "网上填报指引",
            Self::ArchiveVolume => "卷宗",
            Self::ObjectionForm => "异议申请表",
            Self::InquiryLetter => "协查函",
            Self::ObjectionReply => "异议答复",
            Self::ContinuationReceipt => "续办回执",
        }
    }

    /// Whether programs of every version know it.
    pub(crate) fn is_of_first_schema(self) -> bool {
        Self::ALL[..8].contains(&self)
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

/// 重印: a paper left the printer once more, the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DocumentReprinted {
    /// The paper by its file.
    pub sha256: String,
    /// Why.
    pub reason: String,
}
