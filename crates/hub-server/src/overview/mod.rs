//! The lists behind the hub's pages: the queue of cases, disputed records, parked changes, and what the reports count.
//!
//! They follow the district's log and are made by nothing else, so that recording pays nothing for them and making
//! them again from the beginning is the same code. Whoever reads a list calls [`follow`] first.

mod case;
mod fact;
mod objection;
mod parked;

use counter_core::{
    change::{Change, ChangeBytes, LaneKind},
    lane_state::LaneState,
    pack::RuleBook,
};
use hub_api::{
    cbor,
    feed::{FeedEvent, Verdict},
    push::LaneWords,
};

use crate::{
    hub::Hub,
    judge::{filed_under, read_state},
    store::{HubStore, HubTransaction, Life, LogRow, LogStore, OverviewStore, StoreError},
};

/// How many entries are read in one transaction, so that a long way is walked without holding others up.
const ENTRIES_AT_ONCE: usize = 500;

/// A verdict of the log with the change it is about.
struct Judged<'a> {
    index: u64,
    at: i64,
    life: &'a Life,
    seq: u64,
    /// The lane as it is filed here.
    lane: &'a LaneWords,
    verdict: &'a Verdict,
    /// The change; absent where its bytes cannot be read.
    change: Option<Change>,
}

impl Judged<'_> {
    /// What the lane of `kind` has become; none where the change is of another kind, or the lane took nothing yet.
    async fn lane_of(
        &self,
        transaction: &mut impl HubTransaction,
        kind: LaneKind,
    ) -> Result<Option<LaneState>, StoreError> {
        if self.lane.kind != kind.as_str() {
            return Ok(None);
        }
        let row = transaction.lane(&self.life.district, self.lane).await?;
        row.as_ref().map(read_state).transpose()
    }
}

/// Brings the lists of `district` up to the end of its log.
///
/// # Errors
/// [`StoreError`].
pub async fn follow<S: HubStore>(hub: &Hub<S>, rules: &RuleBook, district: &str) -> Result<(), StoreError> {
    let mut transaction = hub.store.begin_read().await?;
    let end = transaction.log_head(district).await?.index;
    let mut done = transaction.overview_head(district).await?;
    drop(transaction);
    while done < end {
        let mut transaction = hub.store.begin().await?;
        done = step(&mut transaction, rules, district, ENTRIES_AT_ONCE).await?;
        transaction.commit().await?;
    }
    Ok(())
}

/// Makes the lists of `district` again from the beginning of its log. Closed months stay closed.
///
/// # Errors
/// [`StoreError`].
pub async fn rebuild<S: HubStore>(hub: &Hub<S>, rules: &RuleBook, district: &str) -> Result<(), StoreError> {
    let mut transaction = hub.store.begin().await?;
    transaction.lock_overview(district).await?;
    transaction.forget_overview(district).await?;
    transaction.put_overview_head(district, 0).await?;
    transaction.commit().await?;
    follow(hub, rules, district).await
}

/// Follows the log to its end inside of a transaction that needs the lists as they are then.
pub(crate) async fn follow_within(
    transaction: &mut impl HubTransaction,
    rules: &RuleBook,
    district: &str,
) -> Result<u64, StoreError> {
    loop {
        let before = transaction.overview_head(district).await?;
        let after = step(transaction, rules, district, ENTRIES_AT_ONCE).await?;
        if after == before {
            return Ok(after);
        }
    }
}

/// Follows up to `limit` entries; gives the last one followed.
async fn step(
    transaction: &mut impl HubTransaction,
    rules: &RuleBook,
    district: &str,
    limit: usize,
) -> Result<u64, StoreError> {
    // Two processes may both want to follow: the one that comes second begins where the first ended.
    let mut done = transaction.lock_overview(district).await?;
    for entry in transaction.log_after(district, done, limit).await? {
        done = entry.index;
        follow_entry(transaction, rules, district, &entry).await?;
    }
    transaction.put_overview_head(district, done).await?;
    Ok(done)
}

async fn follow_entry(
    transaction: &mut impl HubTransaction,
    rules: &RuleBook,
    district: &str,
    entry: &LogRow,
) -> Result<(), StoreError> {
    let event: FeedEvent =
        cbor::decode(&entry.event).map_err(|error| StoreError::Damaged(format!("entry {}: {error}", entry.index)))?;
    let FeedEvent::Judged {
        counter,
        incarnation,
        seq,
        lane,
        verdict,
        ..
    } = event
    else {
        return Ok(());
    };
    let life = Life {
        district: district.to_owned(),
        counter,
        incarnation,
    };
    let bytes = transaction.change_bytes(&life, seq).await?;
    let judged = Judged {
        index: entry.index,
        at: entry.at,
        life: &life,
        seq,
        lane: &filed_under(&life, &lane),
        verdict: &verdict,
        change: bytes.and_then(|bytes| ChangeBytes::from_stored(bytes).decode().ok()),
    };
    if !verdict.is_taken() {
        return parked::park(transaction, &judged).await;
    }
    parked::settle(transaction, &judged).await?;
    case::keep(transaction, rules, &judged).await?;
    objection::keep(transaction, &judged).await?;
    fact::keep(transaction, &judged).await
}
