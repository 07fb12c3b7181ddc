//! The rows a store gives and takes.

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use hub_api::{
    key::{KeyId, PublicKey},
    push::LaneWords,
};

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

/// The end of a district's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogHead {
    /// The last entry; 0 before the first.
    pub index: u64,
    /// SHA-256 over the head before and the entry's bytes.
    pub head: ChangeHash,
}

/// An entry to be appended.
#[derive(Clone, Debug)]
pub struct NewLogEntry<'a> {
    /// The end of the log after it.
    pub end: LogHead,
    /// When, ms UTC.
    pub at: i64,
    /// CBOR of the [`hub_api::feed::FeedEvent`].
    pub event: &'a [u8],
    /// The change it is about.
    pub about: Option<AboutChange<'a>>,
}

/// The change an entry is about.
#[derive(Clone, Copy, Debug)]
pub struct AboutChange<'a> {
    /// Where it was made.
    pub counter: &'a CounterCode,
    /// In which life.
    pub incarnation: IncarnationId,
    /// Its number; the last of the range where a range was recorded.
    pub seq: u64,
    /// Its lane, where it was judged.
    pub lane: Option<&'a LaneWords>,
    /// Whether the lane took it.
    pub taken: bool,
}

/// An entry as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    /// Its place.
    pub index: u64,
    /// When, ms UTC.
    pub at: i64,
    /// CBOR of the event.
    pub event: Vec<u8>,
}

/// How far a life is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeRow {
    /// The last number.
    pub head_seq: u64,
    /// Its hash.
    pub head_hash: ChangeHash,
    /// When another life followed, ms UTC.
    pub closed_at: Option<i64>,
}

/// A change to be kept.
#[derive(Clone, Copy, Debug)]
pub struct RecordedChange<'a> {
    /// Its number.
    pub seq: u64,
    /// Its hash.
    pub hash: ChangeHash,
    /// Its bytes as they came.
    pub bytes: &'a [u8],
}

/// A receipt to be kept.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptRow<'a> {
    /// The first change covered.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// The receipt as it is sent.
    pub bytes: &'a [u8],
    /// The counter's signed claim it answers.
    pub head_claim: &'a [u8],
}

/// What a lane has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRow {
    /// CBOR of the [`counter_core::lane_state::LaneState`].
    pub state: Vec<u8>,
    /// The entry of the last change it took.
    pub last_index: u64,
}

/// A change a lane took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The entry.
    pub index: u64,
    /// Where it was made.
    pub counter: CounterCode,
    /// In which life.
    pub incarnation: IncarnationId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How far an attachment is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// Bytes received, from the beginning.
    pub received: u64,
    /// The signed receipt, once it is whole.
    pub receipt: Option<Vec<u8>>,
}
