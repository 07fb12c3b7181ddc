//! Counting time: periods of calendar months, and working days from an importable calendar.
//!
//! Today's date is never read here; it is an argument everywhere.

mod instant;
mod period;
mod working_days;

pub use instant::{beginning_in_china, day_in_china};
pub use period::{Period, corresponding_day, day_after};
pub use working_days::{CalendarError, DueDate, WorkingDays};
