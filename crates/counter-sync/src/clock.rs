//! The counter's clock, and how far the hub says it is off.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

/// The clock requests are signed by. Clones share the correction learned from the hub.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> i64 + Send + Sync>,
    correction: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that reads `now` (ms UTC).
    pub fn new(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self {
            now: Arc::new(now),
            correction: Arc::new(AtomicI64::new(0)),
        }
    }

    /// What the counter's clock shows, ms UTC.
    pub fn now(&self) -> i64 {
        (self.now)()
    }

    /// What the hub's clock should show, ms UTC.
    pub(crate) fn hub_now(&self) -> i64 {
        self.now().saturating_add(self.correction.load(Ordering::Relaxed))
    }

    /// The hub said that it is `hub_now` (ms UTC). Used for signing only, never for dates on papers.
    pub(crate) fn correct(&self, hub_now: i64) {
        self.correction
            .store(hub_now.saturating_sub(self.now()), Ordering::Relaxed);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Clock")
    }
}
