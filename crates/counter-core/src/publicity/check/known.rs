//! V04, V10 and the rest of V15: what only shows beside other rows and the base library.

use super::{CheckedRow, Notes, wording};
use crate::publicity::{Field, Finding, Layout, Level, Rule, text};

/// A subject as the base library knows it.
#[derive(Clone, Copy, Debug)]
pub struct KnownSubject<'k> {
    /// Its name now.
    pub name: &'k str,
    /// Names it had, or was reported under.
    pub other_names: &'k [String],
}

/// Holds the name of a row against the subject of the same code. The national receiver
/// refuses such a row (验证规则代码 1001) against its own library; the library here may merely be behind a
/// change of name, so the row is taken with a warning.
pub fn check_name(
    checked: &mut CheckedRow<'_>,
    known: KnownSubject<'_>,
    layout: &Layout,
    sheet: &str,
    findings: &mut Vec<Finding>,
) {
    let row = &checked.row;
    let name = row.get(Field::SubjectName);
    if name == known.name {
        return;
    }
    let key = text::name_key(name);
    let known_key = text::name_key(known.name);
    if key == known_key || known.other_names.iter().any(|other| text::name_key(other) == key) {
        return;
    }
    let mut notes = Notes {
        layout,
        sheet,
        row: row.number,
        out: findings,
    };
    if known_key.starts_with(&key) && (!wording::has_full_ending(name) || known_key.len() > key.len()) {
        notes.add(
            row,
            Field::SubjectName,
            Rule::V15,
            Level::Warn,
            &format!(
                "“{name}”比本机库中同一代码的“{}”短，疑被截断；请核对主体全称",
                known.name
            ),
        );
    } else {
        let reason = format!(
            "“{name}”与本机库中同一代码的“{}”不匹配，上报时可能被退回（验证规则代码:1001;错误描述:未查询到主体或查询到的主体信息不匹配）；请核对是代码填错还是主体已更名",
            known.name
        );
        notes.add(row, Field::SubjectName, Rule::V04, Level::Warn, &reason);
    }
    checked.weigh(Level::Warn);
}

/// The same decision stands in the file already.
pub fn add_duplicate(
    checked: &mut CheckedRow<'_>,
    first: (&str, u32),
    same_content: bool,
    layout: &Layout,
    sheet: &str,
    findings: &mut Vec<Finding>,
) {
    let mut notes = Notes {
        layout,
        sheet,
        row: checked.row.number,
        out: findings,
    };
    let place = if first.0 == sheet {
        format!("第{}行", first.1)
    } else {
        format!("工作表“{}”第{}行", first.0, first.1)
    };
    let reason = if same_content {
        format!("与{place}重复（文号、相对人代码、机关代码均相同），未再次导入；请删除重复行")
    } else {
        format!("与{place}重复（文号、相对人代码、机关代码均相同）但内容不同，以先出现的一行为准；请核对后只保留一行")
    };
    notes.add(&checked.row, Field::DocumentNo, Rule::V10, Level::Reject, &reason);
    checked.weigh(Level::Reject);
}

/// The same name, day and facts stand in the file under another 文号.
pub fn add_near_duplicate(
    checked: &mut CheckedRow<'_>,
    first: (&str, u32),
    layout: &Layout,
    sheet: &str,
    findings: &mut Vec<Finding>,
) {
    let mut notes = Notes {
        layout,
        sheet,
        row: checked.row.number,
        out: findings,
    };
    let place = if first.0 == sheet {
        format!("第{}行", first.1)
    } else {
        format!("工作表“{}”第{}行", first.0, first.1)
    };
    notes.add(
        &checked.row,
        Field::DocumentNo,
        Rule::V10,
        Level::Warn,
        &format!("不同，但主体、决定日期和内容与{place}相同，疑为同一案件重复报送；请核对"),
    );
    checked.weigh(Level::Warn);
}
