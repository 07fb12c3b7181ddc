//! Periods of calendar months: Civil Code of the PRC, articles 201 and 202.

use jiff::{Span, civil::Date};

/// A period that begins with an event and lasts whole months.
///
/// The day of the event does not count (art. 201); the period ends on the corresponding day of the last month, or on that
/// month's last day where there is none (art. 202).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The day of the event.
    pub from: Date,
    /// How many months.
    pub months: u16,
}

impl Period {
    /// The last day that still belongs to the period; `from` itself when it lasts no month.
    pub fn last_day(self) -> Date {
        corresponding_day(self.from, self.months)
    }
}

/// The day `months` later with the same number, or that month's last day.
pub fn corresponding_day(from: Date, months: u16) -> Date {
    from.saturating_add(Span::new().months(i32::from(months)))
}

/// The day `days` after.
pub fn day_after(date: Date, days: u16) -> Date {
    date.saturating_add(Span::new().days(i32::from(days)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-05-10", 3, "2026-08-10")]
    #[case("2025-11-30", 3, "2026-02-28")]
    #[case("2023-11-30", 3, "2024-02-29")]
    #[case("2024-02-29", 12, "2025-02-28")]
    #[case("2026-01-31", 1, "2026-02-28")]
    #[case("2026-03-16", 0, "2026-03-16")]
    fn a_period_ends_on_the_corresponding_day_or_the_months_last(
        #[case] from: Date,
        #[case] months: u16,
        #[case] last: Date,
    ) {
        assert_eq!(Period { from, months }.last_day(), last);
    }

    #[test]
    fn the_end_of_time_is_not_passed() {
        assert_eq!(corresponding_day(date(9999, 12, 31), 3), date(9999, 12, 31));
    }
}
