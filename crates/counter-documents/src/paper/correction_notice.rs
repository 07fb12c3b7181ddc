//! 补正告知: after submission the authority asks for more; what exactly, by when and where to.
//!
//! The authority asks, the counter passes it on. What is missing before submission is named by
//! the supplement notice.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::supplement_notice::{Gap, gap_table};
use super::{Issue, Party, begin, body, clerk_and_agent, code, known_day, long_date, pair};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Where and when.
    pub issue: Issue,
    /// Number of the notice: the case's or the visit's.
    pub number: String,
    /// To whom.
    pub subject: Party,
    /// The cases it is about.
    pub cases: Vec<Case>,
    /// Who asks: usually the finding authority.
    pub asked_by: String,
    /// The day it asked.
    pub asked_on: Date,
    /// What it wants, each with how to fill it.
    pub wanted: Vec<Gap>,
    /// The last day; none where the authority named none.
    #[serde(default)]
    pub due_on: Option<Date>,
    /// The last day was reckoned and not named by the authority: it carries 待核.
    #[serde(default)]
    pub due_unverified: bool,
    /// Where to bring it, such as a window with its address.
    pub bring_to: String,
    /// Where to ask, a sentence; left out where not known.
    #[serde(default)]
    pub contact: Option<String>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// A case that was submitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// 件号.
    pub case_no: String,
    /// 决定书文号.
    pub decision_no: String,
    /// Where it was submitted, such as 信用中国.
    pub door: String,
    /// The day it was submitted, where known.
    #[serde(default)]
    pub submitted_on: Option<Date>,
}

/// The paper.
pub fn correction_notice(correction: &Correction) -> Document {
    let mut document = begin(&correction.issue, "correction_notice", "补正告知");
    document.number = Some(correction.number.clone());
    document.addressee = Some(correction.subject.name.clone());
    document.blocks.push(body(format!(
        "你单位的下列信用修复申请提交后，{}于 {}要求补正，共 {} 项。现将要求全部转告你单位。",
        correction.asked_by,
        long_date(correction.asked_on),
        correction.wanted.len(),
    )));
    document.blocks.push(cases(&correction.cases));
    document.blocks.push(gap_table(
        &correction.wanted,
        correction.cases.len() > 1,
        ["须补正", "怎么补"],
    ));
    document.blocks.push(Block::KeyValue(vec![
        vec![pair("补正期限", due(correction))],
        vec![pair("交到哪里", correction.bring_to.as_str())],
    ]));
    let shown = if correction.qr_text.is_some() {
        "出示右下方二维码"
    } else {
        "报件号"
    };
    document.blocks.push(body(format!(
        "材料补齐后，可到本区任一窗口{shown}续办，不必重新取号，已收材料不必重复提交。\
         补正由{}要求，是否受理、是否准予修复由其决定，本窗口转告和转交。",
        correction.asked_by
    )));
    if let Some(contact) = &correction.contact {
        document.blocks.push(body(contact.as_str()));
    }
    document.closing.signatures = clerk_and_agent(&correction.issue, "经办人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document.qr = code(correction.qr_text.as_ref(), ["扫码续办", "内容：件号、补正项、签名"]);
    document
}

fn cases(cases: &[Case]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::new("件号", 26.0),
            Column::new("决定书文号", 36.0),
            Column::new("办理入口", 20.0),
            Column::new("提交日期", 18.0),
        ],
        rows: cases
            .iter()
            .map(|case| {
                vec![
                    Text::default().code(case.case_no.as_str()),
                    Text::new(case.decision_no.as_str()),
                    Text::new(case.door.as_str()),
                    known_day(case.submitted_on),
                ]
            })
            .collect(),
    })
}

fn due(correction: &Correction) -> Text {
    let Some(day) = correction.due_on else {
        return Text::new("要求中没有写明期限，请尽早补齐");
    };
    let mut text = Text::default().strong(long_date(day)).plain("前（含当日）");
    if correction.due_unverified {
        text = text.mark(super::UNVERIFIED);
    }
    text.plain("；逾期的后果以作出要求的单位告知为准")
}
