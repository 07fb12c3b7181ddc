//! Judging: what a lane makes of a recorded change. Each lane by itself, with the shared reducer.
//!
//! A change that a life of a counter made on top of one that was refused or waits in the same lane
//! waits too, until that life has seen the verdict (its `base` is at or above it): then the next
//! change is judged afresh. Other counters go on in that lane.

mod merge;

use counter_core::{
    change::{Change, ChangeBytes, ChangeDecodeError, LaneKind},
    lane_state::{LaneState, apply},
    refusal::Refusal,
};
use hub_api::{
    cbor,
    feed::{Verdict, WaitingFor},
    push::{ChangeHeader, LaneWords},
};

use crate::store::{HubTransaction, LaneRow, Life, StoreError};
use merge::{Step, merge};

/// What came of a change, and the state the lane has now if it took it.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The lane's new state.
    pub state: Option<LaneState>,
}

impl Judged {
    fn waiting(reason: WaitingFor) -> Self {
        Self {
            verdict: Verdict::Waiting(reason),
            state: None,
        }
    }

    fn refused(refusal: Refusal) -> Self {
        Self {
            verdict: Verdict::Refused(refusal),
            state: None,
        }
    }
}

/// The lane a change is filed under here. Accounts are a counter's own: two counters may both have a `li`.
pub fn filed_under(life: &Life, lane: &LaneWords) -> LaneWords {
    if lane.kind == LaneKind::Account.as_str() {
        LaneWords {
            kind: lane.kind.clone(),
            id: format!("{}/{}", life.counter, lane.id),
        }
    } else {
        lane.clone()
    }
}

/// Whether the changes of such a lane concern no other counter.
pub fn is_private(lane: &LaneWords) -> bool {
    lane.kind == LaneKind::Account.as_str() || lane.kind == LaneKind::Counter.as_str()
}

/// Judges `change`, recorded in `life`; `closed` where another life follows. `index` is the entry the verdict will get.
/// Keeps the lane's new state and whether it is frozen for this life.
///
/// # Errors
/// [`StoreError`].
pub async fn judge(
    transaction: &mut impl HubTransaction,
    life: &Life,
    closed: bool,
    header: &ChangeHeader,
    change: &ChangeBytes,
    index: u64,
) -> Result<Judged, StoreError> {
    let lane = filed_under(life, &header.lane);
    let frozen = transaction.freeze(life, &lane).await?;
    let made_knowing = frozen.is_none_or(|frozen| header.base.is_some_and(|base| base >= frozen));
    let judged = if closed {
        Judged::waiting(WaitingFor::Claim)
    } else if made_knowing {
        match change.decode() {
            Ok(change) => ask_reducer(transaction, life, &lane, &change).await?,
            Err(ChangeDecodeError::Newer { .. }) => Judged::waiting(WaitingFor::NewerHub),
            Err(ChangeDecodeError::Malformed(_)) => Judged::waiting(WaitingFor::Inspection),
        }
    } else {
        Judged::waiting(WaitingFor::EarlierChange)
    };
    match &judged.state {
        Some(state) => {
            if frozen.is_some() {
                transaction.put_freeze(life, &lane, None).await?;
            }
            let row = LaneRow {
                state: cbor::encode(state),
                last_index: index,
            };
            transaction.put_lane(&life.district, &lane, &row).await?;
        }
        None => transaction.put_freeze(life, &lane, Some(index)).await?,
    }
    Ok(judged)
}

/// Judges again, at the end of the lane, what was told as `verdict` under index `told` before this database was
/// restored. What was refused or waited still does; what was taken is taken again, if the lane still takes it.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn judge_again_as_told(
    transaction: &mut impl HubTransaction,
    life: &Life,
    lane: &LaneWords,
    change: &ChangeBytes,
    verdict: &Verdict,
    told: u64,
    index: u64,
) -> Result<Judged, StoreError> {
    let judged = if verdict.is_taken() {
        match change.decode() {
            Ok(change) => ask_reducer(transaction, life, lane, &change).await?,
            Err(_) => Judged::waiting(WaitingFor::NewerHub),
        }
    } else {
        Judged {
            verdict: verdict.clone(),
            state: None,
        }
    };
    // Merged is told only where both orders were possible when it came; what holds without others holds as it was told.
    let judged = match judged {
        Judged {
            verdict: Verdict::Applied | Verdict::Merged,
            state,
        } => Judged {
            verdict: verdict.clone(),
            state,
        },
        other => other,
    };
    match &judged.state {
        Some(state) => {
            transaction.put_freeze(life, lane, None).await?;
            let row = LaneRow {
                state: cbor::encode(state),
                last_index: index,
            };
            transaction.put_lane(&life.district, lane, &row).await?;
        }
        None => transaction.put_freeze(life, lane, Some(told)).await?,
    }
    Ok(judged)
}

async fn ask_reducer(
    transaction: &mut impl HubTransaction,
    life: &Life,
    lane: &LaneWords,
    change: &Change,
) -> Result<Judged, StoreError> {
    let base = change.base.unwrap_or(0);
    if transaction.has_foreign_steps(life, lane, base).await? {
        let mut steps = Vec::new();
        for row in transaction.steps(&life.district, lane).await? {
            let own = row.counter == life.counter && row.incarnation == life.incarnation;
            let change = ChangeBytes::from_stored(row.bytes)
                .decode()
                .map_err(|error| StoreError::Damaged(format!("entry {}: {error}", row.index)))?;
            steps.push(Step {
                foreign: !own && row.index > base,
                change,
            });
        }
        return Ok(merge(&steps, change));
    }
    let before = transaction
        .lane(&life.district, lane)
        .await?
        .map(|row| read_state(&row))
        .transpose()?;
    Ok(match apply(before, change) {
        Ok(state) => Judged {
            verdict: Verdict::Applied,
            state: Some(state),
        },
        Err(refusal) => Judged::refused(refusal),
    })
}

/// The state kept in a lane's row.
///
/// # Errors
/// [`StoreError::Damaged`].
pub fn read_state(row: &LaneRow) -> Result<LaneState, StoreError> {
    cbor::decode(&row.state).map_err(|error| StoreError::Damaged(format!("the state of a lane: {error}")))
}
