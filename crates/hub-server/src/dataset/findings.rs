//! What was found in the rows of a file, for whoever is about to publish it.

use std::collections::BTreeMap;

use counter_core::publicity::{Finding, Level, Rule};

/// So many findings are shown one by one; all are counted.
const SHOWN: usize = 50;

/// The findings of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many there are, by rule and word of the level.
    pub counts: BTreeMap<(Rule, &'static str), u64>,
    /// The first of them, those that keep a row for check before all others.
    pub first: Vec<Finding>,
    rejecting: usize,
}

impl Findings {
    /// One more.
    pub(super) fn add(&mut self, finding: &Finding) {
        *self.counts.entry((finding.rule, finding.level.as_str())).or_default() += 1;
        let rejects = finding.level == Level::Reject;
        let place = if rejects { self.rejecting } else { self.first.len() };
        if place < SHOWN {
            self.first.insert(place, finding.clone());
            self.first.truncate(SHOWN);
            self.rejecting += usize::from(rejects);
        }
    }

    /// How many there are.
    pub fn all(&self) -> u64 {
        self.counts.values().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(row: u32, level: Level) -> Finding {
        Finding {
            sheet: "处罚".into(),
            row,
            column: "文号".into(),
            rule: Rule::V14,
            level,
            message: String::new(),
            original: None,
            corrected: None,
        }
    }

    #[test]
    fn all_are_counted_and_what_keeps_rows_for_check_is_shown_first() {
        let mut findings = Findings::default();
        for row in 0..100 {
            findings.add(&finding(row, if row % 30 == 0 { Level::Reject } else { Level::Warn }));
        }
        assert_eq!(findings.all(), 100);
        assert_eq!(findings.counts[&(Rule::V14, "reject")], 4);
        assert_eq!(findings.first.len(), SHOWN);
        let rows: Vec<u32> = findings.first[..6].iter().map(|finding| finding.row).collect();
        assert_eq!(rows, [0, 30, 60, 90, 1, 2]);
    }
}
