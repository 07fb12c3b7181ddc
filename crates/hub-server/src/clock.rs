//! What the hub takes from the world: the time and random bytes, so that a run can be repeated.

use std::{fmt, sync::Arc};

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

pub use counter_core::calendar::{beginning_in_china, day_in_china};

/// The clock and the random source of a hub.
#[derive(Clone)]
pub struct World {
    now: Arc<Now>,
    fill: Arc<Fill>,
}

type Now = dyn Fn() -> i64 + Send + Sync;
type Fill = dyn Fn(&mut [u8]) -> Result<(), NoEntropy> + Send + Sync;

/// The random source gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system gives no random bytes")]
pub struct NoEntropy;

impl World {
    /// The system's clock and random source.
    pub fn system() -> Self {
        Self::new(
            || Timestamp::now().as_millisecond(),
            |bytes| getrandom::fill(bytes).map_err(|_| NoEntropy),
        )
    }

    /// A world of the caller's making.
    pub fn new(
        now: impl Fn() -> i64 + Send + Sync + 'static,
        fill: impl Fn(&mut [u8]) -> Result<(), NoEntropy> + Send + Sync + 'static,
    ) -> Self {
        Self {
            now: Arc::new(now),
            fill: Arc::new(fill),
        }
    }

    /// This moment, ms UTC.
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// Fresh random bytes.
    ///
    /// # Errors
    /// [`NoEntropy`].
    pub fn random<const N: usize>(&self) -> Result<[u8; N], NoEntropy> {
        let mut bytes = [0; N];
        (self.fill)(&mut bytes)?;
        Ok(bytes)
    }
}

impl fmt::Debug for World {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("World")
    }
}

/// Day and time in China at `at` (ms UTC).
pub fn clock_in_china(at: i64) -> DateTime {
    china().to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH))
}

fn china() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}
