//! 一次性告知书: everything that is missing, named once, each with how to make it good.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Basis, Issue, Material, Party, bases, begin, body, clerk_and_agent, code, long_date};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Where and when.
    pub issue: Issue,
    /// Number of the notice: the case's or the visit's.
    pub number: String,
    /// To whom.
    pub subject: Party,
    /// The day of the application.
    pub applied_on: Date,
    /// The cases it is about.
    pub cases: Vec<Case>,
    /// All gaps.
    pub gaps: Vec<Gap>,
    /// What was taken in already and need not be brought again.
    pub taken: Vec<Material>,
    /// Where to complain or ask, a sentence; left out where not known.
    #[serde(default)]
    pub contact: Option<String>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// A case with gaps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// 件号.
    pub case_no: String,
    /// 决定书文号.
    pub decision_no: String,
    /// 认定单位.
    pub authority: String,
    /// The verdict in a sentence, such as 可申请修复，自 2026-08-11 起.
    pub verdict: String,
    /// 办理入口.
    pub door: String,
}

/// One thing that is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The case it belongs to; none where it is the same for all.
    #[serde(default)]
    pub case_no: Option<String>,
    /// What is missing or wrong.
    pub item: String,
    /// How to make it good.
    pub remedy: String,
    /// Why it is needed.
    pub basis: Vec<Basis>,
}

/// The paper.
pub fn supplement_notice(notice: &Notice) -> Document {
    let mut document = begin(&notice.issue, "supplement_notice", "一次性告知书");
    document.number = Some(notice.number.clone());
    document.addressee = Some(notice.subject.name.clone());
    document.blocks.push(body(format!(
        "你单位于 {}就下列行政处罚信息申请信用修复。经核对，已收材料尚缺 {} 项。现将全部缺项和补正办法一次告知。\
         补齐后可到本区任一窗口，出示右下方二维码续办，不必重新取号，已收材料不必重复提交。",
        long_date(notice.applied_on),
        notice.gaps.len(),
    )));
    for case in &notice.cases {
        let pair = |label: &str, text: Text| (label.to_owned(), text);
        document.blocks.push(Block::Together(vec![Block::KeyValue(vec![
            vec![
                pair("件号", Text::default().code(case.case_no.as_str())),
                pair("办理入口", Text::new(case.door.as_str())),
            ],
            vec![
                pair("决定书文号", Text::new(case.decision_no.as_str())),
                pair("认定单位", Text::new(case.authority.as_str())),
            ],
            vec![pair("判定", Text::new(case.verdict.as_str()))],
        ])]));
    }
    document
        .blocks
        .push(gap_table(&notice.gaps, notice.cases.len() > 1, ["缺项", "怎么补"]));
    if !notice.taken.is_empty() {
        let taken: Vec<String> = notice
            .taken
            .iter()
            .map(|material| format!("{} {} 份（{}）", material.name, material.copies, material.form.words()))
            .collect();
        document.blocks.push(body(format!("已收材料：{}。", taken.join("、"))));
    }
    let contact = notice
        .contact
        .as_deref()
        .unwrap_or("对本告知有异议的，可当场向窗口提出。");
    document.blocks.push(body(contact));
    document.closing.signatures = clerk_and_agent(&notice.issue, "经办人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document.qr = code(notice.qr_text.as_ref(), ["扫码续办", "内容：件号、记录、缺项、签名"]);
    document
}

/// What is to be made good, also used by the correction notice. `several` names each one's case.
pub(super) fn gap_table(gaps: &[Gap], several: bool, heads: [&str; 2]) -> Block {
    let mut columns = vec![Column::centered("序", 6.5)];
    if several {
        columns.push(Column::new("件号", 30.0));
    }
    columns.extend([
        Column::new(heads[0], 24.0),
        Column::new(heads[1], 43.0),
        Column::new("依据", 26.5),
    ]);
    let rows = gaps
        .iter()
        .enumerate()
        .map(|(nth, gap)| {
            let mut row = vec![Text::new((nth + 1).to_string())];
            if several {
                row.push(
                    gap.case_no
                        .as_deref()
                        .map_or_else(|| Text::new("各件"), |no| Text::default().code(no)),
                );
            }
            row.extend([
                Text::new(gap.item.as_str()),
                Text::new(gap.remedy.as_str()),
                bases(&gap.basis),
            ]);
            row
        })
        .collect();
    Block::Table(Table { columns, rows })
}
