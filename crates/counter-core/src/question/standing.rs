//! How far the rule value behind a question can be relied upon on a day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ValueRef;
use crate::pack::{RuleBook, Status};

/// How a rule value stands on the day of an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ValueStanding {
    /// In force; read in the official text, or confirmed and signed by a lead.
    Verified,
    /// In force; read in a copy or report.
    Secondary,
    /// In force, but neither, or sources contradict each other.
    Recalled,
    /// A lead changed it after the question was written: the answer may no longer be right.
    Changed,
    /// Its pack is not in force on that day.
    Superseded,
    /// There is no such value.
    Unknown,
}

impl ValueStanding {
    /// Whether an exam may ask about the value.
    pub fn may_be_asked(self) -> bool {
        match self {
            Self::Verified | Self::Secondary => true,
            Self::Recalled | Self::Changed | Self::Superseded | Self::Unknown => false,
        }
    }
}

/// How `value` stands in `book` on `day`. `written_for` is the book the bank was written for, without corrections.
pub fn standing_in(book: &RuleBook, written_for: &RuleBook, value: &ValueRef, day: Date) -> ValueStanding {
    let (Some(pack), Some(before)) = (book.pack(&value.pack), written_for.value(&value.pack, &value.key)) else {
        return ValueStanding::Unknown;
    };
    let Some(now) = pack.value(&value.key) else {
        return ValueStanding::Unknown;
    };
    if !pack.in_force(day) {
        ValueStanding::Superseded
    } else if now.display != before.display {
        ValueStanding::Changed
    } else if now.conflict.is_some() {
        ValueStanding::Recalled
    } else {
        match now.status {
            Status::Verified => ValueStanding::Verified,
            Status::Secondary => ValueStanding::Secondary,
            Status::Recalled => ValueStanding::Recalled,
        }
    }
}
