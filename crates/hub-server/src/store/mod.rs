//! Where the hub keeps what it knows: transactions over rows keyed by district.
//!
//! Recording and judging are written once, against [`HubTransaction`]. `sqlite` is the embedded
//! store of one office; a city's PostgreSQL goes into a `postgres` module beside it, behind the
//! same two traits. Nothing here judges or signs.

mod row;
pub mod sqlite;

use std::future::Future;

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use hub_api::{
    blob::BlobRef,
    key::{HubIncarnation, KeyId, PublicKey},
    push::LaneWords,
};

pub use row::{
    AboutChange, BlobRow, CounterKeyRow, EnrolmentCodeRow, LaneRow, LifeRow, LogHead, LogRow, NewLogEntry, ReceiptRow,
    RecordedChange, StepRow,
};

/// The store could not do it. The transaction is undone.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the lock for longer than was waited.
    #[error("the store is busy")]
    Busy,
    /// A newer program has written here.
    #[error("the database has version {found}, this program knows up to {supported}")]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The newest this program knows.
        supported: i64,
    },
    /// What is stored cannot be read back.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Anything else the store says.
    #[error("the store failed: {0}")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A store that several processes may open at once.
pub trait HubStore: Clone + Send + Sync + 'static {
    /// Its transactions.
    type Transaction: HubTransaction;

    /// Begins a transaction that may write. Dropped without [`HubTransaction::commit`] it is undone.
    fn begin(&self) -> impl Future<Output = Result<Self::Transaction, StoreError>> + Send;

    /// Begins a transaction that only reads.
    fn begin_read(&self) -> impl Future<Output = Result<Self::Transaction, StoreError>> + Send;
}

/// Which life of which counter, in which district.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Life {
    /// The division code of the district.
    pub district: String,
    /// The counter.
    pub counter: CounterCode,
    /// Its life.
    pub incarnation: IncarnationId,
}

type Stored<T> = Result<T, StoreError>;

/// What can be done inside of a transaction. Every row belongs to a district.
pub trait HubTransaction: Send {
    /// Makes everything durable.
    fn commit(self) -> impl Future<Output = Stored<()>> + Send;

    /// The life of this database; `fresh` becomes it where the database is new.
    fn hub_incarnation(
        &mut self,
        fresh: HubIncarnation,
        now: i64,
    ) -> impl Future<Output = Stored<HubIncarnation>> + Send;

    /// Keeps a one-time code.
    fn insert_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> impl Future<Output = Stored<()>> + Send;
    /// Finds a one-time code, used or not.
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
    /// Notes a request; `false` where it was here before. Nonces seen before `forget_before` (ms UTC) are forgotten.
    fn note_request(
        &mut self,
        key: KeyId,
        nonce: [u8; 16],
        now: i64,
        forget_before: i64,
    ) -> impl Future<Output = Stored<bool>> + Send;

    /// Locks the district's log and reads its end; all zeroes where it is new.
    fn lock_log(&mut self, district: &str) -> impl Future<Output = Stored<LogHead>> + Send;
    /// Reads the end of the log without a lock.
    fn log_head(&mut self, district: &str) -> impl Future<Output = Stored<LogHead>> + Send;
    /// Appends an entry and moves the end; only under [`HubTransaction::lock_log`].
    fn append_log(&mut self, district: &str, entry: &NewLogEntry<'_>) -> impl Future<Output = Stored<()>> + Send;
    /// Up to `limit` entries after `after`.
    fn log_after(
        &mut self,
        district: &str,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Stored<Vec<LogRow>>> + Send;

    /// How far a life is recorded.
    fn life(&mut self, life: &Life) -> impl Future<Output = Stored<Option<LifeRow>>> + Send;
    /// Moves the end of a life, or begins it.
    fn put_life_head(&mut self, life: &Life, seq: u64, hash: ChangeHash) -> impl Future<Output = Stored<()>> + Send;
    /// Another life follows this one.
    fn close_life(&mut self, life: &Life, now: i64) -> impl Future<Output = Stored<()>> + Send;
    /// The hashes of recorded changes, `from` to `to`, in order.
    fn change_hashes(
        &mut self,
        life: &Life,
        from: u64,
        to: u64,
    ) -> impl Future<Output = Stored<Vec<ChangeHash>>> + Send;
    /// The stored bytes of one change.
    fn change_bytes(&mut self, life: &Life, seq: u64) -> impl Future<Output = Stored<Option<Vec<u8>>>> + Send;
    /// Keeps a change.
    fn insert_change(&mut self, life: &Life, change: RecordedChange<'_>) -> impl Future<Output = Stored<()>> + Send;
    /// The receipts whose ranges touch `from` to `to`, in order.
    fn receipts(&mut self, life: &Life, from: u64, to: u64) -> impl Future<Output = Stored<Vec<Vec<u8>>>> + Send;
    /// Keeps a receipt.
    fn insert_receipt(&mut self, life: &Life, row: ReceiptRow<'_>) -> impl Future<Output = Stored<()>> + Send;

    /// What a lane has become.
    fn lane(&mut self, district: &str, lane: &LaneWords) -> impl Future<Output = Stored<Option<LaneRow>>> + Send;
    /// The districts that know a lane.
    fn districts_of_lane(&mut self, lane: &LaneWords) -> impl Future<Output = Stored<Vec<String>>> + Send;
    /// Every lane of a kind, in the order of their numbers.
    fn lanes_of(&mut self, district: &str, kind: &str) -> impl Future<Output = Stored<Vec<LaneRow>>> + Send;
    /// Keeps what a lane has become.
    fn put_lane(&mut self, district: &str, lane: &LaneWords, row: &LaneRow) -> impl Future<Output = Stored<()>> + Send;
    /// The changes a lane took, in the order of the log.
    fn steps(&mut self, district: &str, lane: &LaneWords) -> impl Future<Output = Stored<Vec<StepRow>>> + Send;
    /// Whether the lane took changes of others than `life` after entry `after`.
    fn has_foreign_steps(
        &mut self,
        life: &Life,
        lane: &LaneWords,
        after: u64,
    ) -> impl Future<Output = Stored<bool>> + Send;
    /// The entry at which a lane froze for a life.
    fn freeze(&mut self, life: &Life, lane: &LaneWords) -> impl Future<Output = Stored<Option<u64>>> + Send;
    /// Freezes a lane for a life at an entry, or thaws it with `None`.
    fn put_freeze(
        &mut self,
        life: &Life,
        lane: &LaneWords,
        index: Option<u64>,
    ) -> impl Future<Output = Stored<()>> + Send;
    /// Keeps the key of a lane's personal numbers.
    fn put_lane_key(&mut self, district: &str, lane: &LaneWords, key: &[u8])
    -> impl Future<Output = Stored<()>> + Send;

    /// How far an attachment is here.
    fn blob(&mut self, district: &str, blob: BlobRef) -> impl Future<Output = Stored<Option<BlobRow>>> + Send;
    /// Keeps a range that begins where the last ended.
    fn append_blob(
        &mut self,
        district: &str,
        blob: BlobRef,
        offset: u64,
        bytes: &[u8],
    ) -> impl Future<Output = Stored<()>> + Send;
    /// The range that begins at `offset`.
    fn blob_range(
        &mut self,
        district: &str,
        blob: BlobRef,
        offset: u64,
    ) -> impl Future<Output = Stored<Option<Vec<u8>>>> + Send;
    /// Forgets the ranges of an attachment that turned out to be something else.
    fn forget_blob(&mut self, district: &str, blob: BlobRef) -> impl Future<Output = Stored<()>> + Send;
    /// The attachment is whole.
    fn complete_blob(
        &mut self,
        district: &str,
        blob: BlobRef,
        receipt: &[u8],
    ) -> impl Future<Output = Stored<()>> + Send;
}
