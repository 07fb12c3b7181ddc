//! Which backups are kept: the last of each of the latest days, weeks and months that have one.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};

use super::plan::BackupPlan;

/// The moment in a name, as `20261124-173005`.
pub(super) const MOMENT: &str = "%Y%m%d-%H%M%S";
/// What the name of every backup ends with.
pub(super) const ENDING: &str = ".backup";

/// The moment that the name of one of our backups tells; `None` for every other file, which is none of our business.
pub(super) fn moment_of(name: &str, stem: &str) -> Option<DateTime> {
    let moment = name.strip_prefix(stem)?.strip_suffix(ENDING)?;
    let told = DateTime::strptime(MOMENT, moment).ok()?;
    // Only what we would write ourselves: `strptime` takes shorter numbers too.
    (told.strftime(MOMENT).to_string() == moment).then_some(told)
}

/// Of backups made at these moments, those that the plan does not keep. The newest is always kept.
pub(super) fn superfluous(mut moments: Vec<DateTime>, plan: &BackupPlan) -> Vec<DateTime> {
    moments.sort_unstable();
    moments.reverse();
    let mut kept: BTreeSet<DateTime> = moments.first().copied().into_iter().collect();
    keep_last_of_each(&moments, plan.days, |day| day, &mut kept);
    keep_last_of_each(&moments, plan.weeks, week_of, &mut kept);
    keep_last_of_each(&moments, plan.months, Date::first_of_month, &mut kept);
    moments.retain(|moment| !kept.contains(moment));
    moments
}

fn keep_last_of_each(newest_first: &[DateTime], count: u32, period: fn(Date) -> Date, kept: &mut BTreeSet<DateTime>) {
    let mut periods = BTreeSet::new();
    for moment in newest_first {
        if periods.len() == count as usize {
            return;
        }
        if periods.insert(period(moment.date())) {
            kept.insert(*moment);
        }
    }
}

/// The Monday of the week.
fn week_of(day: Date) -> Date {
    let since_monday = i64::from(day.weekday().to_monday_zero_offset());
    day.saturating_sub(jiff::Span::new().days(since_monday))
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::date};
    use proptest::prelude::*;

    use super::*;

    fn plan(days: u32, weeks: u32, months: u32) -> BackupPlan {
        BackupPlan {
            folder: String::new(),
            days,
            weeks,
            months,
        }
    }

    #[test]
    fn a_year_of_two_backups_a_day_leaves_seven_days_four_weeks_and_twelve_months() {
        let first = date(2025, 11, 25).at(9, 0, 0, 0);
        let made: Vec<DateTime> = (0..365)
            .flat_map(|day| [first + day.days(), first + day.days() + 8.hours()])
            .collect();
        let gone = superfluous(made.clone(), &plan(7, 4, 12));
        let mut kept: Vec<String> = made
            .into_iter()
            .filter(|moment| !gone.contains(moment))
            .map(|moment| moment.strftime("%m-%d %H").to_string())
            .collect();
        kept.sort_unstable();
        let mut expected = [
            // Seven days;
            "11-18 17", "11-19 17", "11-20 17", "11-21 17", "11-22 17", "11-23 17", "11-24 17",
            // the Sundays of the two weeks before;
            "11-08 17", "11-15 17", // and the last days of eleven months.
            "01-31 17", "02-28 17", "03-31 17", "04-30 17", "05-31 17", "06-30 17", "07-31 17", "08-31 17", "09-30 17",
            "10-31 17", "12-31 17",
        ];
        expected.sort_unstable();
        assert_eq!(kept, expected);
    }

    proptest! {
        #[test]
        fn the_newest_backup_is_never_removed_and_removing_is_done_at_once(
            hours in prop::collection::vec(0_i64..20_000, 1..60), days in 1_u32..10, weeks in 0_u32..6, months in 0_u32..13,
        ) {
            let first = date(2025, 1, 1).at(0, 0, 0, 0);
            let mut made: Vec<DateTime> = hours.iter().map(|hour| first + hour.hours()).collect();
            made.sort_unstable();
            made.dedup();
            let plan = plan(days, weeks, months);
            let gone = superfluous(made.clone(), &plan);
            prop_assert!(!gone.contains(made.last().unwrap()));
            let left: Vec<DateTime> = made.into_iter().filter(|moment| !gone.contains(moment)).collect();
            prop_assert!(left.len() <= (days + weeks + months) as usize);
            prop_assert_eq!(superfluous(left, &plan), vec![]);
        }
    }

    #[test]
    fn only_what_this_counter_wrote_is_taken_for_its_backup() {
        let stem = "YX-440104-W03-";
        assert!(moment_of("YX-440104-W03-20261124-173005.backup", stem).is_some());
        for other in [
            "YX-440104-W04-20261124-173005.backup",
            "YX-440104-W03-20261124-173005.backup.part",
            "YX-440104-W03-20261324-173005.backup",
            "YX-440104-W03-20261124-17305.backup",
            "YX-440104-W03-before-the-move.backup",
            "photo.png",
        ] {
            assert_eq!(moment_of(other, stem), None, "{other}");
        }
    }
}
