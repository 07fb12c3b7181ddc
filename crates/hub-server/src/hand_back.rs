//! Healing a restored hub: what it had signed and lost comes back from the counters.
//!
//! The hub believes nothing but its own signature. A page or receipt of its present life that reaches beyond its log
//! proves that it was restored; then it begins a new life, whose log goes on far above all that was ever told, so
//! that an index names one entry for ever. Entries handed back are entered again in the order they were told in,
//! through the same reducer. What new work has made impossible meanwhile is refused aloud, never dropped.

use std::collections::HashMap;

use counter_core::change::{ChangeBytes, ChangeHash, CounterCode};
use hub_api::{
    feed::{FeedEntry, FeedEvent, FeedPage},
    hand_back::{HandBack, HandBackAnswer, LifeHead},
    key::HubIncarnation,
    signed::{OpenError, Signed},
};

use crate::{
    clock::NoEntropy,
    district_log::DistrictLog,
    hub::Hub,
    judge,
    recording::Sender,
    store::{
        AboutChange, ChangeStore, HubLifeStore, HubStore, HubTransaction, Life, LifeStore, LogStore, RecordedChange,
        StoreError, ToldBefore,
    },
};

/// Nothing was taken back.
#[derive(Debug, thiserror::Error)]
pub enum HandBackError {
    /// A page or receipt that this hub did not sign.
    #[error("what was handed back was not signed here: {0}")]
    NotOurs(#[from] OpenError),
    /// A page or receipt that was given to another counter.
    #[error("what was handed back was given to another counter")]
    OtherCounter,
    /// A page of the life the hub is in: nothing of it is lost.
    #[error("nothing of this page is lost")]
    NotLost,
    /// The random source.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a new life of the hub's database, as after a restore from a backup; every counter then hands back what it
/// was told after that backup.
///
/// # Errors
/// [`HandBackError::Store`] or [`HandBackError::Entropy`].
pub async fn begin_new_life<S: HubStore>(hub: &Hub<S>) -> Result<HubIncarnation, HandBackError> {
    let mut transaction = hub.store.begin().await?;
    let fresh = new_life(hub, &mut transaction).await?;
    transaction.commit().await?;
    hub.announce();
    Ok(fresh)
}

async fn new_life<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
) -> Result<HubIncarnation, HandBackError> {
    let fresh = HubIncarnation(hub.world.random()?);
    transaction.begin_life(fresh, hub.world.now()).await?;
    tracing::warn!(life = %fresh, "the database was restored from a backup; counters hand back what is missing");
    Ok(fresh)
}

/// Takes back what `sender` hands back, as far as it can, and tells the hub's lives.
///
/// # Errors
/// [`HandBackError`].
pub async fn hand_back<S: HubStore>(
    hub: &Hub<S>,
    sender: &Sender,
    message: &HandBack,
) -> Result<Signed<HandBackAnswer>, HandBackError> {
    let district = &sender.life.district;
    let mut transaction = hub.store.begin().await?;
    let mut log = DistrictLog::lock(&mut transaction, district).await?;
    if let Some((life, index)) = proof(hub, sender, message)?
        && life == log.life()
        && index > log.end().index
    {
        new_life(hub, &mut transaction).await?;
        log = DistrictLog::lock(&mut transaction, district).await?;
    }
    let mut taken_to = 0;
    if let Some(signed) = &message.page {
        let page = signed.open(&hub.public_key())?;
        if page.site != *district || page.counter != sender.life.counter {
            return Err(HandBackError::OtherCounter);
        }
        if page.next.hub_incarnation == log.life() {
            return Err(HandBackError::NotLost);
        }
        taken_to = take_back_page(hub, &mut transaction, &mut log, &page, message).await?;
    }
    let answer = HandBackAnswer {
        site: district.clone(),
        counter: sender.life.counter.clone(),
        hub_incarnation: log.life(),
        ended: transaction.ended_lives(district).await?,
        heads: heads(&mut transaction, district, &sender.life.counter).await?,
        taken_to,
    };
    transaction.commit().await?;
    hub.appended(&log);
    Ok(Signed::seal(&answer, hub.key()))
}

/// How far the hub's log had come by its own word.
fn proof<S: HubStore>(
    hub: &Hub<S>,
    sender: &Sender,
    message: &HandBack,
) -> Result<Option<(HubIncarnation, u64)>, HandBackError> {
    let key = hub.public_key();
    let mut found = Vec::new();
    if let Some(page) = &message.page_proof {
        let page = page.open(&key)?;
        if page.site != sender.life.district || page.counter != sender.life.counter {
            return Err(HandBackError::OtherCounter);
        }
        found.push((page.next.hub_incarnation, page.next.index));
    }
    if let Some(receipt) = &message.receipt_proof {
        let receipt = receipt.open(&key)?;
        if receipt.site != sender.life.district || receipt.counter != sender.life.counter {
            return Err(HandBackError::OtherCounter);
        }
        found.push((receipt.hub_incarnation, receipt.index));
    }
    Ok(found.into_iter().max_by_key(|(_, index)| *index))
}

async fn heads(
    transaction: &mut impl HubTransaction,
    district: &str,
    counter: &CounterCode,
) -> Result<Vec<LifeHead>, StoreError> {
    let lives = transaction.lives_of(district, counter).await?;
    Ok(lives
        .into_iter()
        .map(|(incarnation, row)| LifeHead {
            incarnation,
            seq: row.head_seq,
        })
        .collect())
}

/// Enters what the page told and the log lacks. Returns the last entry that is known now.
async fn take_back_page<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    page: &FeedPage,
    message: &HandBack,
) -> Result<u64, StoreError> {
    let told_in = page.next.hub_incarnation;
    let ended = transaction.ended_lives(&page.site).await?;
    let ended_at = ended
        .iter()
        .find(|life| life.hub_incarnation == told_in)
        .map_or(0, |life| life.ended_at);
    let own: HashMap<ChangeHash, ChangeBytes> = message
        .changes
        .iter()
        .map(|bytes| ChangeBytes::from_stored(bytes.to_vec()))
        .map(|stored| (stored.hash, stored))
        .collect();
    let mut taken_to = page.after.index;
    for entry in &page.entries {
        let told = ToldBefore {
            hub_incarnation: told_in,
            index: entry.index,
        };
        let lost = entry.index > ended_at && !transaction.is_told(&page.site, told).await?;
        if lost && !take_back(hub, transaction, log, &page.counter, entry, told, &own).await? {
            return Ok(taken_to);
        }
        taken_to = entry.index;
    }
    Ok(page.next.index)
}

/// Enters one entry again that `reader` was told; false where the bytes of its change are missing.
async fn take_back<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    reader: &CounterCode,
    entry: &FeedEntry,
    told: ToldBefore,
    own: &HashMap<ChangeHash, ChangeBytes>,
) -> Result<bool, StoreError> {
    let FeedEvent::Judged {
        counter,
        incarnation,
        seq,
        hash,
        lane,
        verdict,
    } = &entry.event
    else {
        // A range is recorded again when its changes come again, with a receipt of its own.
        return Ok(true);
    };
    let life = Life {
        district: log.district().to_owned(),
        counter: counter.clone(),
        incarnation: *incarnation,
    };
    if transaction.is_judged(&life, *seq).await? {
        return Ok(true);
    }
    let stored = match transaction.change_bytes(&life, *seq).await? {
        Some(bytes) => ChangeBytes::from_stored(bytes),
        None => {
            let beside = entry
                .change
                .as_ref()
                .map(|bytes| ChangeBytes::from_stored(bytes.to_vec()));
            let Some(stored) = beside.or_else(|| own.get(hash).cloned()) else {
                // What was not taken is told to others without the change: its maker hands it back, or sends it again.
                return Ok(!verdict.is_taken() && counter != reader);
            };
            let change = RecordedChange {
                seq: *seq,
                hash: stored.hash,
                bytes: &stored.bytes,
            };
            transaction.insert_change(&life, change).await?;
            stored
        }
    };
    if stored.hash != *hash {
        tracing::error!(%counter, %incarnation, seq, "another change is recorded under the number of one that was told");
        return Ok(true);
    }
    if counter.0 == CounterCode::HUB {
        transaction.put_life_head(&life, *seq, *hash).await?;
    }
    let filed = judge::filed_under(&life, lane);
    let now = hub.world.now();
    let judged = judge::judge_again_as_told(
        transaction,
        &life,
        &filed,
        &stored,
        verdict,
        told.index,
        log.next_index(),
    )
    .await?;
    if judged.verdict != *verdict {
        tracing::warn!(%counter, %incarnation, seq, "what was told before the restore no longer holds");
    }
    let about = AboutChange {
        counter: &life.counter,
        incarnation: life.incarnation,
        seq: *seq,
        lane: Some(&filed),
        taken: judged.verdict.is_taken(),
    };
    let event = FeedEvent::Judged {
        counter: counter.clone(),
        incarnation: *incarnation,
        seq: *seq,
        hash: *hash,
        lane: lane.clone(),
        verdict: judged.verdict,
    };
    log.append_told(transaction, now, &event, Some(about), Some(told))
        .await?;
    Ok(true)
}
