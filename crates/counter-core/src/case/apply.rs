//! The reducer of a case.

use jiff::civil::Date;

use super::{Case, CaseChange, CaseReceived, CaseState, Decision, Material, MaterialMark, Submission};
use crate::{
    calendar::day_in_china,
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
        (Some(case), body) => step(case, change, body),
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
        insisted: None,
        pushed_on: None,
        accepted_on: None,
        extensions: Vec::new(),
        verifications: Vec::new(),
        sites_checked: Vec::new(),
        served: Vec::new(),
        reprints: Vec::new(),
        late_gaps: Vec::new(),
        archive: None,
        received: received.clone(),
    }
}

fn step(mut case: Case, change: &Change, body: &CaseChange) -> Result<Case, Refusal> {
    if case.stage == CaseState::Voided && !matches!(body, CaseChange::RecordChanged { .. }) {
        return Err(wrong_state(&case));
    }
    if let Some(on) = body.on() {
        let is_step = goes_on(body);
        let cause = if is_step {
            case.last_act_on
        } else {
            case.received.received_on
        };
        if on < cause {
            return Err(before_cause(on, cause));
        }
        if is_step {
            case.last_act_on = on;
        }
    }
    match body {
        CaseChange::Received(_) => return Err(Refusal::new(RefusalCode::AlreadyExists, case.no)),
        CaseChange::DocumentIssued { document } => case.documents.push(document.clone()),
        CaseChange::RecordChanged { differences, .. } => case.record_differences = differences.clone(),
        CaseChange::MaterialMarked { code, mark } => {
            if !(case.stage == CaseState::Received || case.supplement_asked.is_some()) {
                return Err(wrong_state(&case));
            }
            mark_material(&mut case, day_in_china(change.made_at), code, mark)?;
        }
        CaseChange::Submitted { site, number, on } => {
            if case.stage != CaseState::Received {
                return Err(wrong_state(&case));
            }
            if let Some(gap) = case.gaps().next()
                && case.insisted.is_none()
            {
                return Err(Refusal::new(RefusalCode::GapsOpen, &gap.name));
            }
            if case.owes_verification() {
                return Err(Refusal::new(RefusalCode::GapsOpen, "信用核查"));
            }
            case.submission = Some(Submission {
                site: site.clone(),
                number: number.clone(),
                on: *on,
            });
            case.stage = CaseState::Submitted;
        }
        CaseChange::Accepted { on, .. } => {
            forward(&mut case, &[CaseState::Submitted], CaseState::Accepted)?;
            case.accepted_on = Some(*on);
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
            if !case.is_repaired() {
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
        CaseChange::Verified(verification) => {
            if case.stage == CaseState::Closed {
                return Err(wrong_state(&case));
            }
            case.verifications.push(verification.clone());
        }
        CaseChange::Insisted { note, .. } => {
            if case.state() != CaseState::GapsOpen {
                return Err(wrong_state(&case));
            }
            case.insisted = Some(note.clone());
        }
        CaseChange::Pushed { on, .. } => {
            if case.stage != CaseState::Submitted {
                return Err(wrong_state(&case));
            }
            case.pushed_on = Some(*on);
        }
        CaseChange::LimitExtended(extension) => {
            if extension.until < extension.on {
                return Err(before_cause(extension.until, extension.on));
            }
            if !matches!(
                case.stage,
                CaseState::Received | CaseState::Submitted | CaseState::Accepted | CaseState::Decided
            ) {
                return Err(wrong_state(&case));
            }
            case.extensions.push(extension.clone());
        }
        CaseChange::SiteChecked(looked) => case.sites_checked.push(looked.clone()),
        CaseChange::DocumentServed(served) => {
            if !case.documents.iter().any(|paper| paper.file.sha256 == served.sha256) {
                return Err(Refusal::new(RefusalCode::UnknownItem, &served.sha256));
            }
            case.served.push(served.clone());
        }
        CaseChange::DocumentReprinted(reprint) => {
            if !case.documents.iter().any(|paper| paper.file.sha256 == reprint.sha256) {
                return Err(Refusal::new(RefusalCode::UnknownItem, &reprint.sha256));
            }
            case.reprints.push(reprint.clone());
        }
        CaseChange::OriginalReturned { code, returned } => {
            let held = case.materials.iter_mut().find(|material| material.code == *code);
            let Some(material) = held.filter(|material| material.mark.holds_original()) else {
                return Err(Refusal::new(RefusalCode::UnknownItem, code));
            };
            material.mark.returned = Some(returned.clone());
        }
        CaseChange::Reopened { .. } => reopen(&mut case)?,
        CaseChange::Archived(volume) => {
            if case.stage != CaseState::Closed {
                return Err(wrong_state(&case));
            }
            case.archive = Some(volume.clone());
        }
    }
    Ok(case)
}

/// Whether the case goes on by it: such acts follow each other in time. What is done beside may be entered late.
fn goes_on(body: &CaseChange) -> bool {
    !matches!(
        body,
        CaseChange::Verified(_)
            | CaseChange::LimitExtended(_)
            | CaseChange::SiteChecked(_)
            | CaseChange::DocumentServed(_)
            | CaseChange::OriginalReturned { .. }
    )
}

fn mark_material(case: &mut Case, on: Date, code: &str, mark: &MaterialMark) -> Result<(), Refusal> {
    let named_at_first = |material: &Material| material.code == code && material.is_gap();
    let known = case.received.materials.iter().any(named_at_first);
    let Some(material) = case.materials.iter_mut().find(|material| material.code == code) else {
        return Err(Refusal::new(RefusalCode::UnknownItem, code));
    };
    let was_gap = material.is_gap();
    material.mark = mark.clone();
    // What is put right on the day it was taken in, the applicant hears at the counter.
    let late = material.is_gap() && !was_gap && !known && on > case.received.received_on;
    if late && case.supplement_asked.is_none() && !case.late_gaps.iter().any(|known| known == code) {
        case.late_gaps.push(code.to_owned());
    }
    Ok(())
}

/// What was repaired is looked after again from the decision on; anything else begins again with its papers.
fn reopen(case: &mut Case) -> Result<(), Refusal> {
    let to = if case.is_repaired() {
        CaseState::Decided
    } else {
        CaseState::Received
    };
    forward(
        case,
        &[
            CaseState::Declined,
            CaseState::Withdrawn,
            CaseState::Referred,
            CaseState::Closed,
        ],
        to,
    )?;
    if to == CaseState::Received {
        case.submission = None;
        case.decision = None;
        case.pushed_on = None;
        case.accepted_on = None;
        case.insisted = None;
        case.extensions.clear();
    }
    case.supplement_asked = None;
    Ok(())
}

fn before_cause(on: Date, cause: Date) -> Refusal {
    Refusal::new(RefusalCode::DateBeforeCause, format!("{on} < {cause}"))
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
