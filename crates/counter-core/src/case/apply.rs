//! The reducer of a case.

use super::{Case, CaseChange, CaseReceived, CaseState, Decision, Submission};
use crate::{
    change::Change,
    refusal::{Refusal, RefusalCode},
};

/// Applies a change to a case.
///
/// # Errors
/// When the act does not follow from the state, names an unknown material, is dated before
/// the act it follows, or would forward a case with gaps.
pub fn apply(state: Option<Case>, change: &Change, body: &CaseChange) -> Result<Case, Refusal> {
    let no = &change.lane.id;
    match (state, body) {
        (None, CaseChange::Received(received)) => Ok(open(no, received)),
        (Some(_), CaseChange::Received(_)) => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
        (None, _) => Err(Refusal::new(RefusalCode::NotFound, no)),
        (Some(case), body) => step(case, body),
    }
}

fn open(no: &str, received: &CaseReceived) -> Case {
    Case {
        no: no.to_owned(),
        stage: CaseState::Received,
        materials: received.materials.clone(),
        documents: Vec::new(),
        submission: None,
        decision: None,
        supplement_asked: None,
        record_differences: Vec::new(),
        last_act_on: received.received_on,
        received: received.clone(),
    }
}

fn step(mut case: Case, body: &CaseChange) -> Result<Case, Refusal> {
    if let Some(on) = body.on() {
        if on < case.last_act_on {
            return Err(Refusal::new(
                RefusalCode::DateBeforeCause,
                format!("{on} < {}", case.last_act_on),
            ));
        }
        case.last_act_on = on;
    }
    match body {
        CaseChange::Received(_) => return Err(Refusal::new(RefusalCode::AlreadyExists, case.no)),
        CaseChange::DocumentIssued { document } => case.documents.push(document.clone()),
        CaseChange::RecordChanged { differences, .. } => case.record_differences = differences.clone(),
        CaseChange::MaterialMarked { code, mark } => {
            if !(case.stage == CaseState::Received || case.supplement_asked.is_some()) {
                return Err(wrong_state(&case));
            }
            let Some(material) = case.materials.iter_mut().find(|material| material.code == *code) else {
                return Err(Refusal::new(RefusalCode::UnknownItem, code));
            };
            material.mark = mark.clone();
        }
        CaseChange::Submitted { site, number, on } => {
            if case.stage != CaseState::Received {
                return Err(wrong_state(&case));
            }
            if let Some(gap) = case.gaps().next() {
                return Err(Refusal::new(RefusalCode::GapsOpen, &gap.name));
            }
            case.submission = Some(Submission {
                site: site.clone(),
                number: number.clone(),
                on: *on,
            });
            case.stage = CaseState::Submitted;
        }
        CaseChange::Accepted { .. } => {
            forward(&mut case, &[CaseState::Submitted], CaseState::Accepted)?;
            case.supplement_asked = None;
        }
        CaseChange::Declined { .. } => forward(&mut case, &[CaseState::Submitted], CaseState::Declined)?,
        CaseChange::SupplementAsked { reason, .. } => {
            if !matches!(case.stage, CaseState::Submitted | CaseState::Accepted) {
                return Err(wrong_state(&case));
            }
            case.supplement_asked = Some(reason.clone());
        }
        CaseChange::Decided {
            by,
            on,
            outcome,
            reason,
        } => {
            forward(
                &mut case,
                &[CaseState::Submitted, CaseState::Accepted],
                CaseState::Decided,
            )?;
            case.supplement_asked = None;
            case.decision = Some(Decision {
                by: by.clone(),
                on: *on,
                outcome: *outcome,
                reason: reason.clone(),
            });
        }
        CaseChange::TakenDown { .. } => {
            let repaired = case
                .decision
                .as_ref()
                .is_some_and(|decision| decision.outcome == super::DecisionOutcome::Repaired);
            if !repaired {
                return Err(wrong_state(&case));
            }
            forward(&mut case, &[CaseState::Decided], CaseState::TakenDown)?;
        }
        CaseChange::Withdrawn { .. } => {
            forward(
                &mut case,
                &[CaseState::Received, CaseState::Submitted, CaseState::Accepted],
                CaseState::Withdrawn,
            )?;
        }
        CaseChange::Referred { .. } => forward(&mut case, &[CaseState::Received], CaseState::Referred)?,
        CaseChange::Closed { .. } => forward(
            &mut case,
            &[
                CaseState::Declined,
                CaseState::Decided,
                CaseState::TakenDown,
                CaseState::Withdrawn,
                CaseState::Referred,
            ],
            CaseState::Closed,
        )?,
    }
    Ok(case)
}

fn forward(case: &mut Case, from: &[CaseState], to: CaseState) -> Result<(), Refusal> {
    if !from.contains(&case.stage) {
        return Err(wrong_state(case));
    }
    case.stage = to;
    Ok(())
}

fn wrong_state(case: &Case) -> Refusal {
    Refusal::new(RefusalCode::WrongState, case.stage.as_str())
}
