//! The reducer of a visit.

use super::{Visit, VisitChange};
use crate::{
    change::Change,
    refusal::{Refusal, RefusalCode},
    subject_snapshot::SubjectSnapshot,
};

/// Applies a change to a visit.
///
/// # Errors
/// When the visit is opened twice, acted on before anybody is there, or changed after it is over. Papers may still be
/// issued and printed again for a visit that is over.
pub fn apply(state: Option<Visit>, change: &Change, body: &VisitChange) -> Result<Visit, Refusal> {
    let no = &change.lane.id;
    match (state, body) {
        (None, VisitChange::Opened { subject, queue_number }) => Ok(Visit {
            queue_number: queue_number.clone(),
            ..begin(change, subject)
        }),
        (None, VisitChange::Booked { subject, booking }) => Ok(Visit {
            booking: Some(booking.clone()),
            awaited: true,
            ..begin(change, subject)
        }),
        (None, _) => Err(Refusal::new(RefusalCode::NotFound, no)),
        (Some(visit), body) => step(visit, change, body),
    }
}

fn begin(change: &Change, subject: &SubjectSnapshot) -> Visit {
    Visit {
        no: change.lane.id.clone(),
        subject: subject.clone(),
        queue_number: None,
        agent: None,
        cases: Vec::new(),
        documents: Vec::new(),
        end: None,
        opened_at: change.made_at,
        ended_at: None,
        clerk: change.actor.clone(),
        booking: None,
        awaited: false,
        cancelled: None,
        continued: Vec::new(),
        reprints: Vec::new(),
    }
}

fn step(mut visit: Visit, change: &Change, body: &VisitChange) -> Result<Visit, Refusal> {
    let wrong_state = || Err(Refusal::new(RefusalCode::WrongState, &change.lane.id));
    let present = !visit.awaited && !visit.is_over();
    match body {
        VisitChange::Opened { .. } | VisitChange::Booked { .. } => {
            return Err(Refusal::new(RefusalCode::AlreadyExists, &change.lane.id));
        }
        VisitChange::DocumentIssued { document } => visit.documents.push(document.clone()),
        VisitChange::DocumentReprinted(reprint) => {
            if !visit.documents.iter().any(|paper| paper.file.sha256 == reprint.sha256) {
                return Err(Refusal::new(RefusalCode::UnknownItem, &reprint.sha256));
            }
            visit.reprints.push(reprint.clone());
        }
        VisitChange::Arrived { .. } | VisitChange::BookingCancelled { .. } if !visit.awaited || visit.is_over() => {
            return wrong_state();
        }
        VisitChange::Arrived { queue_number } => {
            visit.queue_number.clone_from(queue_number);
            visit.awaited = false;
            visit.opened_at = change.made_at;
            visit.clerk.clone_from(&change.actor);
        }
        VisitChange::BookingCancelled { reason } => visit.cancelled = Some(reason.clone()),
        VisitChange::AgentRecorded { .. }
        | VisitChange::CaseTaken { .. }
        | VisitChange::CaseContinued(_)
        | VisitChange::Ended { .. }
            if !present =>
        {
            return wrong_state();
        }
        VisitChange::AgentRecorded { agent } => visit.agent = Some(agent.clone()),
        VisitChange::CaseTaken { case } if visit.cases.contains(case) => {
            return Err(Refusal::new(RefusalCode::AlreadyExists, case));
        }
        VisitChange::CaseTaken { case } => visit.cases.push(case.clone()),
        VisitChange::CaseContinued(continued) => visit.continued.push(continued.clone()),
        VisitChange::Ended { end } => {
            visit.end = Some(*end);
            visit.ended_at = Some(change.made_at);
        }
    }
    Ok(visit)
}
