//! Dates in every form seen in files.

use jiff::{ToSpan, civil::Date};

use super::CellKind;

/// A date as read, and whether its form is one of the standard's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// The day.
    pub day: Date,
    /// `2026-03-16`, `2026/3/16` or a date cell; other forms are named to the clerk.
    pub standard_form: bool,
}

/// Reads `2026-03-16`, `2026/3/16`, `2026.3.16`, `20260316`, `2026年3月16日`, each also with a
/// time behind it and in full-width digits, and the serial number of a spreadsheet. `None` where
/// there is no such day, or a year outside 1900–2999.
pub fn read(text: &str, kind: CellKind) -> Option<ReadDate> {
    if kind == CellKind::Number
        && let Some(day) = from_serial(text)
    {
        return Some(ReadDate {
            day,
            standard_form: false,
        });
    }
    let mut buffer = [0_u8; 32];
    let text = to_ascii(text, &mut buffer)?;
    let (text, marked) = split_time(text);
    let bytes = text.as_bytes();
    if bytes.len() == 8 && bytes.iter().all(u8::is_ascii_digit) {
        let day = ymd(&text[..4], &text[4..6], &text[6..])?;
        return Some(ReadDate {
            day,
            standard_form: false,
        });
    }
    let separator = *bytes.iter().find(|byte| !byte.is_ascii_digit())?;
    if !matches!(separator, b'-' | b'/' | b'.') {
        return None;
    }
    let mut parts = text.split(separator as char);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    let day = ymd(year, month, day)?;
    Some(ReadDate {
        day,
        standard_form: separator != b'.' && !marked,
    })
}

/// `2026-03-16`, without taking memory: a sheet has three days a row.
pub(super) fn iso(day: Date) -> [u8; 10] {
    let digit = |number: i16| b'0' + u8::try_from(number % 10).unwrap_or(0);
    let (year, month, date) = (day.year(), i16::from(day.month()), i16::from(day.day()));
    [
        digit(year / 1000),
        digit(year / 100),
        digit(year / 10),
        digit(year),
        b'-',
        digit(month / 10),
        digit(month),
        b'-',
        digit(date / 10),
        digit(date),
    ]
}

/// The day of a spreadsheet's serial number (1900 system), for 1954 to 2119: other numbers are no dates here.
fn from_serial(text: &str) -> Option<Date> {
    let whole = text.split('.').next()?;
    let serial: i64 = whole.parse().ok()?;
    if !(20_000..80_500).contains(&serial) {
        return None;
    }
    jiff::civil::date(1899, 12, 30).checked_add(serial.days()).ok()
}

fn ymd(year: &str, month: &str, day: &str) -> Option<Date> {
    let part = |text: &str, most: usize| {
        (!text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    let year = part(year, 4)?;
    if !(1900..3000).contains(&year) {
        return None;
    }
    let (month, day) = (i8::try_from(part(month, 2)?).ok()?, i8::try_from(part(day, 2)?).ok()?);
    Date::new(year, month, day).ok()
}

/// Half-width, 年 and 月 as `-`, 日 dropped; `None` for anything that is no date at all.
fn to_ascii<'b>(text: &str, buffer: &'b mut [u8; 32]) -> Option<&'b str> {
    let mut length = 0;
    for c in text.chars() {
        let byte = match super::text::half_width(c) {
            '年' | '月' => b'-',
            '日' | '号' => b'~',
            '－' | '—' | '–' => b'-',
            c if c.is_ascii() => c as u8,
            _ => return None,
        };
        *buffer.get_mut(length)? = byte;
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok().map(str::trim)
}

/// The part before a time of day or 日, and whether 年月日 were written.
fn split_time(text: &str) -> (&str, bool) {
    if let Some((day, _)) = text.split_once('~') {
        return (day.trim_end(), true);
    }
    match text.split_once([' ', 'T']) {
        Some((day, time)) if time.contains(':') => (day, false),
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_form_seen_in_files_is_the_same_day() {
        for text in [
            "20220513",
            "2022/5/13",
            "2022/05/13",
            "2022-05-13",
            "2022-5-13",
            "2022.5.13",
            "2022年5月13日",
            "2022年05月13日",
            "２０２２－０５－１３",
            "2022-05-13 00:00:00",
            "2022-05-13T08:30:00",
        ] {
            assert_eq!(
                read(text, CellKind::Text).map(|read| read.day),
                Some(date(2022, 5, 13)),
                "{text}"
            );
        }
        for text in ["44694", "44694.5"] {
            assert_eq!(
                read(text, CellKind::Number).map(|read| read.day),
                Some(date(2022, 5, 13)),
                "{text}"
            );
        }
        assert_eq!(
            read("20220513", CellKind::Number).map(|read| read.day),
            Some(date(2022, 5, 13))
        );
    }

    #[test]
    fn what_is_no_day_is_no_date() {
        for text in [
            "2026/13/40",
            "2026-02-30",
            "",
            "长期",
            "2026",
            "1-2",
            "13/05/2022",
            "2022-05-13-1",
            "99999999",
            "44694",
        ] {
            assert_eq!(read(text, CellKind::Text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_a_date_never_panics_and_written_days_are_read_back(text in "\\PC{0,24}", y in 1900_i16..2999, m in 1_i8..=12, d in 1_i8..=28) {
            let _ = read(&text, CellKind::Text);
            let _ = read(&text, CellKind::Number);
            let day = date(y, m, d);
            prop_assert_eq!(String::from_utf8_lossy(&iso(day)).into_owned(), day.to_string());
            prop_assert_eq!(read(&day.to_string(), CellKind::Text).unwrap().day, day);
        }
    }
}
