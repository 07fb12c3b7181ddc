//! Clocks that go only when told.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// 2026-11-24 10:00 in China, ms UTC.
pub const NOW: i64 = 1_795_485_600_000;

/// A clock on somebody's wall. Clones show the same.
#[derive(Clone)]
pub struct TestClock {
    flow: Arc<dyn Fn() -> i64 + Send + Sync>,
    moved: Arc<AtomicI64>,
}

impl Default for TestClock {
    /// A clock that stands at [`NOW`] until it is moved.
    fn default() -> Self {
        Self::flowing(|| NOW)
    }
}

impl TestClock {
    /// A clock that goes as `flow` does (ms UTC), and can be moved besides.
    pub fn flowing(flow: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self {
            flow: Arc::new(flow),
            moved: Arc::default(),
        }
    }

    /// What it shows, ms UTC.
    pub fn now(&self) -> i64 {
        (self.flow)() + self.moved.load(Ordering::Relaxed)
    }

    /// Moves it by `ms`, forward or back.
    pub fn move_by(&self, ms: i64) {
        self.moved.fetch_add(ms, Ordering::Relaxed);
    }

    /// Moves it by whole days, forward or back.
    pub fn move_by_days(&self, days: i64) {
        self.move_by(days * 24 * 60 * 60 * 1000);
    }

    /// As the clock a counter signs by.
    pub fn for_counter(&self) -> counter_sync::Clock {
        let own = self.clone();
        counter_sync::Clock::new(move || own.now())
    }
}

impl fmt::Debug for TestClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TestClock({})", self.now())
    }
}
