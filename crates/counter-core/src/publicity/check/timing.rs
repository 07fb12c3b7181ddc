//! V06 and V09: days that cannot be, and decisions reported late.

use jiff::civil::Date;

use super::{CheckContext, Notes, Values};
use crate::publicity::{Field, Finding, Level, Row, Rule};

pub(super) fn check(row: &Row<'_>, values: &Values, context: &CheckContext<'_>, notes: &mut Notes<'_>) {
    let Some(decided) = values.decided_on else { return };
    if decided > context.today {
        notes.add(
            row,
            Field::DecidedOn,
            Rule::V09,
            Level::Reject,
            &format!("{decided}晚于今天（{}）；请核对决定日期", context.today),
        );
        return;
    }
    let mut after = |field: Field, day: Option<Date>| {
        if let Some(day) = day.filter(|day| *day < decided) {
            notes.add(
                row,
                field,
                Rule::V09,
                Level::Reject,
                &format!("{day}早于决定日期{decided}；请核对两个日期"),
            );
        }
    };
    after(Field::ValidUntil, values.valid_until);
    after(Field::PublicUntil, values.public_until);
    if let (Some(from), Some(until)) = (values.valid_from, values.valid_until)
        && until < from
        && until >= decided
    {
        notes.add(
            row,
            Field::ValidUntil,
            Rule::V09,
            Level::Reject,
            &format!("{until}早于有效期自{from}；请核对两个日期"),
        );
    }
    if let Some(since) = context.in_time_since.filter(|since| decided < *since) {
        let column = notes.layout.header(Field::DecidedOn);
        let original = row.original(Field::DecidedOn).text;
        notes
            .out
            .push(late_finding(notes.sheet, notes.row, column, original, since));
    }
}

/// The finding about a row reported late (V06): `decided` as it stands, and the earliest day that was still in time.
pub fn late_finding(sheet: &str, row: u32, column: &str, decided: &str, since: Date) -> Finding {
    Finding {
        sheet: sheet.to_owned(),
        row,
        column: column.to_owned(),
        rule: Rule::V06,
        level: Level::Late,
        message: format!(
            "第{row}行“{column}”{decided}：决定作出后应在7个工作日内报送，{since}以前的决定按报送日已超过期限；如此前已报送可不处理"
        ),
        original: Some(decided.to_owned()),
        corrected: None,
    }
}
