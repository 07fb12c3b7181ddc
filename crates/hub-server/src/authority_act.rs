//! An authority's act on a case, entered at the hub: accepted by the same reducer, told to the counters by the feed.

use counter_core::{
    case::{Case, CaseChange, CaseState, DecisionOutcome},
    change::{ChangeBody, Lane, LaneKind},
    lane_state::LaneState,
    refusal::{Refusal, RefusalCode},
};
use hub_api::push::LaneWords;
use jiff::civil::Date;

use crate::{
    clock::day_in_china,
    district_log::DistrictLog,
    hub::Hub,
    hub_change::{self, HubChangeError},
    judge::read_state,
    store::{HubStore, HubTransaction, LaneStore, StoreError},
};

/// Under this account acts entered on the command line are filed.
const ACTOR: &str = "hub-console";
/// Stands for the authority where neither the command nor the record names one.
const UNNAMED_AUTHORITY: &str = "认定单位";

/// What the authority says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 准予修复.
    Repaired,
    /// 不予受理, or 不予修复 where it was accepted before.
    Declined,
    /// 要求补充材料.
    Supplement,
}

/// An authority's act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityAct {
    /// The number of the case.
    pub case: String,
    /// What it says.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// Who; the authority the record names where absent.
    pub by: Option<String>,
    /// The day; today where absent.
    pub on: Option<Date>,
}

/// An act that was entered.
#[derive(Clone, Debug, PartialEq)]
pub struct EnteredAct {
    /// The case as it stands now.
    pub case: Case,
    /// What happened to it.
    pub kind: &'static str,
    /// The entry of the district's log.
    pub index: u64,
}

/// Enters `act`.
///
/// # Errors
/// [`HubChangeError::Refused`] where the case is not known or the act does not follow from its state.
pub async fn enter<S: HubStore>(hub: &Hub<S>, act: &AuthorityAct) -> Result<EnteredAct, HubChangeError> {
    let words = lane_of(&act.case);
    let mut transaction = hub.store.begin_read().await?;
    let district = transaction
        .districts_of_lane(&words)
        .await?
        .into_iter()
        .next()
        .ok_or_else(|| Refusal::new(RefusalCode::NotFound, act.case.clone()))?;
    drop(transaction);
    let today = day_in_china(hub.world.now());
    enter_change(hub, &district, &act.case, ACTOR, |case| as_change(act, case, today)).await
}

/// Enters what `decide` makes of the case as it stands, in the name of `actor`.
///
/// # Errors
/// [`HubChangeError::Refused`] where the case is not known or the change does not follow from its state.
pub async fn enter_change<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    no: &str,
    actor: &str,
    decide: impl FnOnce(&Case) -> CaseChange + Send,
) -> Result<EnteredAct, HubChangeError> {
    let words = lane_of(no);
    let now = hub.world.now();
    let mut transaction = hub.store.begin().await?;
    let mut log = DistrictLog::lock(&mut transaction, district).await?;
    let row = transaction
        .lane(district, &words)
        .await?
        .ok_or_else(|| Refusal::new(RefusalCode::NotFound, no))?;
    let LaneState::Case(case) = read_state(&row)? else {
        return Err(StoreError::Damaged(format!("the lane of case {no} holds another kind of state")).into());
    };
    let change = decide(&case);
    let kind = change.kind();
    let lane = Lane::new(LaneKind::Case, no.to_owned());
    let body = ChangeBody::Case(change);
    let (state, index) = hub_change::make(hub, &mut transaction, &mut log, lane, body, actor, now).await?;
    transaction.commit().await?;
    hub.appended(&log);
    let LaneState::Case(case) = state else {
        return Err(StoreError::Damaged(format!("the lane of case {no} changed its kind")).into());
    };
    Ok(EnteredAct { case, kind, index })
}

fn lane_of(no: &str) -> LaneWords {
    LaneWords {
        kind: LaneKind::Case.as_str().to_owned(),
        id: no.to_owned(),
    }
}

/// The change an act is, by the state the case is in.
fn as_change(act: &AuthorityAct, case: &Case, today: Date) -> CaseChange {
    let named = || {
        case.received
            .record
            .authority_name
            .clone()
            .unwrap_or_else(|| UNNAMED_AUTHORITY.to_owned())
    };
    let by = act.by.clone().unwrap_or_else(named);
    let (on, reason) = (act.on.unwrap_or(today), act.reason.clone());
    match act.outcome {
        Outcome::Repaired => CaseChange::Decided {
            by,
            on,
            outcome: DecisionOutcome::Repaired,
            reason,
        },
        Outcome::Declined if case.stage == CaseState::Accepted => CaseChange::Decided {
            by,
            on,
            outcome: DecisionOutcome::Refused,
            reason,
        },
        Outcome::Declined => CaseChange::Declined { by, on, reason },
        Outcome::Supplement => CaseChange::SupplementAsked { by, on, reason },
    }
}
