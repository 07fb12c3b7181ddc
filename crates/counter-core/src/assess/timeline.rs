//! The public life of a record as a bar: from the decision to the day it is no longer shown.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Assessment, Verdict};

/// The bar of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Timeline {
    /// The day of the decision or listing.
    #[specta(type = String)]
    pub decided_on: Date,
    /// The first day an application is in time.
    #[specta(type = Option<String>)]
    pub eligible_on: Option<Date>,
    /// The first day it is no longer public.
    #[specta(type = Option<String>)]
    pub ends_on: Option<Date>,
    /// The phases one after the other, without gaps.
    pub phases: Vec<Phase>,
}

/// A stretch of the bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Phase {
    /// What time allows in it.
    pub kind: PhaseKind,
    /// Its first day.
    #[specta(type = String)]
    pub from: Date,
    /// The first day after it; absent for the one that stays.
    #[specta(type = Option<String>)]
    pub until: Option<Date>,
}

/// What time allows in a phase; conditions other than time are not its matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum PhaseKind {
    /// 最短公示期内
    NotYet,
    /// 可以申请
    Open,
    /// 公示期间不予修复
    Closed,
    /// 届满
    Ended,
}

impl Assessment {
    /// The bar of a record decided on that day; absent when it is not published or no date is known.
    pub fn timeline(&self, decided_on: Date) -> Option<Timeline> {
        match self.verdict {
            Verdict::NotPublished | Verdict::Refer | Verdict::Undetermined => return None,
            Verdict::Eligible
            | Verdict::NotYet
            | Verdict::ConditionsMissing
            | Verdict::NotRepairable
            | Verdict::Ended => {}
        }
        let before = if self.eligible_on.is_some() {
            PhaseKind::NotYet
        } else {
            PhaseKind::Closed
        };
        let starts = [
            Some((before, decided_on)),
            self.eligible_on.map(|day| (PhaseKind::Open, day)),
            self.ends_on.map(|day| (PhaseKind::Ended, day)),
        ];
        let starts: Vec<(PhaseKind, Date)> = starts.into_iter().flatten().collect();
        let ends = starts.iter().skip(1).map(|(_, day)| Some(*day)).chain([None]);
        let phases = starts
            .iter()
            .zip(ends)
            .map(|(&(kind, from), until)| Phase { kind, from, until });
        Some(Timeline {
            decided_on,
            eligible_on: self.eligible_on,
            ends_on: self.ends_on,
            phases: phases.filter(|phase| phase.until != Some(phase.from)).collect(),
        })
    }
}
