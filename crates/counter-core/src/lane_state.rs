//! The reducer: what a lane has become after a change. The counter and the hub run the same code.

use serde::{Deserialize, Serialize};

use crate::{
    account::Account,
    case::Case,
    certificate::Certificate,
    change::{Change, ChangeBody},
    class::Class,
    exam::ExamSession,
    incarnation::CounterLife,
    objection::Objection,
    record_entry::EnteredRecord,
    refusal::{Refusal, RefusalCode},
    visit::Visit,
};

/// The state of one lane. Everything a screen reads about it can be told from here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // one state is in hand at a time; a box would only blur the matches
pub enum LaneState {
    /// A counter.
    Counter(CounterLife),
    /// An account.
    Account(Account),
    /// A visit.
    Visit(Visit),
    /// A record entered by hand.
    Record(EnteredRecord),
    /// A case.
    Case(Case),
    /// An objection.
    Objection(Objection),
    /// A class.
    Class(Class),
    /// A sitting.
    Exam(ExamSession),
    /// A certificate.
    Certificate(Certificate),
}

/// Applies `change` to the state its lane is in; `None` before the first change, and after it where that was given up.
///
/// What takes an act back is applied by [`crate::lane_fold::LaneFold`], which knows what was before.
///
/// # Errors
/// A [`Refusal`] with the reason; the state stays as it was.
pub fn apply(state: Option<LaneState>, change: &Change) -> Result<Option<LaneState>, Refusal> {
    if !change.body.belongs_in(change.lane.kind) {
        return Err(Refusal::new(RefusalCode::WrongLane, change.lane.to_string()));
    }
    macro_rules! in_lane {
        ($variant:ident, $module:ident, $body:expr) => {{
            let before = match state {
                None => None,
                Some(LaneState::$variant(before)) => Some(before),
                Some(_) => return Err(Refusal::new(RefusalCode::WrongLane, change.lane.to_string())),
            };
            crate::$module::apply(before, change, $body).map(|after| Some(LaneState::$variant(after)))
        }};
    }
    match &change.body {
        ChangeBody::Counter(body) => in_lane!(Counter, incarnation, body),
        ChangeBody::Account(body) => in_lane!(Account, account, body),
        ChangeBody::Visit(body) => in_lane!(Visit, visit, body),
        ChangeBody::Record(body) => in_lane!(Record, record_entry, body),
        ChangeBody::Case(body) => in_lane!(Case, case, body),
        ChangeBody::Objection(body) => in_lane!(Objection, objection, body),
        ChangeBody::Class(body) => in_lane!(Class, class, body),
        ChangeBody::Exam(body) => in_lane!(Exam, exam, body),
        ChangeBody::Certificate(body) => in_lane!(Certificate, certificate, body),
        ChangeBody::Withdrawal(_) if change.settles.is_some() => Ok(state),
        ChangeBody::Withdrawal(_) => Err(Refusal::new(RefusalCode::NothingToSettle, change.lane.to_string())),
        ChangeBody::Undone(_) => Err(Refusal::new(RefusalCode::NothingToUndo, change.lane.to_string())),
    }
}
