//! What was promised in a run: what was shown as saved, which numbers were given out, what an officer was told.

use std::sync::{Arc, Mutex, MutexGuard};

use counter_core::change::{ChangeHash, CounterCode, IncarnationId, Lane};

use crate::acts::Known;

/// A change that a counter has shown as saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub counter: CounterCode,
    pub incarnation: IncarnationId,
    pub seq: u64,
    pub hash: ChangeHash,
    pub lane: Lane,
}

/// An act that the hub told an officer it had entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entered {
    pub case: String,
    pub kind: &'static str,
}

/// Everything promised. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Mutex<Pages>>);

/// Its pages.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    pub saved: Vec<Saved>,
    pub numbers: Vec<String>,
    pub entered: Vec<Entered>,
    pub known: Known,
}

impl Ledger {
    pub fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap()
    }

    /// Notes the numbers of an act, and that what they name is there to act on.
    pub fn give_out(&self, numbers: &[String]) {
        let mut pages = self.open();
        for number in numbers {
            let known = &mut pages.known;
            let serial = number.rsplit('-').next().unwrap_or_default();
            match serial.chars().next() {
                Some('V') => {}
                Some('K') => known.classes.push(number.clone()),
                Some('E') => known.sittings.push(number.clone()),
                Some('C') => known.certificates.push(number.clone()),
                Some('Y') => known.objections.push(number.clone()),
                Some(_) | None => known.cases.push(number.clone()),
            }
            pages.numbers.push(number.clone());
        }
    }
}
