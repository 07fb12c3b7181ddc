//! How many verdicts a process has given, by word: for whoever watches the hub.

use std::sync::atomic::{AtomicU64, Ordering};

use hub_api::feed::Verdict;

/// The words, in the order they are counted in.
const WORDS: [&str; 4] = ["applied", "merged", "refused", "waiting"];

/// Verdicts of one transaction, by word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerdictCount([u64; WORDS.len()]);

impl VerdictCount {
    /// One more.
    pub fn add(&mut self, verdict: &Verdict) {
        let place = match verdict {
            Verdict::Applied => 0,
            Verdict::Merged => 1,
            Verdict::Refused(_) => 2,
            Verdict::Waiting(_) => 3,
        };
        self.0[place] += 1;
    }
}

/// Verdicts of every transaction of this process that was kept.
#[derive(Debug, Default)]
pub struct VerdictTotals([AtomicU64; WORDS.len()]);

impl VerdictTotals {
    /// A transaction was kept.
    pub fn add(&self, count: VerdictCount) {
        for (total, number) in self.0.iter().zip(count.0) {
            total.fetch_add(number, Ordering::Relaxed);
        }
    }

    /// Each word with how often it was given.
    pub fn by_word(&self) -> impl Iterator<Item = (&'static str, u64)> {
        WORDS
            .into_iter()
            .zip(self.0.iter().map(|total| total.load(Ordering::Relaxed)))
    }
}
