//! 发证: a signed certificate and its paper for everybody of a class who passed and has none yet.

mod paper;

use counter_core::{
    certificate::{CertificateChange, CertificateIssued, CertificateState},
    change::ChangeBody,
    class::{Class, Trainee},
    document_issue::{DocumentKind, IssuedDocument},
    number::NumberFamily,
};
use counter_documents::RenderError;
use counter_store::{
    ActContext, RecordError, WriteTx,
    table::{
        certificate,
        exam_session::{self, ExamSessionRow},
    },
};
use ed25519_dalek::SigningKey;
use hub_api::certificate_envelope::{CertificatePayload, Envelope, EnvelopeError, EnvelopePayload};
use jiff::Timestamp;
use serde::Serialize;

use crate::{Actor, Coded, Desk, class, coded::from_store_error, date_of};

/// What was issued for a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IssuedCertificates {
    /// The new certificates.
    pub certificates: Vec<NewCertificate>,
    /// Who got none, and why.
    pub left_out: Vec<WithoutCertificate>,
}

/// A certificate that was issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NewCertificate {
    /// Its number.
    pub no: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub name: String,
    /// 企业名称.
    pub subject_name: String,
    /// The points reached.
    pub score: u32,
    /// The text of the QR.
    pub qr_text: String,
}

/// A trainee who got no certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WithoutCertificate {
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub name: String,
    /// Why.
    pub reason: WithoutReason,
}

/// Why a trainee gets no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum WithoutReason {
    /// 已退班.
    Withdrawn,
    /// 未合格.
    NotPassed,
    /// 已发证.
    AlreadyIssued,
}

/// Nothing was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueCertificatesError {
    /// There is no such class.
    #[error("there is no class {0}")]
    NoClass(String),
    /// A certificate cannot be signed.
    #[error("the certificate of {trainee} cannot be signed: {source}")]
    Sign {
        /// 姓名.
        trainee: String,
        /// Why.
        source: EnvelopeError,
    },
    /// A certificate cannot be printed, such as a name with a character no font has.
    #[error("the certificate of {trainee} cannot be printed: {source}")]
    Print {
        /// 姓名.
        trainee: String,
        /// Why.
        source: RenderError,
    },
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(IssueCertificatesError);

impl Coded for IssueCertificatesError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoClass(_) => "no_class",
            Self::Sign { .. } => "cannot_sign",
            Self::Print { source, .. } => source.code(),
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoClass(what) => what.clone(),
            Self::Sign { trainee, .. } => trainee.clone(),
            Self::Print { trainee, source } => format!("{trainee}：{}", source.detail()),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Issues certificates for `class`, in one transaction. Asked again, it issues only what is new.
///
/// The counter signs; until the hub vouches for them too they verify as provisional.
///
/// # Errors
/// [`IssueCertificatesError`]; none is issued then.
pub fn issue_certificates(
    desk: &Desk,
    actor: &Actor,
    class: &str,
) -> Result<IssuedCertificates, IssueCertificatesError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let class = class::load(tx, class)?.ok_or_else(|| IssueCertificatesError::NoClass(class.to_owned()))?;
        let issuing = Issuing {
            desk,
            clerk: &actor.display_name,
            act: &act,
            key: SigningKey::from_bytes(&*tx.signing_seed()?),
            class: &class,
        };
        let sittings = exam_session::of_class(tx, &class.no)?;
        let known = certificate::of_class(tx, &class.no)?;
        let mut answer = IssuedCertificates {
            certificates: Vec::new(),
            left_out: Vec::new(),
        };
        for trainee in &class.trainees {
            let id = &trainee.enrolment.id;
            let passed = sittings
                .iter()
                .find(|row| row.trainee == *id && row.passed == Some(true));
            let has_one = known
                .iter()
                .any(|row| row.trainee == *id && row.state != CertificateState::Revoked);
            let reason = match passed {
                _ if !trainee.is_active() => WithoutReason::Withdrawn,
                _ if has_one => WithoutReason::AlreadyIssued,
                None => WithoutReason::NotPassed,
                Some(sitting) => {
                    answer.certificates.push(issue(&issuing, tx, trainee, sitting)?);
                    continue;
                }
            };
            answer.left_out.push(WithoutCertificate {
                trainee: id.clone(),
                name: trainee.enrolment.name.clone(),
                reason,
            });
        }
        Ok(answer)
    })
}

/// What all certificates of one act share.
struct Issuing<'act> {
    desk: &'act Desk,
    clerk: &'act str,
    act: &'act ActContext,
    key: SigningKey,
    class: &'act Class,
}

fn issue(
    issuing: &Issuing<'_>,
    tx: &mut WriteTx<'_>,
    trainee: &Trainee,
    sitting: &ExamSessionRow,
) -> Result<NewCertificate, IssueCertificatesError> {
    let Issuing {
        desk,
        clerk,
        act,
        key,
        class,
    } = issuing;
    let enrolment = &trainee.enrolment;
    let issued_on = desk.clock().today();
    let exam_on = sitting
        .started_at
        .and_then(|at| Timestamp::from_millisecond(at).ok())
        .map_or(sitting.drawn_on, date_of);
    let no = tx.next_number(NumberFamily::Certificate, issued_on.year())?;
    let score = sitting.score.unwrap_or_default();
    let payload = CertificatePayload {
        number: no.clone(),
        name: enrolment.subject.name.clone(),
        uscc: enrolment.subject.uscc.clone(),
        trainee: enrolment.name.clone(),
        class: class.no.clone(),
        exam_on,
        hours: class.opened.hours,
        score,
        issued_on,
    };
    let envelope = Envelope::sign(&EnvelopePayload::Certificate(payload.clone()), key).map_err(|source| {
        IssueCertificatesError::Sign {
            trainee: enrolment.name.clone(),
            source,
        }
    })?;
    let qr_text = envelope.to_text();
    let watermark = tx.identity().test.then(|| "测试 无效".to_owned());
    let document = paper::paper(class, enrolment, &payload, &qr_text, clerk, watermark);
    let pdf = desk
        .renderer()
        .and_then(|renderer| renderer.render(&document))
        .map_err(|source| IssueCertificatesError::Print {
            trainee: enrolment.name.clone(),
            source,
        })?;
    let file = desk
        .store()
        .attachments()
        .put(&format!("{no}.pdf"), "application/pdf", &pdf)?;
    let issued = CertificateIssued {
        class: class.no.clone(),
        class_title: class.opened.title.clone(),
        class_kind: class.opened.kind,
        session: sitting.no.clone(),
        trainee: enrolment.id.clone(),
        trainee_name: enrolment.name.clone(),
        position: enrolment.position,
        id_number_masked: enrolment.id_number_masked.clone(),
        subject: enrolment.subject.clone(),
        exam_on,
        hours: class.opened.hours,
        score,
        out_of: sitting.out_of.unwrap_or(score),
        host: class.opened.host.clone(),
        teaching_body: class.opened.teaching_body.clone(),
        issuing_body: class.opened.issuing_body.clone(),
        issued_on,
        envelope: envelope.as_bytes().to_vec(),
        document: IssuedDocument {
            kind: DocumentKind::TrainingCertificate,
            number: no.clone(),
            file,
            pack: None,
            says: None,
        },
    };
    let body = ChangeBody::Certificate(CertificateChange::Issued(Box::new(issued)));
    tx.record(act, super::lane(&no), body)?;
    Ok(NewCertificate {
        no,
        trainee: enrolment.id.clone(),
        name: enrolment.name.clone(),
        subject_name: enrolment.subject.name.clone(),
        score,
        qr_text,
    })
}
