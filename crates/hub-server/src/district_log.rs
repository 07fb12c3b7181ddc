//! Appending to a district's log: the next index and head, under the lock of the transaction.
//!
//! What is appended together is written together: entries gather here until [`DistrictLog::keep`].

use counter_core::change::ChangeHash;
use hub_api::{cbor, feed::FeedEvent, key::HubIncarnation, push::LaneWords};
use sha2::{Digest, Sha256};

use crate::{
    store::{AboutChange, HubTransaction, Life, LogHead, NewLogEntry, StoreError, ToldBefore},
    verdict_count::VerdictCount,
};

/// The end of a locked log, moved with every entry.
#[derive(Debug)]
pub struct DistrictLog {
    district: String,
    life: HubIncarnation,
    end: LogHead,
    gathered: Vec<Gathered>,
    verdicts: VerdictCount,
}

/// An entry with its place that is not written yet.
#[derive(Debug)]
struct Gathered {
    end: LogHead,
    at: i64,
    event: Vec<u8>,
    seq: u64,
    lane: LaneWords,
    taken: bool,
}

impl DistrictLog {
    /// Locks the log of `district` for the rest of the transaction.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn lock(transaction: &mut impl HubTransaction, district: &str) -> Result<Self, StoreError> {
        Ok(Self {
            district: district.to_owned(),
            life: transaction.life_now().await?,
            end: transaction.lock_log(district).await?,
            gathered: Vec::new(),
            verdicts: VerdictCount::default(),
        })
    }

    /// The life the hub's database is in.
    pub fn life(&self) -> HubIncarnation {
        self.life
    }

    /// The last entry and the head over it.
    pub fn end(&self) -> LogHead {
        self.end
    }

    /// The index that the next entry gets.
    pub fn next_index(&self) -> u64 {
        self.end.index + 1
    }

    /// The district.
    pub fn district(&self) -> &str {
        &self.district
    }

    /// The verdicts appended so far.
    pub fn verdicts(&self) -> VerdictCount {
        self.verdicts
    }

    /// Gives `event`, which is about change `seq` of a life in `lane`, its place; it is written with [`DistrictLog::keep`].
    pub fn gather(&mut self, at: i64, event: &FeedEvent, seq: u64, lane: LaneWords, taken: bool) {
        self.count(event);
        let event = cbor::encode(event);
        self.end = self.after(at, &event);
        self.gathered.push(Gathered {
            end: self.end,
            at,
            event,
            seq,
            lane,
            taken,
        });
    }

    /// Writes what was gathered about the changes of `life`. Before what was gathered is read back, and before a commit.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep(&mut self, transaction: &mut impl HubTransaction, life: &Life) -> Result<(), StoreError> {
        let gathered = std::mem::take(&mut self.gathered);
        let entries: Vec<NewLogEntry<'_>> = gathered
            .iter()
            .map(|entry| NewLogEntry {
                end: entry.end,
                at: entry.at,
                event: &entry.event,
                about: Some(AboutChange {
                    counter: &life.counter,
                    incarnation: life.incarnation,
                    seq: entry.seq,
                    lane: Some(&entry.lane),
                    taken: entry.taken,
                }),
                told: None,
            })
            .collect();
        transaction.append_entries(&self.district, &entries).await
    }

    fn count(&mut self, event: &FeedEvent) {
        if let FeedEvent::Judged { verdict, .. } = event {
            self.verdicts.add(verdict);
        }
    }

    fn after(&self, at: i64, event: &[u8]) -> LogHead {
        let head = Sha256::new()
            .chain_update(self.end.head.0)
            .chain_update(at.to_be_bytes())
            .chain_update(event)
            .finalize();
        LogHead {
            index: self.next_index(),
            head: ChangeHash(head.into()),
        }
    }

    /// Appends `event` and returns its place and the head over it. Nothing gathered may be waiting.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append(
        &mut self,
        transaction: &mut impl HubTransaction,
        at: i64,
        event: &FeedEvent,
        about: Option<AboutChange<'_>>,
    ) -> Result<LogHead, StoreError> {
        self.append_told(transaction, at, event, about, None).await
    }

    /// Appends `event`, which was told before in a life that this database lost.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn append_told(
        &mut self,
        transaction: &mut impl HubTransaction,
        at: i64,
        event: &FeedEvent,
        about: Option<AboutChange<'_>>,
        told: Option<ToldBefore>,
    ) -> Result<LogHead, StoreError> {
        debug_assert!(self.gathered.is_empty(), "entries are written in their order");
        self.count(event);
        let event = cbor::encode(event);
        let end = self.after(at, &event);
        transaction
            .append_log(
                &self.district,
                &NewLogEntry {
                    end,
                    at,
                    event: &event,
                    about,
                    told,
                },
            )
            .await?;
        self.end = end;
        Ok(end)
    }
}
