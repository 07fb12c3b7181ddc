//! Whether a change that says it settles another may: the other is recorded for the same counter and lane, no lane
//! took it, and nothing has settled it before.

use std::collections::HashSet;

use counter_core::change::{Change, ChangeBytes, ChangeHash};
use hub_api::push::{LaneWords, read_header};

use super::filed_under;
use crate::store::{HubTransaction, Life, StoreError};

/// Whether `change`, made in `life`, settles nothing, or something that is parked in `lane`.
pub(super) async fn settles_what_is_parked(
    transaction: &mut impl HubTransaction,
    life: &Life,
    lane: &LaneWords,
    change: &Change,
) -> Result<bool, StoreError> {
    let Some(settles) = &change.settles else {
        return Ok(true);
    };
    let made_in = Life {
        incarnation: settles.incarnation,
        ..life.clone()
    };
    let Some(bytes) = transaction.change_bytes(&made_in, settles.seq).await? else {
        return Ok(false);
    };
    let stored = ChangeBytes::from_stored(bytes);
    let same_lane = read_header(&stored.bytes).is_ok_and(|header| filed_under(&made_in, &header.lane) == *lane);
    if stored.hash != settles.hash || !same_lane {
        return Ok(false);
    }
    let history = History::read(transaction, &life.district, lane).await?;
    Ok(!history.taken.contains(&settles.hash) && !history.settled.contains(&settles.hash))
}

/// The changes that what `lane` took has settled: they wait no more, whatever comes.
///
/// # Errors
/// [`StoreError`].
pub(crate) async fn settled_in(
    transaction: &mut impl HubTransaction,
    district: &str,
    lane: &LaneWords,
) -> Result<HashSet<ChangeHash>, StoreError> {
    Ok(History::read(transaction, district, lane).await?.settled)
}

/// What a lane took, and what that settled, by hash.
#[derive(Default)]
struct History {
    taken: HashSet<ChangeHash>,
    settled: HashSet<ChangeHash>,
}

impl History {
    async fn read(transaction: &mut impl HubTransaction, district: &str, lane: &LaneWords) -> Result<Self, StoreError> {
        let mut history = Self::default();
        for step in transaction.steps(district, lane).await? {
            let stored = ChangeBytes::from_stored(step.bytes);
            history.taken.insert(stored.hash);
            if let Some(settles) = stored.decode().ok().and_then(|change| change.settles) {
                history.settled.insert(settles.hash);
            }
        }
        Ok(history)
    }
}
