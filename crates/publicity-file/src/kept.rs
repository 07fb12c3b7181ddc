//! What is kept beside a row: why it is kept for check, and the day of the data.

use std::fmt::Write;

use counter_core::publicity::{Finding, Level};
use jiff::civil::Date;

/// The rejections of a row as a JSON array; one sentence that says so where the whole sheet lacks a column.
pub fn write_notes(findings: &[Finding], out: &mut String) {
    let mut notes: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.level == Level::Reject)
        .map(|finding| finding.message.as_str())
        .collect();
    if notes.is_empty() {
        notes.push("所在工作表缺少必填列");
    }
    out.push('[');
    for (at, note) in notes.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        // A text is always JSON, and writing to a string does not fail.
        let _ = write!(out, "{comma}{}", serde_json::Value::from(*note));
    }
    out.push(']');
}

/// The day in a file's name: 双公示-处罚-20261120.xlsx, 2026-11-20.csv.
pub fn day_in_name(name: &str) -> Option<Date> {
    let digits: String = name.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
    let runs = digits.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 8).find_map(|run| {
        let (year, rest) = run.split_at(4);
        let (month, day) = rest.split_at(2);
        let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (2000..2100).contains(&day.year()).then_some(day)
    })
}
