//! A batch as it leaves the outbox: consecutive changes of one life and the keys of their lanes.

use std::collections::BTreeSet;

use counter_core::change::{ChangeHash, IncarnationId};
use counter_store::{OutgoingChange, ReadTx, StoreError, table::lane_key};
use hub_api::{
    protocol::MAX_BATCH_BYTES,
    push::{HeadClaim, LaneKey, PushBatch},
};
use serde_bytes::ByteBuf;

use crate::call::Binding;

/// Changes that go together; never empty.
pub(crate) struct Batch {
    /// Whose they are.
    pub incarnation: IncarnationId,
    /// In the order of their numbers.
    pub changes: Vec<OutgoingChange>,
    lane_keys: Vec<LaneKey>,
}

impl Batch {
    /// At most `limit` changes of a life from number `seq` on, as many as fit; `None` where there is nothing.
    pub fn read(
        tx: &ReadTx<'_>,
        incarnation: IncarnationId,
        seq: u64,
        limit: usize,
    ) -> Result<Option<Self>, StoreError> {
        let changes = tx.outgoing(incarnation, seq, limit, MAX_BATCH_BYTES)?;
        if changes.is_empty() {
            return Ok(None);
        }
        let lanes: BTreeSet<_> = changes.iter().map(|change| &change.lane).collect();
        let mut lane_keys = Vec::new();
        for lane in lanes {
            if let Some(key) = lane_key::get(tx, lane)? {
                lane_keys.push(LaneKey {
                    lane: lane.clone(),
                    key: key.to_vec(),
                });
            }
        }
        Ok(Some(Self {
            incarnation,
            changes,
            lane_keys,
        }))
    }

    /// The number of its first change.
    pub fn first(&self) -> u64 {
        self.changes.first().map_or(0, |change| change.seq)
    }

    /// Number and hash of its last change.
    pub fn last(&self) -> (u64, ChangeHash) {
        self.changes
            .last()
            .map_or((0, ChangeHash::ORIGIN), |change| (change.seq, change.stored.hash))
    }

    /// The batch as it is sent, with the word for its last change.
    pub fn message(&self, binding: &Binding<'_>) -> PushBatch {
        let (seq, hash) = self.last();
        let claim = HeadClaim {
            site: binding.identity.site.clone(),
            counter: binding.identity.counter.clone(),
            incarnation: self.incarnation,
            seq,
            hash,
        };
        PushBatch {
            changes: self
                .changes
                .iter()
                .map(|change| ByteBuf::from(change.stored.bytes.clone()))
                .collect(),
            head: claim.sign(&binding.key),
            lane_keys: self.lane_keys.clone(),
        }
    }
}
