//! 办结通知: how a case ended, whose decision that was, and what the applicant can still do.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::advice_slip::{Reason, cited};
use super::{
    Decision, Issue, Party, SiteLook, begin, body, clerk_and_agent, code, decision_pairs, known, pair, site_lines,
};
use crate::document::{Block, Document, Text};

/// What stands on the notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingNotice {
    /// Where and when.
    pub issue: Issue,
    /// 件号.
    pub case_no: String,
    /// To whom.
    pub subject: Party,
    /// The record.
    pub decision: Decision,
    /// How the case ended, as recorded.
    pub outcome: Outcome,
    /// Whose decision or act it was; none where the applicant withdrew.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// The number of that decision.
    #[serde(default)]
    pub decided_no: Option<String>,
    /// Its day, or the day of the withdrawal or referral.
    #[serde(default)]
    pub decided_on: Option<Date>,
    /// The reason as it was given.
    #[serde(default)]
    pub reason: Option<String>,
    /// The websites that were looked at.
    #[serde(default)]
    pub sites: Vec<SiteLook>,
    /// Originals to be taken back.
    #[serde(default)]
    pub originals: Vec<String>,
    /// What can be done if the record shows up again or the applicant disagrees.
    #[serde(default)]
    pub remedies: Vec<Reason>,
    /// Where to ask, a sentence; left out where not known.
    #[serde(default)]
    pub contact: Option<String>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The authority allowed the repair.
    Granted,
    /// The authority refused the repair.
    Refused,
    /// The authority did not accept the request.
    Declined,
    /// The applicant took the request back.
    Withdrawn,
    /// Another office is in charge.
    Referred,
}

impl Outcome {
    /// The word on paper.
    pub fn word(self) -> &'static str {
        match self {
            Self::Granted => "准予修复",
            Self::Refused => "不予修复",
            Self::Declined => "不予受理",
            Self::Withdrawn => "申请人撤回",
            Self::Referred => "转由其他机关办理",
        }
    }

    /// The labels of who, which paper and which day.
    fn labels(self) -> [&'static str; 3] {
        match self {
            Self::Granted | Self::Refused | Self::Declined => ["决定单位", "决定文号", "决定日期"],
            Self::Withdrawn => ["撤回人", "撤回书编号", "撤回日期"],
            Self::Referred => ["办理机关", "转介单号", "转介日期"],
        }
    }
}

/// The paper.
pub fn closing_notice(notice: &ClosingNotice) -> Document {
    let mut document = begin(&notice.issue, "closing_notice", "办结通知");
    document.number = Some(notice.case_no.clone());
    document.addressee = Some(notice.subject.name.clone());
    document.blocks.push(body(
        "你单位就下列行政处罚信息申请信用修复一件，现已办结。结果和可以办理的后续事项通知如下。",
    ));
    document.blocks.push(Block::KeyValue(decision_pairs(&notice.decision)));
    document.blocks.push(Block::KeyValue(outcome_pairs(notice)));
    if !notice.originals.is_empty() {
        document.blocks.push(Block::Callout {
            title: "请领回原件".to_owned(),
            text: Text::new(format!("{}。", notice.originals.join("、"))),
        });
    }
    if !notice.remedies.is_empty() {
        document.blocks.push(Block::Heading(Text::from("还可以怎么办")));
        document.blocks.push(cited(&notice.remedies));
    }
    if let Some(contact) = &notice.contact {
        document.blocks.push(body(contact.as_str()));
    }
    document.closing.signatures = clerk_and_agent(&notice.issue, "经办人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document.qr = code(notice.qr_text.as_ref(), ["扫码带出本件", "内容：件号、结果、签名"]);
    document
}

fn outcome_pairs(notice: &ClosingNotice) -> Vec<Vec<(String, Text)>> {
    let [who, number, day] = notice.outcome.labels();
    let result = pair("办理结果", Text::default().strong(notice.outcome.word()));
    let who = notice.decided_by.as_deref().map(|name| pair(who, name));
    let mut rows = vec![std::iter::once(result).chain(who).collect()];
    let number = notice.decided_no.as_deref().map(|no| pair(number, no));
    let day = notice.decided_on.map(|on| pair(day, on.to_string()));
    let row: Vec<_> = number.into_iter().chain(day).collect();
    if !row.is_empty() {
        rows.push(row);
    }
    if notice.reason.is_some() {
        rows.push(vec![pair("理由", known(notice.reason.as_deref()))]);
    }
    if !notice.sites.is_empty() {
        rows.push(vec![pair("网站公示", site_lines(&notice.sites))]);
    }
    rows
}
