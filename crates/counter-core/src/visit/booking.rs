//! 预约: a visit that was agreed on before anybody came.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::sealed::Sealed;

/// An appointment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// For which day.
    pub on: Date,
    /// At what time, where one was agreed on.
    pub time: Option<Time>,
    /// Who called or wrote.
    pub contact_name: String,
    /// The telephone number, sealed.
    pub phone: Option<Sealed>,
    /// The telephone number with the middle hidden.
    pub phone_masked: Option<String>,
    /// What it is about.
    pub about: String,
}
