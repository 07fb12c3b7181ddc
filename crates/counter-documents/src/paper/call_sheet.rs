//! 到期联系单: whom to call about a day that comes near, with room to write down what came of it. For the desk, not for
//! applicants: numbers stand with their middle hidden.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, UNVERIFIED, begin, body, long_date, pair};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallSheet {
    /// Where and when.
    pub issue: Issue,
    /// The last day looked at.
    pub until: Date,
    /// Whom to call, in order.
    pub calls: Vec<CallLine>,
}

/// One record to call about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallLine {
    /// The subject.
    pub subject: String,
    /// 文号.
    #[serde(default)]
    pub decision_no: Option<String>,
    /// The first day to apply.
    pub eligible_on: Date,
    /// That day rests on a value that still has to be checked.
    #[serde(default)]
    pub unverified: bool,
    /// On the list of those looked after first.
    #[serde(default)]
    pub watched: bool,
    /// Who came last, and the number with its middle hidden.
    #[serde(default)]
    pub contact: Option<String>,
    /// What came of the last call.
    #[serde(default)]
    pub last_call: Option<String>,
}

/// The paper.
pub fn call_sheet(sheet: &CallSheet) -> Document {
    let mut document = begin(&sheet.issue, "call_sheet", "到期联系单");
    document.blocks.push(Block::KeyValue(vec![vec![
        pair("打印", long_date(sheet.issue.issued_on)),
        pair("截至可申请日", long_date(sheet.until)),
    ]]));
    document.blocks.push(table(&sheet.calls));
    document.blocks.push(body(format!(
        "共 {} 条。电话号码在程序的到期名单里按人查看；联系结果随后登记到程序。用毕销毁。",
        sheet.calls.len()
    )));
    document
}

fn table(calls: &[CallLine]) -> Block {
    let rows = calls
        .iter()
        .enumerate()
        .map(|(nth, call)| {
            let subject = Text::new(call.subject.as_str());
            vec![
                Text::new((nth + 1).to_string()),
                if call.watched {
                    subject.mark("重点关注")
                } else {
                    subject
                },
                Text::new(call.decision_no.as_deref().unwrap_or("（无文号）")),
                day(call),
                Text::new(call.contact.as_deref().unwrap_or("—")),
                Text::new(call.last_call.as_deref().unwrap_or_default()),
                Text::default(),
            ]
        })
        .collect();
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 5.0),
            Column::new("主体", 20.0),
            Column::new("决定书文号", 17.0),
            Column::new("可申请日", 15.0),
            Column::new("联系人", 16.0),
            Column::new("上次联系", 15.0),
            Column::new("本次结果", 12.0),
        ],
        rows,
    })
}

fn day(call: &CallLine) -> Text {
    if call.unverified {
        // On a line of its own, or the day would be torn apart for it.
        Text::new(format!("{}\n", call.eligible_on)).mark(UNVERIFIED)
    } else {
        Text::new(call.eligible_on.to_string())
    }
}
