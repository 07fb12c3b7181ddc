//! Dates in every form the files write them.

use jiff::civil::Date;

/// Reads `2026-05-10`, `2026/5/10`, `2026.5.10`, `20260510` and `2026年5月10日`; a time behind a blank or `T` is dropped.
pub fn parse_date(text: &str) -> Option<Date> {
    let day = text.trim().split([' ', 'T']).next()?;
    let parts: Vec<&str> = day
        .split(['-', '/', '.', '年', '月', '日'])
        .filter(|part| !part.is_empty())
        .collect();
    let (year, month, number) = match parts.as_slice() {
        [year, month, number] if year.len() == 4 => (*year, *month, *number),
        [compact] if compact.len() == 8 && compact.is_ascii() => (&compact[..4], &compact[4..6], &compact[6..]),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, number.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("2026-05-10")]
    #[case("2026/5/10")]
    #[case("2026.05.10")]
    #[case("20260510")]
    #[case("2026年5月10日")]
    #[case(" 2026-05-10 00:00:00")]
    fn every_form_seen_is_read(#[case] text: &str) {
        assert_eq!(parse_date(text), Some(date(2026, 5, 10)));
    }

    #[rstest]
    #[case("2022-09-31")]
    #[case("46152")]
    #[case("2026-05")]
    #[case("")]
    fn what_is_no_date_is_not_guessed(#[case] text: &str) {
        assert_eq!(parse_date(text), None);
    }
}
