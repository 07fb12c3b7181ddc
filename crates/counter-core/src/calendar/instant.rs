//! Days in China and the instants they begin and hold.

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

/// The first moment of `day` in China, ms UTC; `None` beyond what a clock can say.
pub fn beginning_in_china(day: Date) -> Option<i64> {
    let midnight = CHINA.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
    Some(midnight.as_millisecond())
}
