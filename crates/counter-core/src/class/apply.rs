//! The reducer of a class.

use super::{AttendanceMark, Class, ClassChange, ClassOpened, Trainee, TraineeEnrolment};
use crate::{
    change::Change,
    refusal::{Refusal, RefusalCode},
};

/// Applies a change to a class.
///
/// # Errors
/// When the class is opened twice, by figures no exam can be held by, acted on before it is open or
/// after it is closed; when a trainee is unknown, has left, or is enrolled twice.
pub fn apply(state: Option<Class>, change: &Change, body: &ClassChange) -> Result<Class, Refusal> {
    let no = &change.lane.id;
    match (state, body) {
        (None, ClassChange::Opened(opened)) => open(change, opened),
        (Some(_), ClassChange::Opened(_)) => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
        (None, _) => Err(Refusal::new(RefusalCode::NotFound, no)),
        (Some(class), _) if class.closed_on.is_some() => Err(Refusal::new(RefusalCode::WrongState, no)),
        (Some(class), body) => step(class, body),
    }
}

fn open(change: &Change, opened: &ClassOpened) -> Result<Class, Refusal> {
    if let Some(fault) = opened.exam.fault() {
        return Err(Refusal::new(RefusalCode::Contradiction, fault.as_str()));
    }
    Ok(Class {
        no: change.lane.id.clone(),
        opened: opened.clone(),
        trainees: Vec::new(),
        closed_on: None,
        organizer: change.actor.clone(),
    })
}

fn step(mut class: Class, body: &ClassChange) -> Result<Class, Refusal> {
    match body {
        ClassChange::Opened(_) => return Err(Refusal::new(RefusalCode::AlreadyExists, class.no)),
        ClassChange::TraineeEnrolled { trainee } => enrol(&mut class, trainee)?,
        ClassChange::TraineeWithdrawn { trainee, reason } => {
            active_trainee(&mut class, trainee)?.withdrawn = Some(reason.clone());
        }
        ClassChange::AttendanceMarked { trainee, mark } => {
            if mark.on < class.opened.starts_on {
                let detail = format!("{} < {}", mark.on, class.opened.starts_on);
                return Err(Refusal::new(RefusalCode::DateBeforeCause, detail));
            }
            mark_attendance(active_trainee(&mut class, trainee)?, mark);
        }
        ClassChange::Closed { on, .. } => {
            if *on < class.opened.starts_on {
                return Err(Refusal::new(
                    RefusalCode::DateBeforeCause,
                    format!("{on} < {}", class.opened.starts_on),
                ));
            }
            class.closed_on = Some(*on);
        }
    }
    Ok(class)
}

fn enrol(class: &mut Class, enrolment: &TraineeEnrolment) -> Result<(), Refusal> {
    if class.trainee(&enrolment.id).is_some() {
        return Err(Refusal::new(RefusalCode::AlreadyExists, &enrolment.id));
    }
    if class
        .active_trainees()
        .any(|known| known.enrolment.is_same_person(enrolment))
    {
        return Err(Refusal::new(RefusalCode::AlreadyExists, &enrolment.name));
    }
    class.trainees.push(Trainee {
        enrolment: enrolment.clone(),
        attendance: Vec::new(),
        withdrawn: None,
    });
    Ok(())
}

fn active_trainee<'class>(class: &'class mut Class, id: &str) -> Result<&'class mut Trainee, Refusal> {
    match class.trainees.iter_mut().find(|trainee| trainee.enrolment.id == id) {
        None => Err(Refusal::new(RefusalCode::UnknownItem, id)),
        Some(trainee) if trainee.withdrawn.is_some() => Err(Refusal::new(RefusalCode::WrongState, id)),
        Some(trainee) => Ok(trainee),
    }
}

fn mark_attendance(trainee: &mut Trainee, mark: &AttendanceMark) {
    match trainee.attendance.binary_search_by_key(&mark.on, |known| known.on) {
        Ok(at) => trainee.attendance[at] = mark.clone(),
        Err(at) => trainee.attendance.insert(at, mark.clone()),
    }
}
