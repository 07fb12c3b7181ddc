//! One-time codes and the keys that speak for counters.

use std::future::Future;

use counter_core::change::CounterCode;
use hub_api::key::{KeyId, PublicKey};

use super::Stored;

/// A one-time code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentCodeRow {
    /// The public half of the key it stands for.
    pub code_key: PublicKey,
    /// For which district.
    pub district: String,
    /// For which counter.
    pub counter: CounterCode,
    /// Until when, exclusive, ms UTC.
    pub valid_until_at: i64,
    /// The counter key that used it.
    pub used_by: Option<PublicKey>,
    /// What was answered then.
    pub reply: Option<Vec<u8>>,
}

/// A key that speaks for a counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterKeyRow {
    /// The key.
    pub key: PublicKey,
    /// The district it speaks in.
    pub district: String,
    /// The counter it speaks for.
    pub counter: CounterCode,
    /// The signed delegation.
    pub delegation: Vec<u8>,
    /// From when, ms UTC.
    pub from_at: i64,
    /// Until when, exclusive, ms UTC.
    pub until_at: i64,
    /// The version of the program it last asked with, as it says; kept by [`super::RequestStore::note_request`].
    pub program: Option<String>,
}

impl CounterKeyRow {
    /// The short name of the key.
    pub fn id(&self) -> KeyId {
        self.key.id()
    }

    /// Whether the key may speak at `at` (ms UTC).
    pub fn holds_at(&self, at: i64) -> bool {
        (self.from_at..self.until_at).contains(&at)
    }
}

/// Codes and keys. They are found by the key's name, before the district is known.
pub trait EnrolmentStore {
    /// Keeps a one-time code.
    fn insert_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> impl Future<Output = Stored<()>> + Send;
    /// Finds a one-time code, used or not, and keeps another process from using it before this transaction ends.
    fn enrolment_code(&mut self, code: KeyId) -> impl Future<Output = Stored<Option<EnrolmentCodeRow>>> + Send;
    /// Marks a code as used by `key` and keeps the answer.
    fn use_enrolment_code(
        &mut self,
        code: KeyId,
        key: &PublicKey,
        reply: &[u8],
        now: i64,
    ) -> impl Future<Output = Stored<()>> + Send;
    /// Keeps the key of a counter, or its new delegation.
    fn put_counter_key(&mut self, row: &CounterKeyRow) -> impl Future<Output = Stored<()>> + Send;
    /// Finds the key of a counter.
    fn counter_key(&mut self, key: KeyId) -> impl Future<Output = Stored<Option<CounterKeyRow>>> + Send;
    /// Every key that ever spoke for a counter, oldest first.
    fn counter_keys(&mut self) -> impl Future<Output = Stored<Vec<CounterKeyRow>>> + Send;
}
