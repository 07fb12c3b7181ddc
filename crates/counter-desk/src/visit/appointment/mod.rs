//! 预约: agreed on, kept or called off.

use counter_core::{
    change::ChangeBody,
    number::NumberFamily,
    subject_snapshot::SubjectSnapshot,
    visit::{Booking, VisitChange},
};
use counter_store::RecordError;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::agent::{given, is_phone, masked};
use crate::{Actor, Coded, Desk, coded::from_store_error};

/// An appointment as typed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BookVisit {
    /// For which day, ISO.
    pub on: String,
    /// At what time, such as `09:30`; none where none was agreed on.
    pub time: Option<String>,
    /// Who called or wrote.
    pub contact_name: String,
    /// Their telephone number, where it was given.
    pub phone: Option<String>,
    /// What it is about.
    pub about: String,
}

impl std::fmt::Debug for BookVisit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("BookVisit")
            .field("on", &self.on)
            .finish_non_exhaustive()
    }
}

/// The appointment was not entered.
#[derive(Debug, thiserror::Error)]
pub enum AppointmentError {
    /// A field that must be filled is empty.
    #[error("the field {0} is empty")]
    Empty(&'static str),
    /// Not a day, or one that is over.
    #[error("{0:?} is no day to come")]
    BadDay(String),
    /// Not a time of the day.
    #[error("{0:?} is not a time")]
    BadTime(String),
    /// Not a mainland mobile number.
    #[error("the telephone number is not valid")]
    Phone,
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(AppointmentError);

impl Coded for AppointmentError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty(_) => "field_empty",
            Self::BadDay(_) => "day_not_to_come",
            Self::BadTime(_) => "bad_time",
            Self::Phone => "agent_phone",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Empty(field) => (*field).to_owned(),
            Self::BadDay(text) | Self::BadTime(text) => text.clone(),
            Self::Phone => String::new(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Enters an appointment for `subject` and answers the number of the visit to come.
///
/// # Errors
/// [`AppointmentError`].
pub fn book_visit(
    desk: &Desk,
    actor: &Actor,
    subject: SubjectSnapshot,
    booking: &BookVisit,
) -> Result<String, AppointmentError> {
    let today = desk.clock().today();
    let on = counter_core::record::parse_date(&booking.on).filter(|on| *on >= today);
    let on = on.ok_or_else(|| AppointmentError::BadDay(booking.on.clone()))?;
    let time = given(&booking.time).map(read_time).transpose()?;
    let phone = given(&booking.phone);
    if phone.is_some_and(|phone| !is_phone(phone)) {
        return Err(AppointmentError::Phone);
    }
    let contact_name = booking.contact_name.trim();
    if contact_name.is_empty() {
        return Err(AppointmentError::Empty("contactName"));
    }
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let no = tx.next_number(NumberFamily::Visit, today.year())?;
        let lane = super::lane(&no);
        let sealed = phone.map(|phone| tx.seal(&lane, phone)).transpose()?;
        let booking = Booking {
            on,
            time,
            contact_name: contact_name.to_owned(),
            phone: sealed,
            phone_masked: phone.map(|phone| masked(phone, 3, 4)),
            about: booking.about.trim().to_owned(),
        };
        tx.record(&act, lane, ChangeBody::Visit(VisitChange::Booked { subject, booking }))?;
        Ok(no)
    })
}

fn read_time(text: &str) -> Result<Time, AppointmentError> {
    let plain = text.replace('：', ":");
    let time = Time::strptime("%H:%M", &plain);
    time.map_err(|_| AppointmentError::BadTime(text.to_owned()))
}

/// The applicant of the appointment `no` is here.
///
/// # Errors
/// When it is not awaited or cannot be kept.
pub fn arrive(desk: &Desk, actor: &Actor, no: &str, queue_number: Option<String>) -> Result<(), RecordError> {
    enter(desk, actor, no, VisitChange::Arrived { queue_number })
}

/// Calls the appointment `no` off.
///
/// # Errors
/// [`AppointmentError`]; when it is not awaited it stays as it is.
pub fn cancel_booking(desk: &Desk, actor: &Actor, no: &str, reason: &str) -> Result<(), AppointmentError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(AppointmentError::Empty("reason"));
    }
    let cancelled = VisitChange::BookingCancelled {
        reason: reason.to_owned(),
    };
    Ok(enter(desk, actor, no, cancelled)?)
}

fn enter(desk: &Desk, actor: &Actor, no: &str, change: VisitChange) -> Result<(), RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        tx.record(&act, super::lane(no), ChangeBody::Visit(change))?;
        Ok(())
    })
}
