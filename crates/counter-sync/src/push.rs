//! Sending what has no receipt yet, life by life, in batches of consecutive changes.

use std::collections::BTreeSet;

use counter_core::change::{ChangeHash, IncarnationId};
use counter_store::{ReadTx, StoreError, StoredChange, table::lane_key};
use hub_api::{
    cbor,
    protocol::{MAX_BATCH_BYTES, MAX_BATCH_CHANGES, PUSH_PATH},
    push::{HeadClaim, LaneKey, PushAnswer, PushBatch},
    receipt::Receipt,
    signed::Signed,
};
use serde_bytes::ByteBuf;

use crate::{
    SyncError, Transport,
    call::{Binding, Connection},
    receipts,
};

/// What came of pushing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pushed {
    /// Changes that got a receipt.
    pub changes: u32,
    /// Receipts stored.
    pub receipts: u32,
    /// The hub knows other changes under our numbers, and a new life was begun.
    pub forked: bool,
}

/// Changes that go together.
pub(crate) struct Batch {
    pub(crate) incarnation: IncarnationId,
    pub(crate) changes: Vec<StoredChange>,
    lane_keys: Vec<LaneKey>,
}

impl Batch {
    fn first(&self) -> u64 {
        self.changes.first().map_or(0, |change| change.seq)
    }

    pub(crate) fn last(&self) -> (u64, ChangeHash) {
        self.changes
            .last()
            .map_or((0, ChangeHash::ORIGIN), |change| (change.seq, change.stored.hash))
    }

    /// The batch as it is sent, with the word for its last change.
    pub(crate) fn message(&self, binding: &Binding<'_>) -> PushBatch {
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

/// How often one round may find itself forked. Each time something is carried over into a life that cannot fork
/// again, so more is the work of a hub that is not in order.
const FORKS: u32 = 3;

/// Pushes until nothing is unsent. What another copy of this database sent under the same numbers is carried over.
///
/// # Errors
/// [`SyncError::HubRestored`] where the hub lacks what it has given receipts for.
pub(crate) async fn push<T: Transport>(
    connection: &mut Connection<'_, T>,
    pushed: &mut Pushed,
) -> Result<(), SyncError> {
    let mut forks = 0;
    // Up to where the hub was seen to have what we have, and how far to step back where it has not.
    let (mut common, mut step) = (None, 1);
    // Where the hub wants to be sent from, if that is below what is unsent.
    let mut again_from: Option<(IncarnationId, u64)> = None;
    loop {
        let batch = connection.store.read(|tx| match again_from {
            Some((incarnation, seq)) => from_seq(tx, connection, incarnation, seq),
            None => next_unsent(tx),
        })?;
        let Some(batch) = batch else { return Ok(()) };
        let body = cbor::encode(&batch.message(connection));
        let answer = connection
            .call(http::Method::POST, PUSH_PATH, body, batch.incarnation)
            .await?;
        match cbor::decode(&answer)? {
            PushAnswer::Recorded { receipts } => {
                let (to, _) = batch.last();
                common = Some((batch.incarnation, to));
                pushed.receipts += store_receipts(connection, &batch, &receipts)?;
                pushed.changes += u32::try_from(batch.changes.len()).unwrap_or(u32::MAX);
                again_from = again_from.map(|(incarnation, _)| (incarnation, to + 1));
                if let Some((incarnation, next)) = again_from
                    && next > connection.store.read(|tx| tx.recorded_to(incarnation))?
                {
                    again_from = None;
                }
            }
            // Before anything is sent again, it is given back what it told: its order counts.
            PushAnswer::Expected { seq } if seq >= 1 && seq < batch.first() => return Err(SyncError::HubRestored),
            PushAnswer::Expected { .. } => return Err(SyncError::Nonsense("it expects a change that was sent")),
            // A receipt of an earlier life of the hub proves nothing now: where the paths parted may lie further back.
            PushAnswer::Fork { seq }
                if seq <= batch.first() && batch.first() > 1 && common != Some((batch.incarnation, seq - 1)) =>
            {
                again_from = Some((batch.incarnation, batch.first().saturating_sub(step).max(1)));
                step *= 2;
            }
            PushAnswer::Fork { seq } => {
                forks += 1;
                if forks > FORKS || seq <= 1 || seq < batch.first() || seq > batch.last().0 {
                    return Err(SyncError::Nonsense("it tells of a fork that cannot be"));
                }
                tracing::error!(seq, incarnation = %batch.incarnation, "the hub knows another change under this number");
                let now = connection.clock.now();
                connection.store.carry_over(batch.incarnation, seq, now)?;
                connection.go_on();
                pushed.forked = true;
                again_from = None;
            }
        }
    }
}

/// Keeps the receipts for `batch`, if all are believed and they cover it without a hole.
fn store_receipts(binding: &Binding<'_>, batch: &Batch, receipts: &[Signed<Receipt>]) -> Result<u32, SyncError> {
    let believed = receipts::believe(binding, batch.incarnation, receipts)?;
    let mut covered_to = batch.first() - 1;
    for (receipt, _) in &believed {
        if receipt.from > covered_to + 1 {
            return Err(SyncError::Nonsense("its receipts leave a hole"));
        }
        covered_to = covered_to.max(receipt.to);
    }
    if covered_to < batch.last().0 {
        return Err(SyncError::Nonsense("its receipts do not cover what was sent"));
    }
    receipts::keep(binding, &believed)
}

/// The next batch without a receipt.
fn next_unsent(tx: &ReadTx<'_>) -> Result<Option<Batch>, StoreError> {
    let unsent = tx.unsent(u32::try_from(MAX_BATCH_CHANGES).unwrap_or(u32::MAX))?;
    let Some(first) = unsent.first() else { return Ok(None) };
    let incarnation = first.incarnation;
    batch(
        tx,
        incarnation,
        unsent
            .into_iter()
            .take_while(|change| change.incarnation == incarnation),
    )
}

/// The batch that begins with change `seq` of a life.
pub(crate) fn from_seq(
    tx: &ReadTx<'_>,
    binding: &Binding<'_>,
    incarnation: IncarnationId,
    seq: u64,
) -> Result<Option<Batch>, StoreError> {
    let mut changes = Vec::new();
    for seq in (seq..).take(MAX_BATCH_CHANGES) {
        match tx.change(&binding.identity.counter, incarnation, seq)? {
            Some(change) => changes.push(change),
            None => break,
        }
    }
    batch(tx, incarnation, changes.into_iter())
}

/// As many of `changes` as fit into a batch, with the keys of their lanes.
fn batch(
    tx: &ReadTx<'_>,
    incarnation: IncarnationId,
    changes: impl Iterator<Item = StoredChange>,
) -> Result<Option<Batch>, StoreError> {
    let (mut taken, mut bytes): (Vec<StoredChange>, usize) = (Vec::new(), 0);
    for change in changes {
        bytes += change.stored.bytes.len();
        if bytes > MAX_BATCH_BYTES && !taken.is_empty() {
            break;
        }
        taken.push(change);
    }
    if taken.is_empty() {
        return Ok(None);
    }
    let lanes: BTreeSet<_> = taken.iter().map(|change| change.lane.clone()).collect();
    let mut lane_keys = Vec::new();
    for lane in lanes {
        if let Some(key) = lane_key::get(tx, &lane)? {
            lane_keys.push(LaneKey {
                lane,
                key: key.to_vec(),
            });
        }
    }
    Ok(Some(Batch {
        incarnation,
        changes: taken,
        lane_keys,
    }))
}
