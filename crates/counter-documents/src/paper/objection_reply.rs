//! 异议处理结果答复: what came of an objection, who decided it and why.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::advice_slip::{Reason, cited};
use super::{Issue, Party, SiteLook, begin, body, clerk_and_agent, code, long_date, pair, site_lines};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands in the reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionReply {
    /// Where and when.
    pub issue: Issue,
    /// The objection's number.
    pub objection_no: String,
    /// Who objected.
    pub subject: Party,
    /// The day the objection came in.
    pub objected_on: Date,
    /// The disputed information, such as a decision's number.
    pub record: String,
    /// Who provided it.
    pub provider: String,
    /// What was disputed, in a sentence.
    pub disputed: String,
    /// What came of it.
    pub outcome: ObjectionOutcome,
    /// Who decided it; none where the subject withdrew.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// The day of the decision or withdrawal.
    #[serde(default)]
    pub decided_on: Option<Date>,
    /// What was changed, item by item.
    #[serde(default)]
    pub changes: Vec<ChangedItem>,
    /// What the outcome rests on.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// The websites that were looked at.
    #[serde(default)]
    pub sites: Vec<SiteLook>,
    /// What can be done by who disagrees.
    #[serde(default)]
    pub remedies: Vec<Reason>,
    /// Where to ask, a sentence; left out where not known.
    #[serde(default)]
    pub contact: Option<String>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// What came of an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum ObjectionOutcome {
    /// The information was put right.
    Corrected,
    /// The information was taken down.
    Deleted,
    /// The information was completed.
    Completed,
    /// The information stays as it is.
    Upheld {
        /// Why.
        reason: String,
    },
    /// The objection was not accepted.
    Declined {
        /// Why.
        reason: String,
    },
    /// The subject took the objection back.
    Withdrawn,
}

impl ObjectionOutcome {
    /// The word on paper.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Corrected => "更正",
            Self::Deleted => "删除（撤下）",
            Self::Completed => "补充",
            Self::Upheld { .. } => "维持（不予更正）",
            Self::Declined { .. } => "不予受理",
            Self::Withdrawn => "申请人撤回",
        }
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Upheld { reason } | Self::Declined { reason } => Some(reason),
            Self::Corrected | Self::Deleted | Self::Completed | Self::Withdrawn => None,
        }
    }
}

/// An item of the information before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangedItem {
    /// Which item, such as 处罚决定日期.
    pub item: String,
    /// As it was shown; empty where it was missing.
    pub before: String,
    /// As it is now; empty where it was taken down.
    pub after: String,
}

/// The paper.
pub fn objection_reply(reply: &ObjectionReply) -> Document {
    let mut document = begin(&reply.issue, "objection_reply", "异议处理结果答复");
    document.number = Some(reply.objection_no.clone());
    document.addressee = Some(reply.subject.name.clone());
    document.blocks.push(body(format!(
        "你单位于 {}就下列信息提出异议，现将处理结果答复如下。",
        long_date(reply.objected_on)
    )));
    document.blocks.push(Block::KeyValue(facts(reply)));
    if !reply.changes.is_empty() {
        document.blocks.push(changes(&reply.changes));
    }
    if !reply.reasons.is_empty() {
        document.blocks.push(Block::Heading(Text::from("认定的事实和依据")));
        document.blocks.push(cited(&reply.reasons));
    }
    if !reply.remedies.is_empty() {
        document.blocks.push(Block::Heading(Text::from("不同意本结果的")));
        document.blocks.push(cited(&reply.remedies));
    }
    if let Some(contact) = &reply.contact {
        document.blocks.push(body(contact.as_str()));
    }
    document.closing.signatures = clerk_and_agent(&reply.issue, "经办人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document.qr = code(reply.qr_text.as_ref(), ["扫码查询本件", "内容：异议编号、结果、签名"]);
    document
}

fn facts(reply: &ObjectionReply) -> Vec<Vec<(String, Text)>> {
    let mut rows = vec![
        vec![
            pair("异议信息", reply.record.as_str()),
            pair("信息提供单位", reply.provider.as_str()),
        ],
        vec![pair("异议内容", reply.disputed.as_str())],
    ];
    let result = pair("处理结果", Text::default().strong(reply.outcome.word()));
    let day = reply.decided_on.map(|day| pair("处理日期", day.to_string()));
    rows.push(std::iter::once(result).chain(day).collect());
    if let Some(name) = &reply.decided_by {
        rows.push(vec![pair("处理单位", name.as_str())]);
    }
    if let Some(reason) = reply.outcome.reason() {
        rows.push(vec![pair("理由", reason)]);
    }
    if !reply.sites.is_empty() {
        rows.push(vec![pair("网站公示", site_lines(&reply.sites))]);
    }
    rows
}

fn changes(items: &[ChangedItem]) -> Block {
    let cell = |text: &str| Text::new(if text.is_empty() { "—" } else { text });
    Block::Table(Table {
        columns: vec![
            Column::new("栏目", 24.0),
            Column::new("处理前", 38.0),
            Column::new("处理后", 38.0),
        ],
        rows: items
            .iter()
            .map(|item| vec![cell(&item.item), cell(&item.before), cell(&item.after)])
            .collect(),
    })
}
