//! Recording a batch: every change that is next in its chain, in one transaction, with one signed receipt.
//!
//! Recording fails only for number, chain, signature, key or size. Whether a lane takes a change is
//! judged afterwards in the same transaction and never undoes the recording.

mod life_begins;

use std::collections::{BTreeSet, HashSet};

use counter_core::change::CounterCode;
use hub_api::{
    blob::{BlobHash, BlobRef, cited_blobs},
    feed::{FeedEvent, Verdict},
    key::PublicKey,
    push::{BatchContext, BatchError, ChainedChange, LaneWords, PushAnswer, PushBatch},
    receipt::Receipt,
    refused::RefusedCode,
    signed::Signed,
};

use crate::{
    district_log::DistrictLog,
    hub::Hub,
    hub_change::{countersign, to_countersign},
    judge::{Lanes, filed_under, judge},
    store::{
        AboutChange, ChangeStore, HubStore, HubTransaction, LaneStore, Life, LifeRow, LifeStore, LogStore, ReceiptRow,
        ReceiptStore, RecordedChange, StoreError,
    },
};
pub use life_begins::LifeError;

/// The key a batch came with.
#[derive(Clone, Debug)]
pub struct Sender {
    /// The key.
    pub key: PublicKey,
    /// For whom it speaks, and the life that sends.
    pub life: Life,
}

/// A batch of which nothing was recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The batch does not hold in itself.
    #[error(transparent)]
    Batch(#[from] BatchError),
    /// The first change does not begin a life as it must.
    #[error(transparent)]
    Life(#[from] LifeError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RecordError {
    /// The word a counter gets for it.
    pub fn code(&self) -> RefusedCode {
        match self {
            Self::Store(error) | Self::Life(LifeError::Store(error)) => error.refused_code(),
            Self::Life(LifeError::OtherDistrict { .. }) => RefusedCode::WrongCounter,
            Self::Life(LifeError::NotOpened | LifeError::OtherParent) => RefusedCode::BrokenChain,
            Self::Batch(error) => match error {
                BatchError::Empty | BatchError::Unreadable { .. } => RefusedCode::Malformed,
                BatchError::TooLarge => RefusedCode::TooLarge,
                BatchError::OtherCounter { .. } => RefusedCode::WrongCounter,
                BatchError::NotConsecutive { .. } | BatchError::BrokenChain { .. } | BatchError::OtherHead => {
                    RefusedCode::BrokenChain
                }
                BatchError::Head(_) => RefusedCode::BadSignature,
            },
        }
    }
}

/// Records `batch` and judges what is new in it.
///
/// # Errors
/// [`RecordError`]; nothing is recorded then.
pub async fn record<S: HubStore>(hub: &Hub<S>, sender: &Sender, batch: &PushBatch) -> Result<PushAnswer, RecordError> {
    let life = &sender.life;
    let context = BatchContext {
        key: &sender.key,
        site: &life.district,
        counter: &life.counter,
        incarnation: life.incarnation,
    };
    let changes = batch.check(context)?;
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return Err(BatchError::Empty.into());
    };
    let (from, to) = (first.header.seq, last.header.seq);

    let mut transaction = hub.store.begin().await?;
    let mut log = DistrictLog::lock(&mut transaction, &life.district).await?;
    let known = transaction.life(life).await?;
    let head_seq = known.map_or(0, |known| known.head_seq);
    if from > head_seq + 1 {
        return Ok(PushAnswer::Expected { seq: head_seq + 1 });
    }
    if let Some(seq) = first_difference(&mut transaction, life, &changes, known).await? {
        return Ok(PushAnswer::Fork { seq });
    }
    let before_its_turn = known_before_its_turn(&mut transaction, life, head_seq, &changes).await?;
    if let Some(seq) = before_its_turn.other {
        return Ok(PushAnswer::Fork { seq });
    }

    let new: Vec<&ChainedChange> = changes.iter().filter(|change| change.header.seq > head_seq).collect();
    let mut receipts = Vec::new();
    if !new.is_empty() {
        let now = hub.world.now();
        if head_seq == 0 {
            life_begins::check(&mut transaction, life, new[0], now).await?;
        }
        let closed = known.is_some_and(|known| known.closed_at.is_some());
        let receipt = append(
            hub,
            &mut transaction,
            &mut log,
            sender,
            closed,
            &new,
            &before_its_turn.known,
            batch,
            now,
        )
        .await?;
        receipts.push(receipt);
    }
    if from <= head_seq {
        let stored = transaction.receipts(life, from, to).await?;
        receipts = stored.into_iter().map(Signed::from_bytes).collect();
    }
    if !new.is_empty() {
        transaction.commit().await?;
        hub.appended(&log);
        tracing::info!(district = life.district, counter = %life.counter, from = head_seq + 1, to, "recorded");
    }
    Ok(PushAnswer::Recorded { receipts })
}

/// The first number under which another change is recorded than the batch holds.
async fn first_difference(
    transaction: &mut impl HubTransaction,
    life: &Life,
    changes: &[ChainedChange],
    known: Option<LifeRow>,
) -> Result<Option<u64>, StoreError> {
    let (Some(known), Some(first), Some(last)) = (known, changes.first(), changes.last()) else {
        return Ok(None);
    };
    let from = first.header.seq;
    if from <= known.head_seq {
        let recorded = transaction
            .change_hashes(life, from, last.header.seq.min(known.head_seq))
            .await?;
        let differs = recorded
            .iter()
            .zip(changes)
            .find(|(recorded, change)| **recorded != change.stored.hash);
        if let Some((_, change)) = differs {
            return Ok(Some(change.header.seq));
        }
    }
    // Right behind the head the chain itself must go on; a change that names another head grew on another chain.
    let grew_elsewhere = from > 1 && from == known.head_seq + 1 && first.header.prev_hash != known.head_hash;
    Ok(grew_elsewhere.then_some(from - 1))
}

/// Changes of a batch above the recorded head that others handed back to a restored hub.
#[derive(Debug, Default)]
struct BeforeItsTurn {
    /// The numbers that are here.
    known: BTreeSet<u64>,
    /// The first number under which another change is here.
    other: Option<u64>,
}

async fn known_before_its_turn(
    transaction: &mut impl HubTransaction,
    life: &Life,
    head_seq: u64,
    changes: &[ChainedChange],
) -> Result<BeforeItsTurn, StoreError> {
    let mut found = BeforeItsTurn::default();
    if transaction.last_stored(life).await? <= head_seq {
        return Ok(found);
    }
    for ChainedChange { stored, header, .. } in changes.iter().filter(|change| change.header.seq > head_seq) {
        match transaction.change_bytes(life, header.seq).await? {
            Some(bytes) if bytes == stored.bytes => {
                found.known.insert(header.seq);
            }
            Some(_) => {
                found.other = Some(header.seq);
                return Ok(found);
            }
            None => {}
        }
    }
    Ok(found)
}

#[allow(clippy::too_many_arguments)] // one transaction's worth of context, used once
async fn append<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    sender: &Sender,
    closed: bool,
    new: &[&ChainedChange],
    known: &BTreeSet<u64>,
    batch: &PushBatch,
    now: i64,
) -> Result<Signed<Receipt>, StoreError> {
    let life = &sender.life;
    let (first, last) = (new[0], new[new.len() - 1]);
    // Read before anything is written: a store may still be at work at what it was given, and is asked for nothing
    // until all is judged.
    let missing_blobs = missing_blobs(transaction, life, new).await?;
    let touched = new.iter().map(|change| filed_under(life, &change.header.lane));
    let mut lanes = Lanes::read(transaction, life, touched).await?;
    let recorded: Vec<RecordedChange<'_>> = new
        .iter()
        .filter(|change| !known.contains(&change.header.seq))
        .map(|change| RecordedChange {
            seq: change.header.seq,
            hash: change.stored.hash,
            bytes: &change.stored.bytes,
        })
        .collect();
    transaction.insert_changes(life, &recorded).await?;
    transaction
        .put_life_head(life, last.header.seq, last.stored.hash)
        .await?;
    let lane_keys: Vec<(LaneWords, &[u8])> = batch
        .lane_keys
        .iter()
        .map(|lane_key| {
            let lane = LaneWords {
                kind: lane_key.lane.kind.as_str().to_owned(),
                id: lane_key.lane.id.clone(),
            };
            (filed_under(life, &lane), lane_key.key.as_slice())
        })
        .collect();
    transaction.put_lane_keys(&life.district, &lane_keys).await?;

    let recorded = FeedEvent::Recorded {
        counter: life.counter.clone(),
        incarnation: life.incarnation,
        from: first.header.seq,
        to: last.header.seq,
        hash: last.stored.hash,
    };
    let about = AboutChange {
        counter: &life.counter,
        incarnation: life.incarnation,
        seq: last.header.seq,
        lane: None,
        taken: false,
    };
    let end = log.append(transaction, now, &recorded, Some(about)).await?;
    let receipt = Receipt {
        hub_incarnation: log.life(),
        site: life.district.clone(),
        counter: CounterCode(life.counter.0.clone()),
        incarnation: life.incarnation,
        from: first.header.seq,
        to: last.header.seq,
        hash: last.stored.hash,
        index: end.index,
        head: end.head,
        at: now,
        missing_blobs,
    };
    let receipt = Signed::seal(&receipt, hub.key());
    let row = ReceiptRow {
        from: first.header.seq,
        to: last.header.seq,
        bytes: receipt.as_bytes(),
        head_claim: batch.head.as_bytes(),
    };
    transaction.insert_receipt(life, row).await?;
    for change in new {
        if known.contains(&change.header.seq) && transaction.is_judged(life, change.header.seq).await? {
            // It was judged before this database was restored, and told so.
            continue;
        }
        judge_and_log(hub, transaction, log, &mut lanes, sender, closed, change, now).await?;
    }
    log.keep(transaction, life).await?;
    lanes.keep(transaction).await?;
    Ok(receipt)
}

/// Judges one change, enters the verdict in the log and vouches for a certificate that was taken. What is judged stays
/// in `log` and `lanes` until both are kept.
#[allow(clippy::too_many_arguments)] // as above
pub(crate) async fn judge_and_log<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    lanes: &mut Lanes,
    sender: &Sender,
    closed: bool,
    change: &ChainedChange,
    now: i64,
) -> Result<Verdict, StoreError> {
    let life = &sender.life;
    let ChainedChange { stored, header, .. } = change;
    let filed = filed_under(life, &header.lane);
    let verdict = judge(transaction, log, lanes, closed, change, &filed).await?;
    let taken = verdict.is_taken();
    let event = FeedEvent::Judged {
        counter: life.counter.clone(),
        incarnation: life.incarnation,
        seq: header.seq,
        hash: stored.hash,
        lane: header.lane.clone(),
        verdict: verdict.clone(),
    };
    let certificate = taken.then(|| to_countersign(lanes.state(&filed))).flatten().cloned();
    log.gather(now, &event, header.seq, filed, taken);
    let Some(certificate) = certificate else {
        return Ok(verdict);
    };
    // The hub's own change goes through the store, where it must find what was judged before it.
    log.keep(transaction, life).await?;
    lanes.keep(transaction).await?;
    countersign(hub, transaction, log, sender, &certificate, now).await?;
    Ok(verdict)
}

async fn missing_blobs(
    transaction: &mut impl HubTransaction,
    life: &Life,
    changes: &[&ChainedChange],
) -> Result<Vec<BlobHash>, StoreError> {
    let mut known = HashSet::new();
    let cited: Vec<BlobRef> = changes
        .iter()
        .flat_map(|change| cited_blobs(&change.stored.bytes).unwrap_or_default())
        .filter(|blob| known.insert(*blob))
        .collect();
    if cited.is_empty() {
        return Ok(Vec::new());
    }
    let whole = transaction.whole_blobs(&life.district, &cited).await?;
    let mut missing: Vec<BlobHash> = Vec::new();
    for (blob, _) in cited.iter().zip(whole).filter(|(_, whole)| !whole) {
        if !missing.contains(&blob.sha256) {
            missing.push(blob.sha256);
        }
    }
    Ok(missing)
}
