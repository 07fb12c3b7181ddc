//! What people type into forms: filled or not, a day that has come or not.

use jiff::civil::Date;

/// A field that cannot be taken as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypedFault {
    /// A field that must be filled is empty.
    #[error("the field {0} is empty")]
    Empty(&'static str),
    /// Not a day.
    #[error("{0:?} is not a day")]
    BadDate(String),
    /// A day that has not come.
    #[error("{0} has not come yet")]
    Future(Date),
}

impl TypedFault {
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Empty(_) => "field_empty",
            Self::BadDate(_) => "bad_date",
            Self::Future(_) => "date_in_future",
        }
    }

    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Empty(field) => (*field).to_owned(),
            Self::BadDate(text) => text.clone(),
            Self::Future(on) => on.to_string(),
        }
    }
}

/// The text without blanks around it.
pub(crate) fn filled(field: &'static str, text: &str) -> Result<String, TypedFault> {
    match text.trim() {
        "" => Err(TypedFault::Empty(field)),
        text => Ok(text.to_owned()),
    }
}

/// Any day.
pub(crate) fn day(text: &str) -> Result<Date, TypedFault> {
    counter_core::record::parse_date(text).ok_or_else(|| TypedFault::BadDate(text.to_owned()))
}

/// A day that has come.
pub(crate) fn past_day(text: &str, today: Date) -> Result<Date, TypedFault> {
    let on = day(text)?;
    if on > today {
        Err(TypedFault::Future(on))
    } else {
        Ok(on)
    }
}
