//! 续办回执: what was brought today for cases that were taken in before, and what is still missing.
//!
//! A case taken in elsewhere keeps its number: this window passes the papers on.

use serde::{Deserialize, Serialize};

use super::{Issue, Material, Party, begin, body, clerk_and_agent, code, long_date, material_table};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Continuation {
    /// Where and when.
    pub issue: Issue,
    /// Number of the visit.
    pub visit_no: String,
    /// Who applies.
    pub subject: Party,
    /// Who brought the papers.
    pub agent: String,
    /// The cases.
    pub cases: Vec<Case>,
    /// What was brought today.
    pub brought: Vec<Material>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// A case that goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// 件号.
    pub case_no: String,
    /// What it is about, usually the decision's number.
    pub matter: String,
    /// What is still missing.
    pub gaps: Vec<String>,
    /// Whether another window keeps the case, and gets the papers from this one.
    pub elsewhere: bool,
}

/// The paper.
pub fn continuation_receipt(continuation: &Continuation) -> Document {
    let mut document = begin(&continuation.issue, "continuation_receipt", "续办回执");
    document.number = Some(continuation.visit_no.clone());
    document.addressee = Some(continuation.subject.name.clone());
    let day = long_date(continuation.issue.issued_on);
    let agent = continuation.agent.as_str();
    document.blocks.push(body(if continuation.brought.is_empty() {
        format!(
            "{day}，{agent}到本窗口继续办理下列 {} 件，未补交材料。",
            continuation.cases.len()
        )
    } else {
        format!(
            "{day}，{agent}到本窗口继续办理下列 {} 件，补交的材料已经收下。件号不变，已收的材料不必再交。",
            continuation.cases.len()
        )
    }));
    document.blocks.push(cases(&continuation.cases));
    if !continuation.brought.is_empty() {
        document.blocks.push(Block::Heading(Text::from("今天收下")));
        document.blocks.push(material_table(&continuation.brought));
    }
    if continuation.cases.iter().any(|case| case.elsewhere) {
        document.blocks.push(body(
            "注明“由收件窗口保管”的，材料由本窗口转交并入原件；你单位不必另往原窗口。",
        ));
    }
    document.blocks.push(body(
        "本回执只证明本窗口已经收到所列材料。是否受理、是否准予修复，由认定单位审查决定。",
    ));
    document.closing.signatures = clerk_and_agent(&continuation.issue, "经办人签收：");
    document.closing.seal = Some("收件专用章".to_owned());
    document.qr = code(
        continuation.qr_text.as_ref(),
        ["扫码查询、续办", "内容：件号、记录、材料、签名"],
    );
    document
}

fn cases(cases: &[Case]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::new("件号", 27.0),
            Column::new("决定书文号", 33.0),
            Column::new("还缺", 40.0),
        ],
        rows: cases
            .iter()
            .map(|case| {
                let gaps = match case.gaps.as_slice() {
                    [] => "材料已齐".to_owned(),
                    gaps => gaps.join("、"),
                };
                let kept = if case.elsewhere { "\n由收件窗口保管" } else { "" };
                vec![
                    Text::default().code(case.case_no.as_str()),
                    Text::new(case.matter.as_str()),
                    Text::new(format!("{gaps}{kept}")),
                ]
            })
            .collect(),
    })
}
