//! Training certificates (培训证明): issued at the counter, made final by the hub, revoked with a reason.
//!
//! The signed bytes are made and checked in `hub-api`; the paper in `counter-documents`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    change::Change,
    class::{ClassKind, TraineePosition},
    document_issue::IssuedDocument,
    refusal::{Refusal, RefusalCode},
    subject_snapshot::SubjectSnapshot,
};

/// What is fixed when a certificate is issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateIssued {
    /// The number of the class.
    pub class: String,
    /// 班名.
    pub class_title: String,
    /// Who stands behind the class.
    pub class_kind: ClassKind,
    /// The number of the sitting that was passed.
    pub session: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub trainee_name: String,
    /// 职务.
    pub position: TraineePosition,
    /// 证件号, the middle hidden.
    pub id_number_masked: Option<String>,
    /// 企业.
    pub subject: SubjectSnapshot,
    /// The day of the exam.
    pub exam_on: Date,
    /// 学时.
    pub hours: u16,
    /// The points reached.
    pub score: u32,
    /// The points of a paper without a mistake.
    pub out_of: u32,
    /// 主办单位.
    pub host: String,
    /// 授课机构.
    pub teaching_body: String,
    /// 发证单位.
    pub issuing_body: String,
    /// 发证日期.
    pub issued_on: Date,
    /// The signed envelope that the QR carries.
    #[serde(with = "serde_bytes")]
    pub envelope: Vec<u8>,
    /// The paper.
    pub document: IssuedDocument,
}

/// What happens to a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateChange {
    /// 发证: verifiable anywhere as provisional.
    Issued(Box<CertificateIssued>),
    /// The hub vouches for it too: final, without a new paper.
    CountersignedByHub {
        /// SHA-256 of the envelope the hub saw, 64 hexadecimal digits.
        envelope_sha256: String,
        /// The day.
        on: Date,
    },
    /// 撤销.
    Revoked {
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
}

impl CertificateChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Issued(_) => "certificate_issued",
            Self::CountersignedByHub { .. } => "certificate_countersigned",
            Self::Revoked { .. } => "certificate_revoked",
        }
    }
}

/// How a certificate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    /// 暂有效: signed by the counter only.
    Provisional,
    /// 有效: the hub vouches for it.
    Final,
    /// 已撤销.
    Revoked,
}

impl CertificateState {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Provisional => "provisional",
            Self::Final => "final",
            Self::Revoked => "revoked",
        }
    }
}

/// 撤销, with its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// Why.
    pub reason: String,
    /// The day.
    pub on: Date,
}

/// A certificate as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// Its number.
    pub no: String,
    /// What was fixed when it was issued.
    pub issued: CertificateIssued,
    /// The day the hub vouched for it.
    pub countersigned_on: Option<Date>,
    /// Why and when it was revoked.
    pub revocation: Option<Revocation>,
}

impl Certificate {
    /// How it stands.
    pub fn state(&self) -> CertificateState {
        if self.revocation.is_some() {
            CertificateState::Revoked
        } else if self.countersigned_on.is_some() {
            CertificateState::Final
        } else {
            CertificateState::Provisional
        }
    }
}

/// Applies a change to a certificate.
///
/// # Errors
/// When it is issued twice or dated before the exam; when the hub countersigns other bytes than were issued,
/// or one already countersigned or revoked; when it is revoked twice.
pub fn apply(state: Option<Certificate>, change: &Change, body: &CertificateChange) -> Result<Certificate, Refusal> {
    let no = &change.lane.id;
    match (state, body) {
        (None, CertificateChange::Issued(issued)) => issue(no, issued),
        (Some(_), CertificateChange::Issued(_)) => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
        (None, CertificateChange::CountersignedByHub { .. } | CertificateChange::Revoked { .. }) => {
            Err(Refusal::new(RefusalCode::NotFound, no))
        }
        (Some(mut certificate), CertificateChange::CountersignedByHub { envelope_sha256, on }) => {
            not_before(*on, certificate.issued.issued_on)?;
            if certificate.state() != CertificateState::Provisional {
                return Err(Refusal::new(RefusalCode::WrongState, certificate.state().as_str()));
            }
            if *envelope_sha256 != envelope_sha256_of(&certificate.issued.envelope) {
                return Err(Refusal::new(RefusalCode::Contradiction, envelope_sha256));
            }
            certificate.countersigned_on = Some(*on);
            Ok(certificate)
        }
        (Some(mut certificate), CertificateChange::Revoked { reason, on }) => {
            not_before(*on, certificate.issued.issued_on)?;
            if certificate.revocation.is_some() {
                return Err(Refusal::new(RefusalCode::WrongState, certificate.state().as_str()));
            }
            certificate.revocation = Some(Revocation {
                reason: reason.clone(),
                on: *on,
            });
            Ok(certificate)
        }
    }
}

/// SHA-256 of an envelope as 64 hexadecimal digits, the form a countersignature names it by.
pub fn envelope_sha256_of(envelope: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(envelope))
}

fn issue(no: &str, issued: &CertificateIssued) -> Result<Certificate, Refusal> {
    not_before(issued.issued_on, issued.exam_on)?;
    if issued.envelope.is_empty() || issued.score > issued.out_of {
        return Err(Refusal::new(RefusalCode::Contradiction, no));
    }
    Ok(Certificate {
        no: no.to_owned(),
        issued: issued.clone(),
        countersigned_on: None,
        revocation: None,
    })
}

fn not_before(on: Date, cause: Date) -> Result<(), Refusal> {
    if on < cause {
        Err(Refusal::new(RefusalCode::DateBeforeCause, format!("{on} < {cause}")))
    } else {
        Ok(())
    }
}
