//! The log of a district.

use std::future::Future;

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use hub_api::{key::HubIncarnation, push::LaneWords};

use super::{Life, Stored};

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
    /// Where it was told before, if this database had lost it.
    pub told: Option<ToldBefore>,
}

/// The place of an entry in a life of the hub's database that was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToldBefore {
    /// The life.
    pub hub_incarnation: HubIncarnation,
    /// The index it had there.
    pub index: u64,
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

/// One log per district, without holes but for the gap before a new life of the hub's database.
pub trait LogStore: Send {
    /// Locks the district's log until the transaction ends and reads its end; all zeroes where it is new.
    fn lock_log(&mut self, district: &str) -> impl Future<Output = Stored<LogHead>> + Send;
    /// Reads the end of the log without a lock.
    fn log_head(&mut self, district: &str) -> impl Future<Output = Stored<LogHead>> + Send;
    /// Appends an entry and moves the end; only under [`LogStore::lock_log`].
    fn append_log(&mut self, district: &str, entry: &NewLogEntry<'_>) -> impl Future<Output = Stored<()>> + Send;
    /// Appends entries that follow each other and moves the end once; only under [`LogStore::lock_log`].
    fn append_entries(
        &mut self,
        district: &str,
        entries: &[NewLogEntry<'_>],
    ) -> impl Future<Output = Stored<()>> + Send {
        async move {
            for entry in entries {
                self.append_log(district, entry).await?;
            }
            Ok(())
        }
    }
    /// Whether an entry of a lost life was entered again.
    fn is_told(&mut self, district: &str, told: ToldBefore) -> impl Future<Output = Stored<bool>> + Send;
    /// Whether change `seq` of a life was judged.
    fn is_judged(&mut self, life: &Life, seq: u64) -> impl Future<Output = Stored<bool>> + Send;
    /// Up to `limit` entries after `after`.
    fn log_after(
        &mut self,
        district: &str,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Stored<Vec<LogRow>>> + Send;
}
