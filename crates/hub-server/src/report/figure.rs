//! What a report counts.

use serde::{Deserialize, Serialize};

/// One thing that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    /// 收件.
    Received,
    /// 已提交.
    Submitted,
    /// 认定单位受理.
    Accepted,
    /// 认定单位不予受理.
    Declined,
    /// 准予修复.
    Repaired,
    /// 不予修复.
    Refused,
    /// 已撤下.
    TakenDown,
    /// 培训证明.
    Certificates,
}

impl Figure {
    /// Every figure, in the order of the columns.
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::Submitted,
        Self::Accepted,
        Self::Declined,
        Self::Repaired,
        Self::Refused,
        Self::TakenDown,
        Self::Certificates,
    ];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Repaired => "repaired",
            Self::Refused => "refused",
            Self::TakenDown => "taken_down",
            Self::Certificates => "certificates",
        }
    }

    /// The figure named by `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.as_str() == word)
    }
}

/// The figures of one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    counts: [u64; Figure::ALL.len()],
    days: i64,
}

impl Figures {
    /// How many.
    pub fn count(&self, figure: Figure) -> u64 {
        self.counts[figure as usize]
    }

    /// The calendar days from submission to decision, on average, in tenths of a day; absent without a decision.
    pub fn tenths_of_days(&self) -> Option<i64> {
        let decided = i64::try_from(self.count(Figure::Repaired) + self.count(Figure::Refused)).unwrap_or(i64::MAX);
        (decided > 0).then(|| (self.days * 10 + decided / 2) / decided)
    }

    /// Enters `count` more of a figure, and the days they took.
    pub fn enter(&mut self, figure: Figure, count: u64, days: i64) {
        self.counts[figure as usize] += count;
        self.days += days;
    }

    /// Adds another line.
    pub fn add(&mut self, other: &Self) {
        for (own, others) in self.counts.iter_mut().zip(other.counts) {
            *own += others;
        }
        self.days += other.days;
    }
}
