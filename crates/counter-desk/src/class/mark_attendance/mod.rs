//! 签到: who was there on a day; the last word per trainee and day counts.

use counter_core::{
    change::ChangeBody,
    class::{AttendanceMark, ClassChange},
};
use counter_store::RecordError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Actor, Desk};

/// One trainee's attendance on the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attendance {
    /// The trainee's id in the class.
    pub trainee: String,
    /// Present or absent.
    pub present: bool,
}

/// Marks the attendance of several trainees on one day, all or none.
///
/// # Errors
/// When the class or a trainee is unknown, a trainee has left, the day is before the class, or it cannot be kept.
pub fn mark_attendance(
    desk: &Desk,
    actor: &Actor,
    class: &str,
    on: Date,
    attendance: &[Attendance],
) -> Result<(), RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        for entry in attendance {
            let mark = AttendanceMark {
                on,
                present: entry.present,
            };
            let change = ClassChange::AttendanceMarked {
                trainee: entry.trainee.clone(),
                mark,
            };
            tx.record(&act, super::lane(class), ChangeBody::Class(change))?;
        }
        Ok(())
    })
}
