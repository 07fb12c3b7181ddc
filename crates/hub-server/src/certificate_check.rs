//! Is this certificate to be believed: the text of its QR, or only its number, against what the hub knows today.

use std::collections::BTreeSet;

use counter_core::{certificate::CertificateState, change::LaneKind, lane_state::LaneState};
use hub_api::{
    certificate_envelope::{Envelope, EnvelopePayload},
    push::LaneWords,
    trust::{RootKeys, TrustBundle, TrustedKey, Verification, verify_envelope},
};

use crate::{
    clock::day_in_china,
    hub::Hub,
    judge::read_state,
    store::{EnrolmentStore, HubStore, LaneStore, StoreError},
};

/// What is known of a certificate.
#[derive(Clone, Debug, PartialEq)]
pub enum Checked {
    /// The text of a QR was verified as every counter would.
    Text(Box<Verification>),
    /// Only a number was given: how the certificate of that number stands. It proves nothing about a paper.
    Number {
        /// The number.
        number: String,
        /// The enterprise.
        subject: String,
        /// How it stands.
        state: CertificateState,
    },
    /// There is no certificate of that number, and it is no text of a QR.
    Unknown,
}

/// Checks `asked`: the text of a QR, or a certificate's number.
///
/// # Errors
/// [`StoreError`].
pub async fn check<S: HubStore>(hub: &Hub<S>, asked: &str) -> Result<Checked, StoreError> {
    match Envelope::from_text(asked) {
        Ok(envelope) => check_text(hub, &envelope).await,
        Err(_) => check_number(hub, asked.trim()).await,
    }
}

/// The verifying is the counter's own; only that its trust list holds this one key and certificate, instead of all.
async fn check_text<S: HubStore>(hub: &Hub<S>, envelope: &Envelope) -> Result<Checked, StoreError> {
    let today = day_in_china(hub.world.now());
    let mut bundle = TrustBundle {
        site: String::new(),
        number: 0,
        issued_on: today,
        stale_after_days: 0,
        roots: RootKeys {
            current: hub.public_key(),
            next: None,
        },
        keys: Vec::new(),
        revoked_certificates: BTreeSet::new(),
        revoked_keys: BTreeSet::new(),
        countersigned: BTreeSet::new(),
    };
    let mut transaction = hub.store.begin_read().await?;
    if let Some(key) = transaction.counter_key(envelope.claimed_key()).await? {
        if let EnvelopePayload::Certificate(payload) = envelope.payload()
            && let Some(row) = transaction.lane(&key.district, &lane(&payload.number)).await?
            && let LaneState::Certificate(certificate) = read_state(&row)?
        {
            match certificate.state() {
                CertificateState::Revoked => {
                    bundle.revoked_certificates.insert(certificate.no);
                }
                // What the hub vouches for is this envelope, not every one with its number.
                CertificateState::Final if certificate.issued.envelope == envelope.as_bytes() => {
                    bundle.countersigned.insert(envelope.hash());
                }
                CertificateState::Final | CertificateState::Provisional => {}
            }
        }
        bundle.keys.push(TrustedKey {
            key: key.key,
            counter: key.counter,
            from: day_in_china(key.from_at),
            to: day_in_china(key.until_at - 1),
        });
    }
    Ok(Checked::Text(Box::new(verify_envelope(envelope, &bundle, today))))
}

async fn check_number<S: HubStore>(hub: &Hub<S>, number: &str) -> Result<Checked, StoreError> {
    if number.is_empty() || number.len() > 64 {
        return Ok(Checked::Unknown);
    }
    let lane = lane(number);
    let mut transaction = hub.store.begin_read().await?;
    let districts = transaction.districts_of_lane(&lane).await?;
    let Some(district) = districts.first() else {
        return Ok(Checked::Unknown);
    };
    Ok(
        match transaction
            .lane(district, &lane)
            .await?
            .as_ref()
            .map(read_state)
            .transpose()?
        {
            Some(LaneState::Certificate(certificate)) => Checked::Number {
                state: certificate.state(),
                subject: certificate.issued.subject.name,
                number: certificate.no,
            },
            Some(_) | None => Checked::Unknown,
        },
    )
}

fn lane(number: &str) -> LaneWords {
    LaneWords {
        kind: LaneKind::Certificate.as_str().to_owned(),
        id: number.to_owned(),
    }
}
