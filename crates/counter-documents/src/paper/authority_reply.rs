//! 受理通知书 and 不予受理通知书, and the counter's record of an authority's such act.
//!
//! Under most packs the finding authority accepts or declines; then the title and the text say so
//! and the counter only tells it. Where the pack lets the counter accept, the notice is its own.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::advice_slip::{Reason, cited};
use super::{Decision, Issue, Party, begin, body, clerk_and_agent, code, decision_pairs, long_date, pair};
use crate::document::{Block, Document, Paragraph, Text};

/// What both notices are about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// Where and when.
    pub issue: Issue,
    /// 件号.
    pub case_no: String,
    /// To whom.
    pub subject: Party,
    /// The record.
    pub decision: Decision,
    /// Whose act it is.
    pub actor: Actor,
    /// The day of the act.
    pub acted_on: Date,
    /// The day the request was submitted, where known.
    #[serde(default)]
    pub submitted_on: Option<Date>,
    /// Where it was submitted, such as 信用中国.
    #[serde(default)]
    pub door: Option<String>,
    /// Where to ask, a sentence; left out where not known.
    #[serde(default)]
    pub contact: Option<String>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// Who accepted or declined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Actor {
    /// The counter itself: the pack says that it accepts.
    Counter {
        /// Where the pack has that from.
        basis: String,
    },
    /// An authority; the paper is a record of its act.
    Authority {
        /// Its name.
        name: String,
        /// The number of its own notice, where it gave one.
        #[serde(default)]
        notice_no: Option<String>,
    },
}

/// An acceptance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acceptance {
    /// What it is about.
    pub reply: Reply,
    /// The day the result is due, where it can be reckoned.
    #[serde(default)]
    pub result_due_on: Option<Date>,
    /// That day rests on a value nobody has read in the official text: it carries 待核.
    #[serde(default)]
    pub due_unverified: bool,
}

/// A declination.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declination {
    /// What it is about.
    pub reply: Reply,
    /// The reasons as they were given.
    pub reasons: Vec<Reason>,
    /// What can be done now.
    #[serde(default)]
    pub remedies: Vec<Reason>,
}

/// The paper that says a request was accepted.
pub fn authority_acceptance(acceptance: &Acceptance) -> Document {
    let reply = &acceptance.reply;
    let title = match reply.actor {
        Actor::Counter { .. } => "受理通知书",
        Actor::Authority { .. } => "认定单位受理情况告知",
    };
    let mut document = opened(reply, "authority_acceptance", title);
    document.blocks.push(body(told(reply, "受理")));
    document.blocks.push(Block::KeyValue(decision_pairs(&reply.decision)));
    let mut rows = act_rows(reply, "受理");
    if let Some(day) = acceptance.result_due_on {
        let mut text = Text::default().strong(long_date(day)).plain("前");
        if acceptance.due_unverified {
            text = text.mark(super::UNVERIFIED);
        }
        rows.push(vec![pair("答复期限", text)]);
    }
    document.blocks.push(Block::KeyValue(rows));
    document.blocks.push(body(match &reply.actor {
        Actor::Counter { .. } => {
            "受理后由有权机关审查决定是否准予修复，受理不等于准予修复；结果作出后另行通知。".to_owned()
        }
        Actor::Authority { name, .. } => {
            format!("是否准予修复由{name}审查决定，受理不等于准予修复；结果作出后，本窗口另行通知。")
        }
    }));
    finished(document, reply)
}

/// The paper that says a request was not accepted.
pub fn authority_declination(declination: &Declination) -> Document {
    let reply = &declination.reply;
    let title = match reply.actor {
        Actor::Counter { .. } => "不予受理通知书",
        Actor::Authority { .. } => "认定单位不予受理情况告知",
    };
    let mut document = opened(reply, "authority_declination", title);
    document.blocks.push(body(told(reply, "不予受理")));
    document.blocks.push(Block::KeyValue(decision_pairs(&reply.decision)));
    document.blocks.push(Block::KeyValue(act_rows(reply, "不予受理")));
    document.blocks.push(Block::Heading(Text::from("不予受理的理由")));
    document.blocks.push(cited(&declination.reasons));
    if !declination.remedies.is_empty() {
        document.blocks.push(Block::Heading(Text::from("还可以怎么办")));
        document.blocks.push(cited(&declination.remedies));
    }
    finished(document, reply)
}

fn opened(reply: &Reply, kind: &'static str, title: &str) -> Document {
    let mut document = begin(&reply.issue, kind, title);
    document.number = Some(reply.case_no.clone());
    document.addressee = Some(reply.subject.name.clone());
    document
}

/// Who did what on which day, in a sentence.
fn told(reply: &Reply, act: &str) -> String {
    let submitted = reply
        .submitted_on
        .map_or_else(|| "你单位".to_owned(), |day| format!("你单位于 {}", long_date(day)));
    let day = long_date(reply.acted_on);
    match &reply.actor {
        Actor::Counter { basis } => {
            format!("{submitted}就下列行政处罚信息提出的信用修复申请，依据{basis}，本窗口于 {day}{act}。")
        }
        Actor::Authority { name, .. } => format!(
            "{submitted}就下列行政处罚信息提出的信用修复申请，{name}已于 {day}{act}。\
             {act}是{name}的行为，本窗口据其反馈告知。"
        ),
    }
}

fn act_rows(reply: &Reply, act: &str) -> Vec<Vec<(String, Text)>> {
    let (who, number) = match &reply.actor {
        Actor::Counter { .. } => (reply.issue.office.as_str(), None),
        Actor::Authority { name, notice_no } => (name.as_str(), notice_no.as_deref()),
    };
    let mut rows = vec![vec![
        pair(&format!("{act}单位"), Text::default().strong(who)),
        pair(&format!("{act}日期"), reply.acted_on.to_string()),
    ]];
    let number = number.map(|number| pair("该单位文号", number));
    let door = reply.door.as_deref().map(|door| pair("办理入口", door));
    let row: Vec<_> = number.into_iter().chain(door).collect();
    if !row.is_empty() {
        rows.push(row);
    }
    rows
}

fn finished(mut document: Document, reply: &Reply) -> Document {
    if let Some(contact) = &reply.contact {
        document.blocks.push(body(contact.as_str()));
    }
    if let Actor::Authority { .. } = reply.actor {
        document.blocks.push(
            Paragraph::note(
                "本告知由窗口出具，用以说明办理情况，不代替上述单位的文书；该单位另有文书的，以其文书为准。",
            )
            .into(),
        );
    }
    document.closing.signatures = clerk_and_agent(&reply.issue, "经办人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document.qr = code(reply.qr_text.as_ref(), ["扫码查询、续办", "内容：件号、签名"]);
    document
}
