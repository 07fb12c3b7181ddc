//! Verifying one envelope against a trust bundle.

use jiff::civil::Date;
use serde::Serialize;

use super::TrustBundle;
use crate::certificate_envelope::{Envelope, EnvelopePayload};

/// The outcome of verifying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// The outcome in one word.
    pub status: VerificationStatus,
    /// What it rests on.
    pub reason: VerificationReason,
    /// How many days old the list is.
    pub list_age_days: u32,
    /// Whether the list is too old to say that nothing was revoked since.
    pub list_stale: bool,
    /// What the envelope says, where the signature holds or the certificate is revoked by number; absent when it is
    /// not to be believed at all.
    pub certificate: Option<EnvelopePayload>,
}

/// The outcome of verifying in one word; the words are those of the headless command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationStatus {
    /// 有效: the hub vouches for it.
    Final,
    /// 暂有效: a counter's key in force vouches for it, the hub not yet.
    Provisional,
    /// 已撤销: the certificate, or the key that alone vouched for it.
    Revoked,
    /// 签发密钥不在名单: it may be genuine, but nobody known vouches for it.
    UnknownKey,
    /// 无效: damaged or forged.
    Invalid,
}

impl VerificationStatus {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Final => "final",
            Self::Provisional => "provisional",
            Self::Revoked => "revoked",
            Self::UnknownKey => "unknown_key",
            Self::Invalid => "invalid",
        }
    }

    /// Whether the certificate may be relied upon.
    pub fn holds(self) -> bool {
        match self {
            Self::Final | Self::Provisional => true,
            Self::Revoked | Self::UnknownKey | Self::Invalid => false,
        }
    }
}

/// What the outcome rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationReason {
    /// The hub countersigned it.
    Countersigned,
    /// The key was in force on the day of issue and is today.
    KeyInForce,
    /// The hub revoked the certificate.
    CertificateRevoked,
    /// The hub revoked the key, and has not countersigned the certificate.
    KeyRevoked,
    /// The key was not in force on the day of issue, or is no longer, and the hub has not countersigned.
    KeyNotInForce,
    /// The key is not on the list.
    KeyUnknown,
    /// The signature does not hold.
    BadSignature,
    /// The text is no envelope.
    Unreadable,
}

impl VerificationReason {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Countersigned => "countersigned",
            Self::KeyInForce => "key_in_force",
            Self::CertificateRevoked => "certificate_revoked",
            Self::KeyRevoked => "key_revoked",
            Self::KeyNotInForce => "key_not_in_force",
            Self::KeyUnknown => "key_unknown",
            Self::BadSignature => "bad_signature",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Verifies the text of a QR on `today`.
///
/// A key that came inside the text is never used. An expired or revoked key vouches only for certificates the hub has
/// countersigned.
pub fn verify(text: &str, bundle: &TrustBundle, today: Date) -> Verification {
    match Envelope::from_text(text) {
        Ok(envelope) => verify_envelope(&envelope, bundle, today),
        Err(_) => Verification {
            status: VerificationStatus::Invalid,
            reason: VerificationReason::Unreadable,
            list_age_days: bundle.age_days(today),
            list_stale: bundle.is_stale(today),
            certificate: None,
        },
    }
}

/// Verifies an envelope that was read already.
pub fn verify_envelope(envelope: &Envelope, bundle: &TrustBundle, today: Date) -> Verification {
    let (status, reason) = judge(envelope, bundle, today);
    let believed = match status {
        VerificationStatus::Final | VerificationStatus::Provisional | VerificationStatus::Revoked => true,
        VerificationStatus::UnknownKey => reason == VerificationReason::KeyNotInForce,
        VerificationStatus::Invalid => false,
    };
    Verification {
        status,
        reason,
        list_age_days: bundle.age_days(today),
        list_stale: bundle.is_stale(today),
        certificate: believed.then(|| envelope.payload().clone()),
    }
}

fn judge(envelope: &Envelope, bundle: &TrustBundle, today: Date) -> (VerificationStatus, VerificationReason) {
    let kid = envelope.claimed_key();
    let Some(trusted) = bundle.key(kid) else {
        return (VerificationStatus::UnknownKey, VerificationReason::KeyUnknown);
    };
    if envelope.verify(&trusted.key).is_err() {
        return (VerificationStatus::Invalid, VerificationReason::BadSignature);
    }
    let (number, issued_on) = match envelope.payload() {
        EnvelopePayload::Certificate(certificate) => (&certificate.number, certificate.issued_on),
        EnvelopePayload::Slip(slip) => (&slip.number, slip.issued_on),
    };
    if bundle.revoked_certificates.contains(number) {
        return (VerificationStatus::Revoked, VerificationReason::CertificateRevoked);
    }
    if bundle.countersigned.contains(&envelope.hash()) {
        return (VerificationStatus::Final, VerificationReason::Countersigned);
    }
    if bundle.revoked_keys.contains(&kid) {
        return (VerificationStatus::Revoked, VerificationReason::KeyRevoked);
    }
    let in_force = |on: Date| trusted.from <= on && on <= trusted.to;
    if in_force(issued_on) && in_force(today) {
        (VerificationStatus::Provisional, VerificationReason::KeyInForce)
    } else {
        (VerificationStatus::UnknownKey, VerificationReason::KeyNotInForce)
    }
}
