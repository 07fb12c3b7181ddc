//! A hub's word that a key speaks for a counter, for a time.

use counter_core::change::CounterCode;
use serde::{Deserialize, Serialize};

use crate::{
    key::{PublicKey, Purpose},
    signed::SignedMessage,
};

/// How long before its end a delegation may be renewed without a code, in milliseconds: 60 days.
pub const RENEW_WITHIN_MS: i64 = 60 * 24 * 60 * 60 * 1000;

/// Signed by the hub's key: this key speaks for this counter from then until then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// The division code of the district, such as `440104`.
    pub site: String,
    /// The counter.
    pub counter: CounterCode,
    /// Its key.
    pub key: PublicKey,
    /// From when, ms UTC.
    pub from_at: i64,
    /// Until when, exclusive, ms UTC.
    pub until_at: i64,
}

impl SignedMessage for Delegation {
    const PURPOSE: Purpose = Purpose::Delegation;
}

impl Delegation {
    /// Whether the key may speak at `at` (ms UTC).
    pub fn holds_at(&self, at: i64) -> bool {
        (self.from_at..self.until_at).contains(&at)
    }
}
