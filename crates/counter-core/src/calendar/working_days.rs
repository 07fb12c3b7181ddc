//! 工作日: Monday to Friday, with the exceptions of the yearly holiday notices.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday, date};
use serde::{Deserialize, Serialize};

use super::day_after;

/// The working days of the years the calendar knows; nothing is claimed beyond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    /// `true` = a weekend day that is worked, `false` = a weekday that is off.
    exceptions: BTreeMap<Date, bool>,
    from: Date,
    until: Date,
}

/// The answer to "when is it due".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct DueDate {
    /// The due day; absent when the calendar does not reach it.
    #[specta(type = Option<String>)]
    pub due_on: Option<Date>,
    /// The last day the calendar knows.
    #[specta(type = String)]
    pub calendar_until: Date,
}

/// Why a calendar file was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// A line is not `date,off` or `date,work`.
    #[error("line {line} of the calendar is not a date and off or work: {text}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// The line as it stands.
        text: String,
    },
    /// A day is named twice, or the days are not in order.
    #[error("line {line} of the calendar is not after the one before it")]
    Order {
        /// Counted from 1.
        line: usize,
    },
    /// There is no day in it.
    #[error("the calendar is empty")]
    Empty,
    /// Its first year does not follow the last one known: the days between would be guessed.
    #[error("the calendar begins with {found}, and {expected} is not known yet")]
    Gap {
        /// The year it begins with.
        found: i16,
        /// The latest year it may begin with.
        expected: i16,
    },
    /// It ends before the last year known.
    #[error("the calendar ends with {found}, and {known} is known already")]
    Old {
        /// The year it ends with.
        found: i16,
        /// The last year known.
        known: i16,
    },
}

impl WorkingDays {
    /// Reads a calendar: a header line, then `2026-10-10,work` or `2026-10-01,off` in ascending order. The calendar knows
    /// whole years, from the first to the last one named.
    ///
    /// # Errors
    /// When a line cannot be read, the days are not in order, or there are none.
    pub fn parse(text: &str) -> Result<Self, CalendarError> {
        let mut exceptions = BTreeMap::new();
        let lines = text.trim_start_matches('\u{feff}').lines().enumerate().skip(1);
        for (index, raw) in lines.filter(|(_, raw)| !raw.trim().is_empty()) {
            let line = index + 1;
            let (day, worked) = exception(raw).ok_or_else(|| CalendarError::Line {
                line,
                text: raw.to_owned(),
            })?;
            if exceptions.last_key_value().is_some_and(|(last, _)| *last >= day) {
                return Err(CalendarError::Order { line });
            }
            exceptions.insert(day, worked);
        }
        let first = *exceptions.first_key_value().ok_or(CalendarError::Empty)?.0;
        let last = *exceptions.last_key_value().ok_or(CalendarError::Empty)?.0;
        Ok(Self {
            exceptions,
            from: date(first.year(), 1, 1),
            until: date(last.year(), 12, 31),
        })
    }

    /// The same calendar with the years of `later` in the place of its own, and longer by the new ones.
    ///
    /// # Errors
    /// `Gap` when a year between would be left out, `Old` when nothing new comes with it.
    pub fn with_years_of(mut self, later: Self) -> Result<Self, CalendarError> {
        let expected = self.until.year() + 1;
        if later.from.year() > expected {
            return Err(CalendarError::Gap {
                found: later.from.year(),
                expected,
            });
        }
        if later.until < self.until {
            return Err(CalendarError::Old {
                found: later.until.year(),
                known: self.until.year(),
            });
        }
        self.exceptions.retain(|day, _| *day < later.from);
        self.exceptions.extend(later.exceptions);
        self.from = self.from.min(later.from);
        self.until = later.until;
        Ok(self)
    }

    /// The first day known.
    pub fn from(&self) -> Date {
        self.from
    }

    /// The last day known.
    pub fn until(&self) -> Date {
        self.until
    }

    /// Whether offices work on `day`; absent where the calendar does not reach.
    pub fn is_working(&self, day: Date) -> Option<bool> {
        if day < self.from || day > self.until {
            return None;
        }
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        Some(self.exceptions.get(&day).copied().unwrap_or(!weekend))
    }

    /// The day a limit of `days` working days ends that starts to run on `from`: the first working day after is day one.
    /// With no days it is `from` itself.
    pub fn due(&self, from: Date, days: u16) -> DueDate {
        DueDate {
            due_on: self.nth_after(from, days),
            calendar_until: self.until,
        }
    }

    fn nth_after(&self, from: Date, days: u16) -> Option<Date> {
        self.is_working(from)?;
        let (mut day, mut left) = (from, days);
        while left > 0 {
            day = day_after(day, 1);
            if self.is_working(day)? {
                left -= 1;
            }
        }
        Some(day)
    }
}

fn exception(line: &str) -> Option<(Date, bool)> {
    let (day, kind) = line.trim().split_once(',')?;
    let worked = match kind.trim() {
        "work" => true,
        "off" => false,
        _ => return None,
    };
    Some((day.trim().parse().ok()?, worked))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn shipped() -> WorkingDays {
        WorkingDays::parse(include_str!(
            "../../../../assets/calendars/cn_workday_exceptions_2019_2026.csv"
        ))
        .unwrap()
    }

    #[rstest]
    #[case::over_the_national_day("2026-09-30", 3, Some("2026-10-10"))]
    #[case::plain_week("2026-11-24", 3, Some("2026-11-27"))]
    #[case::from_a_weekend("2026-11-28", 1, Some("2026-11-30"))]
    #[case::no_days("2026-11-24", 0, Some("2026-11-24"))]
    #[case::last_known_day("2026-12-30", 1, Some("2026-12-31"))]
    #[case::beyond_the_calendar("2026-12-25", 10, None)]
    #[case::before_the_calendar("2018-12-25", 1, None)]
    fn a_due_date_counts_working_days_and_is_not_guessed(
        #[case] from: Date,
        #[case] days: u16,
        #[case] due: Option<&str>,
    ) {
        let expected = due.map(|day| day.parse().unwrap());
        assert_eq!(
            shipped().due(from, days),
            DueDate {
                due_on: expected,
                calendar_until: date(2026, 12, 31)
            }
        );
    }

    #[test]
    fn a_new_year_follows_the_last_one_and_leaves_no_gap() {
        let year = |text: &str| WorkingDays::parse(&format!("date,kind\n{text}")).unwrap();
        let longer = shipped().with_years_of(year("2027-01-01,off\n2027-10-01,off")).unwrap();
        assert_eq!(longer.until(), date(2027, 12, 31));
        assert_eq!(longer.due(date(2026, 12, 31), 1).due_on, Some(date(2027, 1, 4)));
        assert_eq!(
            longer.due(date(2026, 9, 30), 3).due_on,
            Some(date(2026, 10, 10)),
            "what was known stays"
        );
        // A notice that was changed within the year takes the place of the one before.
        let again = shipped().with_years_of(year("2026-01-01,off")).unwrap();
        assert_eq!(again.is_working(date(2026, 10, 1)), Some(true));
        assert_eq!(
            shipped().with_years_of(year("2028-01-01,off")),
            Err(CalendarError::Gap {
                found: 2028,
                expected: 2027
            })
        );
        assert_eq!(
            shipped().with_years_of(year("2025-01-01,off")),
            Err(CalendarError::Old {
                found: 2025,
                known: 2026
            })
        );
    }

    #[test]
    fn a_calendar_with_a_fault_is_refused_with_its_line() {
        assert_eq!(
            WorkingDays::parse("date,kind\n2026-01-01,holiday"),
            Err(CalendarError::Line {
                line: 2,
                text: "2026-01-01,holiday".into()
            })
        );
        assert_eq!(
            WorkingDays::parse("date,kind\n2026-01-02,off\n2026-01-02,off"),
            Err(CalendarError::Order { line: 3 })
        );
        assert_eq!(WorkingDays::parse("date,kind\n"), Err(CalendarError::Empty));
    }
}
