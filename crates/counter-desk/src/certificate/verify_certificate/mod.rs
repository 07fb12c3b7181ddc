//! 核验: is the certificate in a QR or PDF to be believed? Without a network, in one word.

use counter_documents::qr_text_of_pdf;
use counter_store::StoreError;
use hub_api::{
    certificate_envelope::{Envelope, EnvelopePayload},
    trust::{TrustBundle, Verification, verify},
};
use jiff::civil::Date;
use serde::Serialize;

use super::trust;
use crate::Desk;

/// What came of verifying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VerificationView {
    /// `final`, `provisional`, `revoked`, `unknown_key` or `invalid`.
    pub status: &'static str,
    /// What it rests on, such as `countersigned` or `bad_signature`.
    pub reason: &'static str,
    /// How many days old the list is.
    pub list_age_days: u32,
    /// Whether the list is too old to say that nothing was revoked since, or there is none.
    pub list_stale: bool,
    /// What the certificate says, where it is to be believed, or was.
    pub certificate: Option<CertificateClaims>,
    /// What a slip says, if it is one.
    pub slip: Option<SlipClaims>,
}

/// What a certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateClaims {
    /// 证明编号.
    pub number: String,
    /// 企业名称.
    pub name: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// 参训人.
    pub trainee: String,
    /// 班号.
    pub class: String,
    /// The day of the exam.
    #[specta(type = String)]
    pub exam_on: Date,
    /// 学时.
    pub hours: u16,
    /// The points reached.
    pub score: u32,
    /// The day of issue.
    #[specta(type = String)]
    pub issued_on: Date,
}

/// What a slip says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SlipClaims {
    /// The number of the visit or slip.
    pub number: String,
    /// 企业名称.
    pub name: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// The day of issue.
    #[specta(type = String)]
    pub issued_on: Date,
    /// The cases it is about.
    pub cases: Vec<SlipCaseClaims>,
}

/// A case on a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SlipCaseClaims {
    /// Its number.
    pub case: String,
    /// The codes of the materials that were missing.
    pub gaps: Vec<String>,
}

/// Verifies the text of a QR with what this counter knows.
///
/// # Errors
/// When the store cannot be read. A text that is no certificate is not an error but `invalid`.
pub fn verify_text(desk: &Desk, text: &str) -> Result<VerificationView, StoreError> {
    let envelope = Envelope::from_text(text).ok();
    let (list, enrolled) = trust::believed(desk, envelope.as_ref())?;
    let mut view = view(verify(text, &list, desk.clock().today()));
    view.list_stale |= !enrolled;
    Ok(view)
}

/// Verifies a PDF: the text of the QR stands in its metadata too; what is drawn on the page proves nothing.
///
/// # Errors
/// When the store cannot be read.
pub fn verify_pdf(desk: &Desk, pdf: &[u8]) -> Result<VerificationView, StoreError> {
    verify_text(desk, &qr_text_of_pdf(pdf).unwrap_or_default())
}

/// Verifies the text of a QR against a list that was opened before, without a counter's data.
pub fn verify_against(text: &str, list: &TrustBundle, today: Date) -> VerificationView {
    view(verify(text, list, today))
}

fn view(verification: Verification) -> VerificationView {
    let (certificate, slip) = match verification.certificate {
        None => (None, None),
        Some(EnvelopePayload::Certificate(claims)) => {
            let certificate = CertificateClaims {
                number: claims.number,
                name: claims.name,
                uscc: claims.uscc,
                trainee: claims.trainee,
                class: claims.class,
                exam_on: claims.exam_on,
                hours: claims.hours,
                score: claims.score,
                issued_on: claims.issued_on,
            };
            (Some(certificate), None)
        }
        Some(EnvelopePayload::Slip(claims)) => {
            let cases = claims.cases.into_iter().map(|case| SlipCaseClaims {
                case: case.case,
                gaps: case.gaps,
            });
            let slip = SlipClaims {
                number: claims.number,
                name: claims.name,
                uscc: claims.uscc,
                issued_on: claims.issued_on,
                cases: cases.collect(),
            };
            (None, Some(slip))
        }
    };
    VerificationView {
        status: verification.status.as_str(),
        reason: verification.reason.as_str(),
        list_age_days: verification.list_age_days,
        list_stale: verification.list_stale,
        certificate,
        slip,
    }
}
