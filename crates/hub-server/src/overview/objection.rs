//! Which records are disputed: objections that are pending, as their lanes stand.

use counter_core::{change::LaneKind, lane_state::LaneState};

use super::Judged;
use crate::store::{HubTransaction, StoreError};

pub(super) async fn keep(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    let Some(LaneState::Objection(objection)) = judged.lane_of(transaction, LaneKind::Objection).await? else {
        return Ok(());
    };
    let pending = objection.stage.is_pending();
    transaction
        .put_objection(
            &judged.life.district,
            &objection.no,
            &objection.received.record_key,
            pending,
        )
        .await
}
