//! The queue: one line a case, as its lane stands.

use counter_core::{
    case::{Case, CaseChange, running_limits},
    change::{ChangeBody, LaneKind},
    lane_state::LaneState,
    pack::RuleBook,
};

use super::Judged;
use crate::store::{CaseOverview, HubTransaction, StoreError};

pub(super) async fn keep(
    transaction: &mut impl HubTransaction,
    rules: &RuleBook,
    judged: &Judged<'_>,
) -> Result<(), StoreError> {
    let Some(LaneState::Case(case)) = judged.lane_of(transaction, LaneKind::Case).await? else {
        return Ok(());
    };
    let district = &judged.life.district;
    let received_here = judged
        .change
        .as_ref()
        .is_some_and(|change| matches!(change.body, ChangeBody::Case(CaseChange::Received(_))));
    let counter = if received_here {
        judged.life.counter.0.clone()
    } else {
        let known = transaction.case_overview(district, &case.no).await?;
        known.map(|known| known.counter).unwrap_or_default()
    };
    transaction
        .put_case_overview(district, &line(&case, counter, rules))
        .await
}

fn line(case: &Case, counter: String, rules: &RuleBook) -> CaseOverview {
    let record = &case.received.record;
    let due_on = running_limits(&case.clock(), rules)
        .into_iter()
        .filter_map(|limit| limit.due_on)
        .min();
    CaseOverview {
        no: case.no.clone(),
        state: case.state().as_str().to_owned(),
        counter,
        authority: record.authority_name.clone().unwrap_or_default(),
        authority_code: record.authority_code.clone().unwrap_or_default(),
        subject: case.received.subject.name.clone(),
        uscc: case.received.subject.uscc.clone().unwrap_or_default(),
        document_no: record.document_no.clone().unwrap_or_default(),
        record_key: case.received.record_key.clone(),
        received_on: case.received.received_on.to_string(),
        due_on: due_on.map(|day| day.to_string()).unwrap_or_default(),
        asked: case.supplement_asked.is_some(),
    }
}
