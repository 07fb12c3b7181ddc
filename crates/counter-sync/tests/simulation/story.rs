//! What happened in a run, in words, for the person who has to understand a failure.

use std::{
    fmt::Display,
    sync::{Arc, Mutex},
};

use crate::scheduler::Scheduler;

/// How many of the last events a failure tells.
const TOLD: usize = 120;

/// The events of a run. Clones share them.
#[derive(Clone)]
pub struct Story {
    scheduler: Scheduler,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Story {
    pub fn new(scheduler: &Scheduler, lines: Arc<Mutex<Vec<String>>>) -> Self {
        Self {
            scheduler: scheduler.clone(),
            lines,
        }
    }

    pub fn tell(&self, who: &str, what: impl Display) {
        let now = self.scheduler.now();
        let line = format!("{:>4}.{:03} s  {who:<4} {what}", now / 1000, now % 1000);
        self.lines.lock().unwrap().push(line);
    }
}

/// The end of a story.
pub fn last_lines(lines: &[String]) -> String {
    lines[lines.len().saturating_sub(TOLD)..].join("\n")
}
