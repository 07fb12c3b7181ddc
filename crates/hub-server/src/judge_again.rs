//! Judging what waited, once what it waited for has come: a person claims it, or the hub was updated.
//!
//! A life's waiting changes of one lane are judged in their order, from the first on, until one is not taken.
//! Each new verdict is an entry like every other; the change keeps its number and its hash.

use std::collections::BTreeMap;

use counter_core::change::{ChangeBytes, CounterCode, IncarnationId};
use hub_api::{
    cbor,
    feed::{FeedEvent, Verdict, WaitingFor},
    push::{ChainedChange, LaneWords},
};

use crate::{
    district_log::DistrictLog,
    hub::Hub,
    judge::{Lanes, filed_under, settled_in},
    recording::{Sender, judge_and_log},
    store::{ChangeStore, EnrolmentStore, HubStore, HubTransaction, LaneStore, Life, StoreError},
};

/// How many entries are read at once.
const ENTRIES_AT_ONCE: usize = 1000;

/// What has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Come {
    /// 认领: somebody stands by what this closed life of the counter still sent.
    Claim {
        /// The counter.
        counter: CounterCode,
        /// The life.
        incarnation: IncarnationId,
    },
    /// The hub was updated and may read what it could not.
    NewerHub,
}

/// What came of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JudgedAgain {
    /// Changes that lanes took.
    pub taken: u32,
    /// Changes that were refused.
    pub refused: u32,
}

/// Judges what waited for `come` in `district`.
///
/// # Errors
/// [`StoreError`]; nothing was judged then.
pub async fn judge_again<S: HubStore>(hub: &Hub<S>, district: &str, come: &Come) -> Result<JudgedAgain, StoreError> {
    let mut transaction = hub.store.begin().await?;
    let mut log = DistrictLog::lock(&mut transaction, district).await?;
    let keys = transaction.counter_keys().await?;
    let mut outcome = JudgedAgain::default();
    for ((counter, incarnation, lane), mut parked) in parked(&mut transaction, district).await? {
        let life = Life {
            district: district.to_owned(),
            counter,
            incarnation,
        };
        let words = LaneWords {
            kind: lane.0,
            id: lane.1,
        };
        leave_out_settled(&mut transaction, &life, &words, &mut parked).await?;
        let Some(key) = keys
            .iter()
            .rfind(|row| row.district == life.district && row.counter == life.counter)
        else {
            continue;
        };
        if has_come(&mut transaction, &life, &parked, come).await? {
            let sender = Sender { key: key.key, life };
            let judged = in_order(hub, &mut transaction, &mut log, &sender, &words, &parked).await?;
            outcome.taken += judged.taken;
            outcome.refused += judged.refused;
        }
    }
    transaction.commit().await?;
    hub.appended(&log);
    tracing::info!(
        district,
        ?come,
        taken = outcome.taken,
        refused = outcome.refused,
        "judged again"
    );
    Ok(outcome)
}

/// What waits, by life and lane, each with what it waits for, in the order of its numbers.
type Parked = BTreeMap<(CounterCode, IncarnationId, (String, String)), BTreeMap<u64, WaitingFor>>;

async fn parked(transaction: &mut impl HubTransaction, district: &str) -> Result<Parked, StoreError> {
    let (mut parked, mut after) = (Parked::new(), 0);
    loop {
        let rows = transaction.log_after(district, after, ENTRIES_AT_ONCE).await?;
        let Some(last) = rows.last() else { return Ok(parked) };
        after = last.index;
        for row in &rows {
            let event: FeedEvent = cbor::decode(&row.event)
                .map_err(|error| StoreError::Damaged(format!("entry {}: {error}", row.index)))?;
            let FeedEvent::Judged {
                counter,
                incarnation,
                seq,
                lane,
                verdict,
                ..
            } = event
            else {
                continue;
            };
            let waiting = parked.entry((counter, incarnation, (lane.kind, lane.id))).or_default();
            match verdict {
                Verdict::Waiting(reason) => waiting.insert(seq, reason),
                Verdict::Applied | Verdict::Merged | Verdict::Refused(_) => waiting.remove(&seq),
            };
        }
    }
}

/// What its counter said again or gave up waits no more.
async fn leave_out_settled(
    transaction: &mut impl HubTransaction,
    life: &Life,
    lane: &LaneWords,
    parked: &mut BTreeMap<u64, WaitingFor>,
) -> Result<(), StoreError> {
    if parked.is_empty() {
        return Ok(());
    }
    let settled = settled_in(transaction, &life.district, &filed_under(life, lane)).await?;
    let waiting: Vec<u64> = parked.keys().copied().collect();
    for seq in waiting {
        let bytes = transaction.change_bytes(life, seq).await?;
        if bytes.is_some_and(|bytes| settled.contains(&ChangeBytes::from_stored(bytes).hash)) {
            parked.remove(&seq);
        }
    }
    Ok(())
}

/// Whether the first that waits in a lane waited for this.
async fn has_come(
    transaction: &mut impl HubTransaction,
    life: &Life,
    parked: &BTreeMap<u64, WaitingFor>,
    come: &Come,
) -> Result<bool, StoreError> {
    let Some((seq, reason)) = parked.first_key_value() else {
        return Ok(false);
    };
    Ok(match (come, reason) {
        (Come::Claim { counter, incarnation }, WaitingFor::Claim) => {
            *counter == life.counter && *incarnation == life.incarnation
        }
        (Come::NewerHub, WaitingFor::NewerHub | WaitingFor::Inspection) => {
            let bytes = transaction.change_bytes(life, *seq).await?;
            bytes.is_some_and(|bytes| ChangeBytes::from_stored(bytes).decode().is_ok())
        }
        (Come::Claim { .. } | Come::NewerHub, _) => false,
    })
}

async fn in_order<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    sender: &Sender,
    lane: &LaneWords,
    parked: &BTreeMap<u64, WaitingFor>,
) -> Result<JudgedAgain, StoreError> {
    let filed = filed_under(&sender.life, lane);
    transaction.put_freeze(&sender.life, &filed, None).await?;
    let mut lanes = Lanes::read(transaction, &sender.life, [filed]).await?;
    let mut outcome = JudgedAgain::default();
    for seq in parked.keys() {
        let damaged = || StoreError::Damaged(format!("change {seq} of {}", sender.life.counter));
        let bytes = transaction
            .change_bytes(&sender.life, *seq)
            .await?
            .ok_or_else(damaged)?;
        let change = ChainedChange::read(ChangeBytes::from_stored(bytes)).map_err(|_| damaged())?;
        let now = hub.world.now();
        match judge_and_log(hub, transaction, log, &mut lanes, sender, false, &change, now).await? {
            Verdict::Applied | Verdict::Merged => outcome.taken += 1,
            Verdict::Refused(_) => {
                outcome.refused += 1;
                break;
            }
            Verdict::Waiting(_) => break,
        }
    }
    log.keep(transaction, &sender.life).await?;
    lanes.keep(transaction).await?;
    Ok(outcome)
}
