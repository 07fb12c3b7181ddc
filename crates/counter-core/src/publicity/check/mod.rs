//! Holding a row against the rules V01–V17.
//!
//! [`check`] applies every rule that needs nothing but the row and the day. What needs to know other
//! rows or the base library (V04, V10, part of V15) is in [`known`]; blank and footer rows (V16) are told by
//! [`super::is_footer`].

mod identity;
pub mod known;
mod money;
mod normalise;
mod notes;
mod required;
mod timing;
mod wording;

use jiff::civil::Date;

use super::{Finding, Layout, Level, RawCell, Row, SubjectKind};
pub use known::KnownSubject;
use notes::Notes;
pub use required::missing_columns;
pub use timing::late_finding;

/// What the rules need besides the row.
#[derive(Clone, Copy, Debug)]
pub struct CheckContext<'c> {
    /// The columns.
    pub layout: &'c Layout,
    /// The sheet's name, for findings.
    pub sheet: &'c str,
    /// Decisions dated later lie in the future (V09).
    pub today: Date,
    /// The earliest day of decision that is still in time on the day of reporting (V06): the seven
    /// working days are counted by the caller, who has the calendar. `None` where that day is not known.
    pub in_time_since: Option<Date>,
}

/// The values that are not texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Values {
    /// 决定日期.
    pub decided_on: Option<Date>,
    /// 有效期自.
    pub valid_from: Option<Date>,
    /// 处罚有效期 or 有效期至.
    pub valid_until: Option<Date>,
    /// 公示截止期.
    pub public_until: Option<Date>,
    /// 数据更新时间戳.
    pub reported_on: Option<Date>,
    /// 罚款金额.
    pub fine_fen: Option<i64>,
    /// 没收金额.
    pub confiscated_fen: Option<i64>,
    /// Whether 统一社会信用代码 is there and its check character right.
    pub uscc_is_valid: bool,
    /// 行政相对人类别, as given or told from sheet and code.
    pub subject_kind: Option<SubjectKind>,
}

/// A row after the check.
#[derive(Clone, Debug)]
pub struct CheckedRow<'a> {
    /// Values and originals.
    pub row: Row<'a>,
    /// The values that are not texts.
    pub values: Values,
    /// Whether the row names a subject. One that does not is skipped with a finding.
    pub names_a_subject: bool,
    /// The heaviest finding.
    pub worst: Option<Level>,
}

impl CheckedRow<'_> {
    /// Adds what a look-up found.
    pub fn weigh(&mut self, level: Level) {
        self.worst = Some(self.worst.map_or(level, |worst| worst.min(level)));
    }
}

/// Checks one row. `cells` are in the order of the layout's columns; the findings are added to `findings`.
pub fn check<'a>(
    cells: &[RawCell<'a>],
    number: u32,
    context: &CheckContext<'_>,
    findings: &mut Vec<Finding>,
) -> CheckedRow<'a> {
    let layout = context.layout;
    let mut row = Row::new(layout.kind, number);
    for (cell, field) in cells.iter().zip(&layout.columns) {
        if let Some(field) = field
            && !cell.text.is_empty()
        {
            row.put(*field, *cell);
        }
    }
    let before = findings.len();
    let mut values = Values::default();
    let mut notes = Notes {
        layout,
        sheet: context.sheet,
        row: number,
        out: findings,
    };
    let names_a_subject = normalise::subject_name(&mut row, &mut notes);
    if names_a_subject {
        normalise::normalise(&mut row, &mut values, &mut notes);
        identity::check(&mut row, &mut values, &mut notes);
        required::check(&row, &values, &mut notes);
        timing::check(&row, &values, context, &mut notes);
        money::check(&row, &values, &mut notes);
        wording::check(&row, &mut notes);
    }
    let mut worst = findings[before..].iter().map(|finding| finding.level).min();
    if required::lacks_essential_column(layout) {
        worst = Some(Level::Reject);
    }
    CheckedRow {
        row,
        values,
        names_a_subject,
        worst,
    }
}
