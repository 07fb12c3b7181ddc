//! Judging: what a lane makes of a recorded change. Each lane by itself, with the shared reducer.
//!
//! A change that a life of a counter made on top of one that was refused or waits in the same lane
//! waits too, until that life has seen the verdict (its `base` is at or above it): then the next
//! change is judged afresh. Other counters go on in that lane.

mod lanes;
mod settling;

use counter_core::{
    change::{Change, ChangeBody, ChangeBytes, ChangeDecodeError, LaneKind},
    lane_fold::LaneFold,
    lane_state::{LaneState, apply},
    merge::{Step, merge},
    refusal::{Refusal, RefusalCode},
};
use hub_api::{
    cbor,
    feed::{Verdict, WaitingFor},
    push::{ChainedChange, LaneWords},
};

use crate::{
    district_log::DistrictLog,
    store::{HubTransaction, LaneRow, Life, StoreError},
};
pub use lanes::Lanes;
use lanes::Standing;
pub(crate) use settling::settled_in;
use settling::settles_what_is_parked;

/// What came of a change, and the state the lane has now where it took it; none where all of it was given up.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The verdict.
    pub verdict: Verdict,
    /// The lane's state after a change it took.
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

/// Judges `change`, recorded in the life of `lanes` and filed under `lane`; `closed` where another life follows. The
/// verdict gets the next entry of `log`. The lane's new state, and whether it is frozen for this life, stay in `lanes`
/// until they are kept.
///
/// # Errors
/// [`StoreError`].
pub async fn judge(
    transaction: &mut impl HubTransaction,
    log: &mut DistrictLog,
    lanes: &mut Lanes,
    closed: bool,
    chained: &ChainedChange,
    lane: &LaneWords,
) -> Result<Verdict, StoreError> {
    let index = log.next_index();
    let life = lanes.life().clone();
    let standing = lanes.standing(transaction, lane).await?;
    let base = chained.header.base;
    let made_knowing = standing
        .frozen
        .is_none_or(|frozen| base.is_some_and(|base| base >= frozen));
    let judged = if closed {
        Judged::waiting(WaitingFor::Claim)
    } else if !made_knowing {
        Judged::waiting(WaitingFor::EarlierChange)
    } else if let Some(change) = &chained.change {
        if asks_history(standing, change) || change.settles.is_some() {
            // The history is read back, and with it what this batch has done.
            log.keep(transaction, &life).await?;
        }
        weigh(transaction, &life, lane, standing, change).await?
    } else {
        match chained.stored.decode() {
            Err(ChangeDecodeError::Newer { .. }) => Judged::waiting(WaitingFor::NewerHub),
            Err(ChangeDecodeError::Malformed(_)) | Ok(_) => Judged::waiting(WaitingFor::Inspection),
        }
    };
    if judged.verdict.is_taken() {
        standing.turned |= standing.frozen.take().is_some();
        standing.state = judged.state;
        standing.last_index = index;
        standing.moved = true;
    } else {
        standing.frozen = Some(index);
        standing.turned = true;
    }
    Ok(judged.verdict)
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
            Ok(change) => {
                let mut lanes = Lanes::read(transaction, life, [lane.clone()]).await?;
                let standing = lanes.standing(transaction, lane).await?;
                weigh(transaction, life, lane, standing, &change).await?
            }
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
    if judged.verdict.is_taken() {
        transaction.put_freeze(life, lane, None).await?;
        if let Some(state) = &judged.state {
            let row = LaneRow {
                state: cbor::encode(state),
                last_index: index,
            };
            transaction.put_lane(&life.district, lane, &row).await?;
        }
    } else {
        transaction.put_freeze(life, lane, Some(told)).await?;
    }
    Ok(judged)
}

/// What `lane` makes of `change`: by its history where others went on meanwhile or an act is taken back, else by its state.
async fn weigh(
    transaction: &mut impl HubTransaction,
    life: &Life,
    lane: &LaneWords,
    standing: &Standing,
    change: &Change,
) -> Result<Judged, StoreError> {
    if !settles_what_is_parked(transaction, life, lane, change).await? {
        return Ok(nothing_to_settle(change));
    }
    if !asks_history(standing, change) {
        return Ok(ask_reducer(standing, change));
    }
    let steps = steps(transaction, life, lane, change.base.unwrap_or(0)).await?;
    Ok(if went_on(standing, change) {
        merge_in(&steps, change)
    } else {
        take_back(&steps, change)
    })
}

/// Whether others changed the lane after what `change` was made on.
fn went_on(standing: &Standing, change: &Change) -> bool {
    let base = change.base.unwrap_or(0);
    standing.newest_foreign.is_some_and(|newest| newest > base)
}

fn asks_history(standing: &Standing, change: &Change) -> bool {
    went_on(standing, change) || matches!(change.body, ChangeBody::Undone(_))
}

fn nothing_to_settle(change: &Change) -> Judged {
    Judged::refused(Refusal::new(RefusalCode::NothingToSettle, change.lane.to_string()))
}

fn ask_reducer(standing: &Standing, change: &Change) -> Judged {
    match apply(standing.state.clone(), change) {
        Ok(state) => Judged {
            verdict: Verdict::Applied,
            state,
        },
        Err(refusal) => Judged::refused(refusal),
    }
}

/// What was before the act that `change` takes back is told by the lane's history alone.
fn take_back(steps: &[Step], change: &Change) -> Judged {
    match LaneFold::replay(steps.iter().map(|step| &step.change).chain([change])) {
        Ok(fold) => Judged {
            verdict: Verdict::Applied,
            state: fold.into_state(),
        },
        Err(refusal) => Judged::refused(refusal),
    }
}

fn merge_in(steps: &[Step], change: &Change) -> Judged {
    match merge(steps, change) {
        Ok(merged) => Judged {
            verdict: if merged.both_orders {
                Verdict::Merged
            } else {
                Verdict::Applied
            },
            state: merged.state,
        },
        Err(refusal) => Judged::refused(refusal),
    }
}

/// The lane's whole history in hub order.
async fn steps(
    transaction: &mut impl HubTransaction,
    life: &Life,
    lane: &LaneWords,
    base: u64,
) -> Result<Vec<Step>, StoreError> {
    let rows = transaction.steps(&life.district, lane).await?;
    rows.into_iter()
        .map(|row| {
            let own = row.counter == life.counter && row.incarnation == life.incarnation;
            let change = ChangeBytes::from_stored(row.bytes)
                .decode()
                .map_err(|error| StoreError::Damaged(format!("entry {}: {error}", row.index)))?;
            Ok(Step {
                foreign: !own && row.index > base,
                change,
            })
        })
        .collect()
}

/// The state kept in a lane's row.
///
/// # Errors
/// [`StoreError::Damaged`].
pub fn read_state(row: &LaneRow) -> Result<LaneState, StoreError> {
    cbor::decode(&row.state).map_err(|error| StoreError::Damaged(format!("the state of a lane: {error}")))
}
