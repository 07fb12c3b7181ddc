//! Appending to a district's log: the next index and head, under the lock of the transaction.

use counter_core::change::ChangeHash;
use hub_api::{cbor, feed::FeedEvent, key::HubIncarnation};
use sha2::{Digest, Sha256};

use crate::store::{AboutChange, HubTransaction, LogHead, NewLogEntry, StoreError, ToldBefore};

/// The end of a locked log, moved with every entry.
#[derive(Debug)]
pub struct DistrictLog {
    district: String,
    life: HubIncarnation,
    end: LogHead,
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

    /// Appends `event` and returns its place and the head over it.
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
        let event = cbor::encode(event);
        let head = Sha256::new()
            .chain_update(self.end.head.0)
            .chain_update(at.to_be_bytes())
            .chain_update(&event)
            .finalize();
        let end = LogHead {
            index: self.next_index(),
            head: ChangeHash(head.into()),
        };
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
