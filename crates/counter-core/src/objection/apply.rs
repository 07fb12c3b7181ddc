//! The reducer of an objection.

use super::{Inquiry, Objection, ObjectionChange, ObjectionReceived, ObjectionState};
use crate::{
    case::Material,
    change::Change,
    refusal::{Refusal, RefusalCode},
};

/// Applies a change to an objection.
///
/// # Errors
/// When the act does not follow from the state, names what is not there, is dated before the act it follows, or would pass
/// on an objection with gaps.
pub fn apply(state: Option<Objection>, change: &Change, body: &ObjectionChange) -> Result<Objection, Refusal> {
    let no = &change.lane.id;
    match (state, body) {
        (None, ObjectionChange::Received(received)) => Ok(open(no, received)),
        (Some(_), ObjectionChange::Received(_)) => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
        (None, _) => Err(Refusal::new(RefusalCode::NotFound, no)),
        (Some(objection), body) => step(objection, body),
    }
}

fn open(no: &str, received: &ObjectionReceived) -> Objection {
    Objection {
        no: no.to_owned(),
        stage: ObjectionState::Received,
        materials: received.materials.clone(),
        forwarding: None,
        accepted_on: None,
        declined: None,
        inquiries: Vec::new(),
        decision: None,
        withdrawn: None,
        documents: Vec::new(),
        reprints: Vec::new(),
        last_act_on: received.received_on,
        received: received.clone(),
    }
}

fn step(mut objection: Objection, body: &ObjectionChange) -> Result<Objection, Refusal> {
    use ObjectionState::{Accepted, Closed, Decided, Declined, Forwarded, Inquiring, Received, Replied, Withdrawn};
    if let Some(on) = body.on() {
        if on < objection.last_act_on {
            let detail = format!("{on} < {}", objection.last_act_on);
            return Err(Refusal::new(RefusalCode::DateBeforeCause, detail));
        }
        objection.last_act_on = on;
    }
    match body {
        ObjectionChange::Received(_) => return Err(Refusal::new(RefusalCode::AlreadyExists, objection.no)),
        ObjectionChange::DocumentIssued { document } => objection.documents.push(document.clone()),
        ObjectionChange::DocumentReprinted(reprint) => {
            let is_it = |sha256: &str| sha256 == reprint.sha256;
            if !objection.documents.iter().any(|paper| is_it(&paper.file.sha256)) {
                return Err(Refusal::new(RefusalCode::UnknownItem, &reprint.sha256));
            }
            objection.reprints.push(reprint.clone());
        }
        ObjectionChange::MaterialMarked { code, mark } => {
            if objection.stage != Received {
                return Err(wrong_state(&objection));
            }
            let material = objection.materials.iter_mut().find(|material| material.code == *code);
            let material = material.ok_or_else(|| Refusal::new(RefusalCode::UnknownItem, code))?;
            material.mark = mark.clone();
        }
        ObjectionChange::Forwarded(forwarding) => {
            if let Some(gap) = objection.materials.iter().find(|material| Material::is_gap(material)) {
                return Err(Refusal::new(RefusalCode::GapsOpen, &gap.name));
            }
            go_on(&mut objection, &[Received], Forwarded)?;
            objection.forwarding = Some(forwarding.clone());
        }
        ObjectionChange::Accepted { on, .. } => {
            go_on(&mut objection, &[Forwarded], Accepted)?;
            objection.accepted_on = Some(*on);
        }
        ObjectionChange::Declined { by, on, reason } => {
            go_on(&mut objection, &[Forwarded], Declined)?;
            objection.declined = Some((by.clone(), *on, reason.clone()));
        }
        ObjectionChange::Inquired { to, on } => {
            go_on(&mut objection, &[Accepted, Inquiring, Replied], Inquiring)?;
            objection.inquiries.push(Inquiry {
                to: to.clone(),
                on: *on,
                reply: None,
            });
        }
        ObjectionChange::InquiryReplied { by, reply } => {
            let open = |inquiry: &&mut Inquiry| inquiry.to == *by && inquiry.reply.is_none();
            let Some(asked) = objection.inquiries.iter_mut().find(open) else {
                return Err(Refusal::new(RefusalCode::UnknownItem, by));
            };
            asked.reply = Some(reply.clone());
            let all_replied = objection.inquiries.iter().all(|inquiry| inquiry.reply.is_some());
            go_on(
                &mut objection,
                &[Inquiring],
                if all_replied { Replied } else { Inquiring },
            )?;
        }
        ObjectionChange::Decided(decision) => {
            go_on(&mut objection, &[Accepted, Inquiring, Replied], Decided)?;
            objection.decision = Some(decision.clone());
        }
        ObjectionChange::Withdrawn { reason, .. } => {
            go_on(
                &mut objection,
                &[Received, Forwarded, Accepted, Inquiring, Replied],
                Withdrawn,
            )?;
            objection.withdrawn = Some(reason.clone());
        }
        ObjectionChange::Closed { .. } => go_on(&mut objection, &[Declined, Decided, Withdrawn], Closed)?,
    }
    Ok(objection)
}

fn go_on(objection: &mut Objection, from: &[ObjectionState], to: ObjectionState) -> Result<(), Refusal> {
    if !from.contains(&objection.stage) {
        return Err(wrong_state(objection));
    }
    objection.stage = to;
    Ok(())
}

fn wrong_state(objection: &Objection) -> Refusal {
    Refusal::new(RefusalCode::WrongState, objection.stage.as_str())
}
