//! Which day it is in China at an instant.

use jiff::{Timestamp, civil::Date, tz};

/// China Standard Time, eight hours ahead of UTC all year.
const CHINA: tz::Offset = tz::offset(8);

/// The civil day in China at `instant`, ms UTC; the ends of time where it is beyond them.
pub fn day_in_china(instant: i64) -> Date {
    match Timestamp::from_millisecond(instant) {
        Ok(at) => CHINA.to_datetime(at).date(),
        Err(_) if instant < 0 => Date::MIN,
        Err(_) => Date::MAX,
    }
}
