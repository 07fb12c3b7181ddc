//! What can go wrong, each by its word, so that a run can be repeated without it.

use std::{collections::BTreeSet, fmt};

use test_support::Chance;

/// Something that goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    RequestLost,
    ReplyLost,
    Repeated,
    Late,
    SlowLink,
    Partition,
    CounterCrash,
    TornWrite,
    DiskFull,
    CounterClock,
    CounterRestored,
    HubCrash,
    HubBusy,
    HubClock,
    DelegationOver,
    OtherVersion,
    HubRestored,
}

impl Fault {
    pub const ALL: [Self; 17] = [
        Self::RequestLost,
        Self::ReplyLost,
        Self::Repeated,
        Self::Late,
        Self::SlowLink,
        Self::Partition,
        Self::CounterCrash,
        Self::TornWrite,
        Self::DiskFull,
        Self::CounterClock,
        Self::CounterRestored,
        Self::HubCrash,
        Self::HubBusy,
        Self::HubClock,
        Self::DelegationOver,
        Self::OtherVersion,
        Self::HubRestored,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::RequestLost => "request-lost",
            Self::ReplyLost => "reply-lost",
            Self::Repeated => "repeated",
            Self::Late => "late",
            Self::SlowLink => "slow-link",
            Self::Partition => "partition",
            Self::CounterCrash => "counter-crash",
            Self::TornWrite => "torn-write",
            Self::DiskFull => "disk-full",
            Self::CounterClock => "counter-clock",
            Self::CounterRestored => "counter-restored",
            Self::HubCrash => "hub-crash",
            Self::HubBusy => "hub-busy",
            Self::HubClock => "hub-clock",
            Self::DelegationOver => "delegation-over",
            Self::OtherVersion => "other-version",
            Self::HubRestored => "hub-restored",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fault| fault.word() == word)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.word())
    }
}

/// The faults of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(BTreeSet<Fault>);

impl Faults {
    /// Each is in a run by the toss of a coin: fewer at a time go deeper than all at once.
    pub fn drawn(chance: &Chance) -> Self {
        Self(Fault::ALL.into_iter().filter(|_| chance.happens(500)).collect())
    }

    /// Reads a list of words.
    pub fn parse(list: &str) -> Self {
        let words = list.split(',').filter(|word| !word.is_empty());
        Self(
            words
                .map(|word| Fault::from_word(word).unwrap_or_else(|| panic!("no fault is called {word}")))
                .collect(),
        )
    }

    pub fn without(&self, left_out: &Self) -> Self {
        Self(self.0.difference(&left_out.0).copied().collect())
    }

    pub fn and(&self, fault: Fault) -> Self {
        let mut more = self.clone();
        more.0.insert(fault);
        more
    }

    pub fn has(&self, fault: Fault) -> bool {
        self.0.contains(&fault)
    }

    pub fn iter(&self) -> impl Iterator<Item = Fault> {
        self.0.iter().copied()
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Fault::word).collect();
        formatter.write_str(&words.join(","))
    }
}
