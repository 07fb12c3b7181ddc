//! Changes no lane has taken: parked with the reason, settled once the lane takes that life's changes again.

use hub_api::feed::Verdict;

use super::Judged;
use crate::store::{HubTransaction, ParkedRow, StoreError};

pub(super) async fn park(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    let (reason, detail) = match judged.verdict {
        Verdict::Applied | Verdict::Merged => return Ok(()),
        Verdict::Refused(refusal) => (word_of(refusal.code), refusal.detail.clone()),
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

pub(super) async fn settle(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    transaction
        .settle_parked(judged.life, &judged.lane.kind, &judged.lane.id, judged.seq)
        .await
}

/// The stable word of a refusal's code, by which the sentence is found.
pub(crate) fn word_of(code: counter_core::refusal::RefusalCode) -> String {
    serde_json::to_value(code)
        .ok()
        .and_then(|word| word.as_str().map(str::to_owned))
        .unwrap_or_else(|| "refused".to_owned())
}
