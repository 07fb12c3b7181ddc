//! The clock of the desk. Law reckons in days of China's standard time; the log in UTC milliseconds.

use counter_core::calendar::day_in_china;
use jiff::{Timestamp, civil::Date};

/// Tells the time. Everything that needs it takes it from here, so that a result can be repeated.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Timestamp;

    /// This moment in milliseconds since 1970 UTC.
    fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }

    /// Today at the counter.
    fn today(&self) -> Date {
        date_of(self.now())
    }
}

/// The civil day of an instant at the counter (UTC+8, without summer time).
pub fn date_of(instant: Timestamp) -> Date {
    day_in_china(instant.as_millisecond())
}

/// The computer's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that stands still, for `--now` and for tests.
#[derive(Debug)]
pub struct FixedClock(pub Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}
