//! The clocks of the sittings that run in this process. They only go forward, whatever is done to the computer's date.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The running clocks, by the number of the sitting.
#[derive(Debug, Default)]
pub struct ExamTimers {
    running: Mutex<HashMap<String, Running>>,
}

#[derive(Clone, Copy, Debug)]
struct Running {
    used_before: Duration,
    since: Instant,
}

impl ExamTimers {
    /// Starts the clock of a sitting that has used `used_ms` of its time so far, or sets it anew.
    pub fn start(&self, session: &str, used_ms: u64) {
        let running = Running {
            used_before: Duration::from_millis(used_ms),
            since: Instant::now(),
        };
        self.lock().insert(session.to_owned(), running);
    }

    /// Exam time used, in milliseconds; `None` when the clock does not run, as after a crash.
    pub fn elapsed_ms(&self, session: &str) -> Option<u64> {
        let running = *self.lock().get(session)?;
        u64::try_from((running.used_before + running.since.elapsed()).as_millis()).ok()
    }

    /// Stops the clock of a sitting that was handed in.
    pub fn stop(&self, session: &str) {
        self.lock().remove(session);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
