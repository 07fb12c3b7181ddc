//! What stands in 待处理, and what was settled of late.

use counter_core::{
    change::{ChangeBody, LaneKind},
    refusal::RefusalCode,
    verdict::{Verdict, WaitingFor},
};
use counter_store::{ReadTx, StoreError, StoredChange};
use serde::Serialize;

use super::about::about;
use crate::{Desk, account::names::Names};

/// How many settled ones are shown.
const SETTLED_SHOWN: u32 = 50;

/// 待处理.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ParkedList {
    /// What nobody has dealt with, oldest first.
    pub open: Vec<ParkedChange>,
    /// What was dealt with, the last first.
    pub settled: Vec<SettledChange>,
}

/// A change made here that no lane at the hub took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ParkedChange {
    /// How it is named when it is settled.
    pub id: String,
    /// What kind of thing it is about.
    pub lane_kind: LaneKind,
    /// The number of that thing.
    pub lane_id: String,
    /// Whose case, which class, whose certificate; empty where that is not known here.
    pub about: String,
    /// What was done, such as `case_submitted`.
    pub kind: String,
    /// The day the act names, where it names one.
    pub on: Option<String>,
    /// A word on it: site and number, reason, paper.
    pub detail: String,
    /// Who did it, by the name on screens.
    pub actor: String,
    /// When, ms UTC.
    #[specta(type = f64)]
    pub made_at: i64,
    /// The counter.
    pub counter: String,
    /// The life of its database that it was made in, 32 hexadecimal digits.
    pub incarnation: String,
    /// When the hub judged it, ms UTC.
    #[specta(type = Option<f64>)]
    pub since: Option<i64>,
    /// Why it stands here.
    pub why: WhyParked,
    /// Whether it can be done again as it was, or on another day.
    pub can_amend: bool,
}

/// Why a change stands in 待处理.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "verdict", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum WhyParked {
    /// 未采纳.
    Refused {
        /// The reason.
        code: RefusalCode,
        /// The number, state or material that stands in the way.
        detail: String,
    },
    /// 等待.
    Waiting {
        /// For what.
        reason: WaitingFor,
        /// Of an earlier change: what that did, where it is parked too.
        behind: Option<String>,
    },
    /// It stands here no more: it was dealt with, and taken after all.
    Taken,
}

/// A parked change that was dealt with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SettledChange {
    /// The change.
    pub parked: ParkedChange,
    /// How.
    pub way: WayOut,
    /// Why, where it was given up.
    pub reason: Option<String>,
    /// Who dealt with it, by the name on screens.
    pub by: String,
    /// When, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
    /// Whether the hub's lane has taken that.
    pub taken: bool,
}

/// How a parked change was dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum WayOut {
    /// 重新办理.
    Amended,
    /// 不再办理.
    Withdrawn,
}

/// What stands in 待处理, whoever made it.
///
/// # Errors
/// When the store cannot be read.
pub fn parked_list(desk: &Desk) -> Result<ParkedList, StoreError> {
    desk.store().read(|tx| {
        let names = Names::read(tx)?;
        let parked = tx.parked_changes()?;
        let open = parked
            .iter()
            .map(|change| view(tx, &names, change, &parked))
            .collect::<Result<_, _>>()?;
        let settled = tx
            .settled_changes(SETTLED_SHOWN)?
            .iter()
            .map(|(change, by)| settled(view(tx, &names, change, &[])?, by, &names))
            .collect::<Result<_, _>>()?;
        Ok(ParkedList { open, settled })
    })
}

fn view(
    tx: &ReadTx<'_>,
    names: &Names,
    change: &StoredChange,
    parked: &[StoredChange],
) -> Result<ParkedChange, StoreError> {
    let body = change.stored.decode().ok().map(|decoded| decoded.body);
    let why = why(change, parked);
    let (on, detail) = match &body {
        Some(ChangeBody::Case(body)) => (body.on().map(|on| on.to_string()), body.detail()),
        Some(ChangeBody::Withdrawal(withdrawal)) => (None, withdrawal.reason.clone()),
        Some(_) | None => (None, String::new()),
    };
    Ok(ParkedChange {
        id: super::id_of(change),
        lane_kind: change.lane.kind,
        lane_id: change.lane.id.clone(),
        about: about(tx.lane(&change.lane)?.as_ref(), body.as_ref()),
        kind: change.kind.clone(),
        on,
        detail,
        actor: names.of(change),
        made_at: change.made_at,
        counter: change.counter.to_string(),
        incarnation: change.incarnation.to_string(),
        since: change.judged_at,
        can_amend: body.is_some_and(|body| can_be_done_again(&body, &why)),
        why,
    })
}

fn why(change: &StoredChange, parked: &[StoredChange]) -> WhyParked {
    match &change.verdict {
        Some(Verdict::Waiting(reason)) => {
            let behind = parked
                .iter()
                .take_while(|earlier| earlier.position() < change.position())
                .find(|earlier| earlier.lane == change.lane && earlier.incarnation == change.incarnation)
                .filter(|_| *reason == WaitingFor::EarlierChange)
                .map(|earlier| earlier.kind.clone());
            WhyParked::Waiting {
                reason: *reason,
                behind,
            }
        }
        Some(Verdict::Refused(refusal)) => WhyParked::Refused {
            code: refusal.code,
            detail: refusal.detail.clone(),
        },
        Some(Verdict::Applied | Verdict::Merged) | None => WhyParked::Taken,
    }
}

/// A change that the hub cannot read would meet the same fate again; a life is opened, a change given up, and an act taken
/// back once.
pub(super) fn can_be_done_again(body: &ChangeBody, why: &WhyParked) -> bool {
    let bars = match why {
        WhyParked::Refused { .. } => false,
        WhyParked::Waiting { reason, .. } => match reason {
            WaitingFor::EarlierChange | WaitingFor::Claim => false,
            WaitingFor::NewerHub | WaitingFor::Inspection => true,
        },
        WhyParked::Taken => true,
    };
    !bars
        && !matches!(
            body,
            ChangeBody::Counter(_) | ChangeBody::Withdrawal(_) | ChangeBody::Undone(_)
        )
}

fn settled(parked: ParkedChange, by: &StoredChange, names: &Names) -> Result<SettledChange, StoreError> {
    let body = by
        .stored
        .decode()
        .map_err(|error| StoreError::Damaged(format!("change {} of the log: {error}", by.seq)))?
        .body;
    let (way, reason) = match body {
        ChangeBody::Withdrawal(withdrawal) => (WayOut::Withdrawn, Some(withdrawal.reason)),
        ChangeBody::Counter(_)
        | ChangeBody::Account(_)
        | ChangeBody::Visit(_)
        | ChangeBody::Record(_)
        | ChangeBody::Case(_)
        | ChangeBody::Objection(_)
        | ChangeBody::Class(_)
        | ChangeBody::Exam(_)
        | ChangeBody::Certificate(_)
        | ChangeBody::Undone(_) => (WayOut::Amended, None),
    };
    Ok(SettledChange {
        parked,
        way,
        reason,
        by: names.of(by),
        at: by.made_at,
        taken: by.verdict.as_ref().is_some_and(Verdict::is_taken),
    })
}

pub(super) fn why_of(change: &StoredChange) -> WhyParked {
    why(change, &[])
}
