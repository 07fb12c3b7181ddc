//! Training classes: opened, filled, signed in, closed.

pub mod class_detail;
pub mod class_list;
pub mod close_class;
pub mod enrol_trainee;
pub mod mark_attendance;
pub mod open_class;
pub mod withdraw_trainee;

use counter_core::{
    change::{Lane, LaneKind},
    class::Class,
    lane_state::LaneState,
};
use counter_store::{ReadTx, StoreError};
use jiff::civil::Date;

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::Class, no)
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<Class>, StoreError> {
    match tx.lane(&lane(no))? {
        Some(LaneState::Class(class)) => Ok(Some(class)),
        Some(_) | None => Ok(None),
    }
}

/// A field that cannot be kept as typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldFault {
    /// It must be filled.
    #[error("the field {0} is empty")]
    Empty(&'static str),
    /// It is longer than fits a paper.
    #[error("the field {0} is too long")]
    TooLong(&'static str),
    /// Not a day.
    #[error("{0:?} is not a day")]
    BadDate(String),
}

impl FieldFault {
    /// The stable word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty(_) => "field_empty",
            Self::TooLong(_) => "field_too_long",
            Self::BadDate(_) => "bad_date",
        }
    }

    /// The field or the text it is about.
    pub fn detail(&self) -> String {
        match self {
            Self::Empty(field) | Self::TooLong(field) => (*field).to_owned(),
            Self::BadDate(text) => text.clone(),
        }
    }
}

/// What fits one line of a paper with room to spare.
const LONGEST_FIELD: usize = 120;

pub(crate) fn filled(field: &'static str, text: &str) -> Result<String, FieldFault> {
    let text = text.trim();
    if text.is_empty() {
        Err(FieldFault::Empty(field))
    } else if text.chars().count() > LONGEST_FIELD {
        Err(FieldFault::TooLong(field))
    } else {
        Ok(text.to_owned())
    }
}

pub(crate) fn day(text: &str) -> Result<Date, FieldFault> {
    counter_core::record::parse_date(text).ok_or_else(|| FieldFault::BadDate(text.to_owned()))
}
