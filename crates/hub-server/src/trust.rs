//! The district's trust bundle: the keys that speak for counters, what was revoked, what the hub vouches for.

use std::collections::BTreeSet;

use counter_core::{
    certificate::{Certificate, CertificateState},
    change::LaneKind,
    lane_state::LaneState,
};
use hub_api::{
    certificate_envelope::Envelope,
    key::PublicKey,
    signed::Signed,
    trust::{RootKeys, TrustBundle, TrustedKey},
};

use crate::{
    clock::day_in_china,
    hub::Hub,
    judge::read_state,
    store::{EnrolmentStore, HubStore, LaneStore, LogStore, StoreError},
};

/// After how many days without a newer bundle a reader says so.
const STALE_AFTER_DAYS: u16 = 7;

/// The bundle of `district` as of now; `None` where the hub has no counter there. Its number is the end of the
/// district's log, so what was revoked later always stands in a higher one.
///
/// # Errors
/// [`StoreError`].
pub async fn bundle<S: HubStore>(hub: &Hub<S>, district: &str) -> Result<Option<Signed<TrustBundle>>, StoreError> {
    let mut transaction = hub.store.begin_read().await?;
    let keys: Vec<TrustedKey> = transaction
        .counter_keys()
        .await?
        .into_iter()
        .filter(|row| row.district == district)
        .map(|row| TrustedKey {
            key: row.key,
            counter: row.counter,
            from: day_in_china(row.from_at),
            to: day_in_china(row.until_at - 1),
        })
        .collect();
    if keys.is_empty() {
        return Ok(None);
    }
    let mut bundle = TrustBundle {
        site: district.to_owned(),
        number: transaction.log_head(district).await?.index,
        issued_on: day_in_china(hub.world.now()),
        stale_after_days: STALE_AFTER_DAYS,
        roots: RootKeys {
            current: hub.public_key(),
            next: None,
        },
        keys,
        revoked_certificates: BTreeSet::new(),
        revoked_keys: BTreeSet::new(),
        countersigned: BTreeSet::new(),
    };
    for row in transaction.lanes_of(district, LaneKind::Certificate.as_str()).await? {
        if let LaneState::Certificate(certificate) = read_state(&row)? {
            enter(&mut bundle, certificate);
        }
    }
    Ok(Some(Signed::seal(&bundle, hub.key())))
}

/// The districts that have counters, in order.
///
/// # Errors
/// [`StoreError`].
pub async fn districts<S: HubStore>(hub: &Hub<S>) -> Result<BTreeSet<String>, StoreError> {
    let mut transaction = hub.store.begin_read().await?;
    Ok(transaction
        .counter_keys()
        .await?
        .into_iter()
        .map(|row| row.district)
        .collect())
}

fn enter(bundle: &mut TrustBundle, certificate: Certificate) {
    match certificate.state() {
        CertificateState::Revoked => {
            bundle.revoked_certificates.insert(certificate.no);
        }
        CertificateState::Final => match Envelope::from_bytes(certificate.issued.envelope) {
            Ok(envelope) => {
                bundle.countersigned.insert(envelope.hash());
            }
            Err(error) => {
                tracing::error!(certificate = certificate.no, %error, "a countersigned envelope cannot be read")
            }
        },
        CertificateState::Provisional => {}
    }
}

/// Whether the envelope of a certificate was signed by the key of the counter that issued it and says what the certificate says.
pub(crate) fn is_genuine(certificate: &Certificate, key: &PublicKey) -> bool {
    let expected = hub_api::certificate_envelope::CertificatePayload::of(&certificate.no, &certificate.issued);
    Envelope::from_bytes(certificate.issued.envelope.clone())
        .is_ok_and(|envelope| envelope.payload().certificate() == Some(&expected) && envelope.verify(key).is_ok())
}
