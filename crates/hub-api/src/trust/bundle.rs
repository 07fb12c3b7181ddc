//! The trust bundle: what a hub vouches for on a day.

use std::collections::BTreeSet;

use counter_core::change::CounterCode;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    certificate_envelope::EnvelopeHash,
    key::{KeyId, PublicKey, Purpose},
    signed::{OpenError, Signed, SignedMessage},
};

/// No bundle is longer; what is longer is not read. Five million certificates fit.
pub const BUNDLE_LONGEST_BYTES: usize = 64 * 1024 * 1024;

/// What a hub vouches for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustBundle {
    /// The division code of the district.
    pub site: String,
    /// Counts up; a lower number never replaces a higher one.
    pub number: u64,
    /// The day it was made.
    pub issued_on: Date,
    /// After how many days without a newer one the list counts as stale.
    pub stale_after_days: u16,
    /// The keys that sign bundles.
    pub roots: RootKeys,
    /// The keys that speak or spoke for counters.
    pub keys: Vec<TrustedKey>,
    /// The numbers of revoked certificates.
    pub revoked_certificates: BTreeSet<String>,
    /// The keys that no longer vouch for anything by themselves.
    pub revoked_keys: BTreeSet<KeyId>,
    /// The certificates the hub vouches for itself.
    pub countersigned: BTreeSet<EnvelopeHash>,
}

/// The keys that sign bundles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootKeys {
    /// The one in use.
    pub current: PublicKey,
    /// The one that comes after it; pinned ahead of time.
    pub next: Option<PublicKey>,
}

/// A key that speaks or spoke for a counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrustedKey {
    /// The key. Its short name is computed, never believed.
    pub key: PublicKey,
    /// The counter.
    pub counter: CounterCode,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

/// Why a bundle is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Longer than a bundle can be.
    #[error("the trust bundle is too long")]
    TooLong,
    /// Signed by none of the keys pinned.
    #[error("the trust bundle is signed by a key that is not pinned")]
    NotPinned,
    /// Damaged or forged.
    #[error(transparent)]
    Signed(#[from] OpenError),
}

impl SignedMessage for TrustBundle {
    const PURPOSE: Purpose = Purpose::TrustBundle;
}

impl TrustBundle {
    /// Opens a bundle that came over the wire or from a file. `pinned` are the hub's root keys known before, never keys
    /// that came with the bundle.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn open(bytes: &[u8], pinned: &[PublicKey]) -> Result<Self, BundleError> {
        if bytes.len() > BUNDLE_LONGEST_BYTES {
            return Err(BundleError::TooLong);
        }
        let signed = Signed::<Self>::from_bytes(bytes.to_vec());
        let claimed = signed.claimed_key()?;
        let root = pinned
            .iter()
            .find(|root| root.id() == claimed)
            .ok_or(BundleError::NotPinned)?;
        Ok(signed.open(root)?)
    }

    /// Opens a bundle that a person hands over and vouches for, where no root is pinned: it must be signed by the root it
    /// names itself, which only shows that nothing in it was touched since.
    ///
    /// # Errors
    /// [`BundleError`].
    pub fn open_as_given(bytes: &[u8]) -> Result<Self, BundleError> {
        if bytes.len() > BUNDLE_LONGEST_BYTES {
            return Err(BundleError::TooLong);
        }
        let signed = Signed::<Self>::from_bytes(bytes.to_vec());
        let unchecked: Self = signed.peek()?;
        let known = [Some(unchecked.roots.current), unchecked.roots.next];
        Self::open(bytes, &known.into_iter().flatten().collect::<Vec<_>>())
    }

    /// The key with this short name.
    pub fn key(&self, kid: KeyId) -> Option<&TrustedKey> {
        self.keys.iter().find(|trusted| trusted.key.id() == kid)
    }

    /// How many days old the list is on `today`; 0 when it is from tomorrow by a wrong clock.
    pub fn age_days(&self, today: Date) -> u32 {
        let days = today
            .since((jiff::Unit::Day, self.issued_on))
            .map_or(0, |span| span.get_days());
        u32::try_from(days).unwrap_or(0)
    }

    /// Whether the list is too old to say that nothing was revoked since.
    pub fn is_stale(&self, today: Date) -> bool {
        self.age_days(today) > u32::from(self.stale_after_days)
    }
}

impl Serialize for EnvelopeHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::Bytes::new(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EnvelopeHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(
            serde_bytes::ByteArray::<8>::deserialize(deserializer)?.into_array(),
        ))
    }
}
