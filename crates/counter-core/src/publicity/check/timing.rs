//! V06 and V09: days that cannot be, and decisions reported late.

use jiff::civil::Date;

use super::{CheckContext, Notes, Values};
use crate::publicity::{Field, Level, Row, Rule};

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
        let reason = format!(
            "{decided}作出的决定应在7个工作日内报送；按导入日计，{since}以前的决定已超过期限，如此前已报送可不处理"
        );
        notes.add(row, Field::DecidedOn, Rule::V06, Level::Late, &reason);
    }
}
