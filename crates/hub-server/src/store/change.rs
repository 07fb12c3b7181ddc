//! The recorded changes, as they came.

use std::future::Future;

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};

use super::{Life, Stored};

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

/// Changes by life and number.
pub trait ChangeStore: Send {
    /// The hashes of recorded changes, `from` to `to`, in order.
    fn change_hashes(
        &mut self,
        life: &Life,
        from: u64,
        to: u64,
    ) -> impl Future<Output = Stored<Vec<ChangeHash>>> + Send;
    /// The highest number of a change that is here, also of one that was handed back before the life's end came to it.
    fn last_stored(&mut self, life: &Life) -> impl Future<Output = Stored<u64>> + Send;
    /// The stored bytes of one change.
    fn change_bytes(&mut self, life: &Life, seq: u64) -> impl Future<Output = Stored<Option<Vec<u8>>>> + Send;
    /// The stored bytes of changes of one district, in the order of `changes`.
    fn bytes_of(
        &mut self,
        district: &str,
        changes: &[(CounterCode, IncarnationId, u64)],
    ) -> impl Future<Output = Stored<Vec<Option<Vec<u8>>>>> + Send {
        async move {
            let mut bytes = Vec::with_capacity(changes.len());
            for (counter, incarnation, seq) in changes {
                let life = Life {
                    district: district.to_owned(),
                    counter: counter.clone(),
                    incarnation: *incarnation,
                };
                bytes.push(self.change_bytes(&life, *seq).await?);
            }
            Ok(bytes)
        }
    }
    /// Keeps a change.
    fn insert_change(&mut self, life: &Life, change: RecordedChange<'_>) -> impl Future<Output = Stored<()>> + Send;
    /// Keeps the changes of a batch.
    fn insert_changes(
        &mut self,
        life: &Life,
        changes: &[RecordedChange<'_>],
    ) -> impl Future<Output = Stored<()>> + Send {
        async move {
            for change in changes {
                self.insert_change(life, *change).await?;
            }
            Ok(())
        }
    }
}
