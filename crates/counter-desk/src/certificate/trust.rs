//! Whom this counter believes: the hub's latest trust list, kept beside the database, and what the counter knows itself.
//!
//! The list is signed and holds nothing secret, so it is a plain file.

use std::{fs, io::ErrorKind, path::PathBuf};

use counter_core::certificate::CertificateState;
use counter_store::{ReadTx, StoreError, table::hub_binding};
use ed25519_dalek::SigningKey;
use hub_api::{
    certificate_envelope::{Envelope, EnvelopePayload},
    delegation::Delegation,
    key::PublicKey,
    signed::Signed,
    trust::{RootKeys, TrustBundle, TrustedKey},
};
use jiff::{Timestamp, civil::Date};

use crate::{Desk, date_of};

/// After how many days without hearing from the hub what the counter knows itself counts as stale.
const STALE_AFTER_DAYS: u16 = 7;

pub(crate) fn file(desk: &Desk) -> PathBuf {
    desk.store().folder().join("trust-list")
}

/// The root keys this counter has pinned: the hub's at enrolment, and the one a believed list named as next.
pub(crate) fn pinned(desk: &Desk) -> Result<Vec<PublicKey>, StoreError> {
    let hub = desk
        .store()
        .read(|tx| Ok::<_, StoreError>(hub_key(hub_binding::get(tx)?.as_ref())))?;
    let mut keys: Vec<PublicKey> = hub.into_iter().collect();
    if let Some(list) = stored(desk, &keys) {
        keys.extend(list.roots.next);
    }
    Ok(keys)
}

/// The list kept here, if there is one signed by a key in `pinned`.
pub(crate) fn stored(desk: &Desk, pinned: &[PublicKey]) -> Option<TrustBundle> {
    let bytes = match fs::read(file(desk)) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(%error, "the trust list cannot be read");
            return None;
        }
    };
    match TrustBundle::open(&bytes, pinned) {
        Ok(list) => Some(list),
        Err(error) => {
            tracing::warn!(%error, "the trust list kept here is not believed");
            None
        }
    }
}

/// What this counter believes about `envelope`, and whether that rests on a hub at all.
///
/// Beside the hub's list the counter knows its own key, and how its own certificates stand: countersignatures come
/// with the hub's signed feed.
pub(crate) fn believed(desk: &Desk, envelope: Option<&Envelope>) -> Result<(TrustBundle, bool), StoreError> {
    let list = stored(desk, &pinned(desk)?);
    let today = desk.clock().today();
    desk.store().read(|tx| {
        let binding = hub_binding::get(tx)?;
        let own = PublicKey::of(&SigningKey::from_bytes(&*tx.signing_seed()?));
        let heard = binding
            .as_ref()
            .and_then(|binding| day(binding.contacted_at.unwrap_or(binding.bound_at)));
        let root = hub_key(binding.as_ref());
        let mut list = list.unwrap_or_else(|| TrustBundle {
            site: desk.store().identity().site,
            number: 0,
            issued_on: heard.unwrap_or(today),
            stale_after_days: STALE_AFTER_DAYS,
            roots: RootKeys {
                current: root.unwrap_or(own),
                next: None,
            },
            keys: Vec::new(),
            revoked_certificates: Default::default(),
            revoked_keys: Default::default(),
            countersigned: Default::default(),
        });
        if list.key(own.id()).is_none() {
            let delegation = binding
                .as_ref()
                .zip(root)
                .map(|(binding, root)| Signed::<Delegation>::from_bytes(binding.delegation.clone()).open(&root));
            let (from, to) = match delegation {
                Some(Ok(delegation)) if delegation.key == own => (
                    day(delegation.from_at).unwrap_or(today),
                    day(delegation.until_at - 1).unwrap_or(today),
                ),
                Some(Ok(_) | Err(_)) => (Date::MAX, Date::MIN),
                // Without a hub the counter can at least tell its own hand.
                None => (Date::MIN, Date::MAX),
            };
            let counter = desk.store().identity().counter;
            list.keys.push(TrustedKey {
                key: own,
                counter,
                from,
                to,
            });
        }
        if let Some(envelope) = envelope {
            lay_over(tx, &mut list, envelope)?;
        }
        Ok((list, binding.is_some()))
    })
}

fn lay_over(tx: &ReadTx<'_>, list: &mut TrustBundle, envelope: &Envelope) -> Result<(), StoreError> {
    let EnvelopePayload::Certificate(claimed) = envelope.payload() else {
        return Ok(());
    };
    let Some(known) = super::load(tx, &claimed.number)? else {
        return Ok(());
    };
    match known.state() {
        CertificateState::Revoked => {
            list.revoked_certificates.insert(known.no);
        }
        CertificateState::Final if known.issued.envelope == envelope.as_bytes() => {
            list.countersigned.insert(envelope.hash());
        }
        CertificateState::Final | CertificateState::Provisional => {}
    }
    Ok(())
}

fn hub_key(binding: Option<&hub_binding::HubBinding>) -> Option<PublicKey> {
    let bytes: [u8; 32] = binding?.hub_key.as_slice().try_into().ok()?;
    Some(PublicKey(bytes))
}

fn day(at: i64) -> Option<Date> {
    Timestamp::from_millisecond(at).ok().map(date_of)
}
