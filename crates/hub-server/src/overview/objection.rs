//! Which records are disputed: objections that are pending, as their lanes stand.

use counter_core::{change::LaneKind, lane_state::LaneState};

use super::Judged;
use crate::{
    judge::read_state,
    store::{HubTransaction, StoreError},
};

pub(super) async fn keep(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    if judged.lane.kind != LaneKind::Objection.as_str() {
        return Ok(());
    }
    let district = &judged.life.district;
    let Some(row) = transaction.lane(district, judged.lane).await? else {
        return Ok(());
    };
    let LaneState::Objection(objection) = read_state(&row)? else {
        return Ok(());
    };
    let pending = objection.stage.is_pending();
    transaction
        .put_objection(district, &objection.no, &objection.received.record_key, pending)
        .await
}
