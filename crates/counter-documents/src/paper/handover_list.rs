//! 交接单: cases that go from one pair of hands to another, from a street window to the counter or
//! from shift to shift, with what lies in them and what is due.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, filled, long_date, pair};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Where and when.
    pub issue: Issue,
    /// Number of the list, where it has one.
    #[serde(default)]
    pub number: Option<String>,
    /// From which window or shift.
    pub from: String,
    /// To which window or shift.
    pub to: String,
    /// Why, such as 街道代收移交.
    pub occasion: String,
    /// Who gives; signs by hand.
    #[serde(default)]
    pub giver: Option<String>,
    /// Who takes; signs by hand.
    #[serde(default)]
    pub taker: Option<String>,
    /// The cases in order.
    pub cases: Vec<HandedCase>,
    /// What else goes along or is to be known.
    #[serde(default)]
    pub note: Option<String>,
}

/// A case that is handed over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandedCase {
    /// 件号.
    pub case_no: String,
    /// Who applies.
    pub subject: String,
    /// How many materials lie in it.
    pub materials: u32,
    /// How many originals are held in it.
    pub originals: u32,
    /// What is due, such as 补正.
    #[serde(default)]
    pub due: Option<String>,
    /// The day it is due.
    #[serde(default)]
    pub due_on: Option<Date>,
    /// The day was reckoned and not read anywhere: it carries 待核.
    #[serde(default)]
    pub due_unverified: bool,
    /// What to heed.
    #[serde(default)]
    pub note: Option<String>,
}

/// The paper.
pub fn handover_list(handover: &Handover) -> Document {
    let mut document = begin(&handover.issue, "handover_list", "交接单");
    document.number.clone_from(&handover.number);
    document.blocks.push(Block::KeyValue(vec![
        vec![pair("移交", handover.from.as_str()), pair("接收", handover.to.as_str())],
        vec![
            pair("事由", handover.occasion.as_str()),
            pair("日期", long_date(handover.issue.issued_on)),
        ],
    ]));
    document.blocks.push(table(&handover.cases));
    let materials: u32 = handover.cases.iter().map(|case| case.materials).sum();
    let originals: u32 = handover.cases.iter().map(|case| case.originals).sum();
    document.blocks.push(body(format!(
        "共 {} 件，材料 {materials} 份，其中暂存原件 {originals} 件。",
        handover.cases.len()
    )));
    if let Some(note) = &handover.note {
        document.blocks.push(body(format!("另：{note}")));
    }
    document.blocks.push(body(
        "双方已当面逐件点清。自签字时起，上列各件及原件由接收方保管、按期办理。",
    ));
    let side = |label: &str, name: &Option<String>| {
        vec![
            Text::new(format!("{label}{}", name.as_deref().unwrap_or_default())),
            filled("签字：", None, 7.0),
            blank_date(),
        ]
    };
    document.closing.signatures = vec![side("移交人：", &handover.giver), side("接收人：", &handover.taker)];
    document
}

fn table(cases: &[HandedCase]) -> Block {
    let rows = cases
        .iter()
        .enumerate()
        .map(|(nth, case)| {
            vec![
                Text::new((nth + 1).to_string()),
                Text::default().code(case.case_no.as_str()),
                Text::new(case.subject.as_str()),
                Text::new(case.materials.to_string()),
                Text::new(case.originals.to_string()),
                due(case),
                Text::new(case.note.as_deref().unwrap_or_default()),
            ]
        })
        .collect();
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("件号", 24.5),
            Column::new("主体", 21.0),
            Column::centered("材料", 8.5),
            Column::centered("原件", 8.5),
            Column::new("期限", 16.0),
            Column::new("备注", 15.0),
        ],
        rows,
    })
}

fn due(case: &HandedCase) -> Text {
    let Some(day) = case.due_on else {
        return Text::new(case.due.as_deref().unwrap_or("—"));
    };
    let text = Text::new(day.to_string()).plain(case.due.as_deref().unwrap_or_default());
    if case.due_unverified {
        text.mark(super::UNVERIFIED)
    } else {
        text
    }
}
