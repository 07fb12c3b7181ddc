//! 收件回执: what the counter took in on one visit, with every case number.
//!
//! It says that papers were received and will be forwarded; accepting is the authority's act.

use serde::{Deserialize, Serialize};

use super::{Issue, Material, Party, begin, body, clerk_and_agent, code, long_date, material_table};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Where and when.
    pub issue: Issue,
    /// Number of the visit.
    pub visit_no: String,
    /// Who applies.
    pub subject: Party,
    /// Who stood at the counter, and as what, such as 李某（经办人）.
    pub agent: String,
    /// Every case of the visit.
    pub cases: Vec<Case>,
    /// What was handed in.
    pub materials: Vec<Material>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// A case on the receipt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// 件号.
    pub case_no: String,
    /// What it is about, usually the decision's number.
    pub matter: String,
    /// The authority that the decision is by.
    pub authority: String,
    /// How many papers are still missing.
    pub gaps: u32,
    /// The door it goes through, such as 信用中国.
    pub door: String,
}

/// The paper.
pub fn acceptance_receipt(receipt: &Receipt) -> Document {
    let mut document = begin(&receipt.issue, "acceptance_receipt", "收件回执");
    document.number = Some(receipt.visit_no.clone());
    document.addressee = Some(receipt.subject.name.clone());
    let complete = receipt.cases.iter().all(|case| case.gaps == 0);
    let next = if complete {
        "所列各件材料已收齐，由本窗口按办理入口提交。"
    } else {
        "其中尚有缺项的，另附一次性告知书；缺项只影响所在的一件，其余各件照常办理。"
    };
    document.blocks.push(body(format!(
        "{}，本窗口收到你单位由{}递交的信用修复申请 {} 件及下列材料。{next}",
        long_date(receipt.issue.issued_on),
        receipt.agent,
        receipt.cases.len(),
    )));
    if let Some(uscc) = &receipt.subject.uscc {
        let code = ("统一社会信用代码".to_owned(), Text::default().code(uscc.as_str()));
        let agent = ("递交人".to_owned(), Text::new(receipt.agent.as_str()));
        document.blocks.push(Block::KeyValue(vec![vec![code, agent]]));
    }
    document.blocks.push(Block::Table(Table {
        columns: vec![
            Column::new("件号", 24.5),
            Column::new("决定书文号", 28.5),
            Column::new("认定单位", 25.5),
            Column::new("办理入口", 12.5),
            Column::centered("缺项", 9.0),
        ],
        rows: receipt
            .cases
            .iter()
            .map(|case| {
                vec![
                    Text::default().code(case.case_no.as_str()),
                    Text::new(case.matter.as_str()),
                    Text::new(case.authority.as_str()),
                    Text::new(case.door.as_str()),
                    Text::new(if case.gaps == 0 {
                        "无".to_owned()
                    } else {
                        format!("{} 项", case.gaps)
                    }),
                ]
            })
            .collect(),
    }));
    document.blocks.push(material_table(&receipt.materials));
    document.blocks.push(body(
        "本回执只证明本窗口已经收件。是否受理、是否准予修复，由认定单位审查决定；\
         进度以件号或右下方二维码在本区任一窗口查询。请妥善保管。",
    ));
    document.closing.signatures = clerk_and_agent(&receipt.issue, "经办人签收：");
    document.closing.seal = Some("收件专用章".to_owned());
    document.qr = code(
        receipt.qr_text.as_ref(),
        ["扫码查询、续办", "内容：件号、记录、材料、签名"],
    );
    document
}
