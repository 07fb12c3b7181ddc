//! V06 counted backwards once, instead of forwards for every row.

use counter_core::calendar::WorkingDays;
use jiff::civil::Date;

/// 上报时限 in working days after the day of the decision (发改办财金〔2018〕424号).
const WORKING_DAYS: u16 = 7;

/// The earliest day of decision whose seventh working day is not before `reported_on`; `None` where the
/// calendar does not reach.
pub(super) fn in_time_since(calendar: &WorkingDays, reported_on: Date) -> Option<Date> {
    let mut decided = reported_on.yesterday().ok()?;
    let mut between = 0;
    loop {
        between += u16::from(calendar.is_working(decided)?);
        if between >= WORKING_DAYS {
            return Some(decided);
        }
        decided = decided.yesterday().ok()?;
    }
}

#[cfg(test)]
mod tests {
    use counter_core::pack::RuleBook;
    use jiff::{ToSpan, civil::date};

    use super::*;

    #[test]
    fn counting_back_agrees_with_counting_forward() {
        let rules = RuleBook::shipped();
        let calendar = rules.calendar();
        for back in 0..400 {
            let reported = date(2026, 11, 24).checked_sub(back.days()).unwrap();
            let since = in_time_since(calendar, reported).unwrap();
            let due = |decided: Date| calendar.due(decided, WORKING_DAYS).due_on.unwrap();
            assert!(due(since) >= reported, "{reported}: {since} is in time");
            assert!(
                due(since.yesterday().unwrap()) < reported,
                "{reported}: the day before {since} is late"
            );
        }
    }
}
