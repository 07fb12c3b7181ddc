//! Changes no lane has taken: parked with the reason, settled once the lane takes that life's changes again.

use hub_api::feed::Verdict;

use super::Judged;
use crate::store::{HubTransaction, Life, ParkedRow, StoreError};

pub(super) async fn park(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    let (reason, detail) = match judged.verdict {
        Verdict::Applied | Verdict::Merged => return Ok(()),
        Verdict::Refused(refusal) => (refusal.code.as_str().to_owned(), refusal.detail.clone()),
        Verdict::Waiting(waiting) => (waiting.as_str().to_owned(), String::new()),
    };
    let change_kind = judged.change.as_ref().map_or("", |change| change.body.kind());
    let row = ParkedRow {
        counter: judged.life.counter.clone(),
        incarnation: judged.life.incarnation,
        seq: judged.seq,
        log_index: judged.index,
        at: judged.at,
        lane_kind: judged.lane.kind.clone(),
        lane_id: judged.lane.id.clone(),
        change_kind: change_kind.to_owned(),
        verdict: judged.verdict.as_str().to_owned(),
        reason,
        detail,
    };
    transaction.put_parked(&judged.life.district, &row).await
}

/// A lane took a change: what it settles is parked no more, or, where it settles nothing, what its life had parked in
/// the lane before.
pub(super) async fn settle(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    let Some(settles) = judged.change.as_ref().and_then(|change| change.settles) else {
        return transaction
            .settle_parked(judged.life, &judged.lane.kind, &judged.lane.id, 0..=judged.seq)
            .await;
    };
    let made_in = Life {
        incarnation: settles.incarnation,
        ..judged.life.clone()
    };
    for (life, seq) in [(&made_in, settles.seq), (judged.life, judged.seq)] {
        transaction
            .settle_parked(life, &judged.lane.kind, &judged.lane.id, seq..=seq)
            .await?;
    }
    Ok(())
}
