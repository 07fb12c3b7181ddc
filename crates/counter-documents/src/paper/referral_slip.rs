//! 转介单: another office is in charge; which one, why, and what to take along.

use serde::{Deserialize, Serialize};

use super::advice_slip::{Needed, Reason, cited, material_table};
use super::{Decision, Issue, Party, begin, body, clerk_and_agent, code, decision_pairs, pair};
use crate::document::{Block, Document, Text};

/// What stands on the slip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// Where and when.
    pub issue: Issue,
    /// Number of the slip, where it has one.
    #[serde(default)]
    pub number: Option<String>,
    /// Who asked.
    pub subject: Party,
    /// The record.
    pub decision: Decision,
    /// The office in charge.
    pub office: String,
    /// Its address, where known.
    #[serde(default)]
    pub address: Option<String>,
    /// Its telephone, where known.
    #[serde(default)]
    pub phone: Option<String>,
    /// Its hours, where known, such as 工作日 9:00–12:00、14:00–17:00.
    #[serde(default)]
    pub hours: Option<String>,
    /// What to ask for there, such as 申请移出失信被执行人名单.
    pub matter: String,
    /// Why, in a sentence.
    pub why: String,
    /// What to take along.
    #[serde(default)]
    pub materials: Vec<Needed>,
    /// What the counter hands over, such as a copy of the decision.
    #[serde(default)]
    pub handed_over: Vec<String>,
    /// The reasons in order.
    #[serde(default)]
    pub reasons: Vec<Reason>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// The paper.
pub fn referral_slip(referral: &Referral) -> Document {
    let mut document = begin(&referral.issue, "referral_slip", "转介单");
    document.number.clone_from(&referral.number);
    document.addressee = Some(referral.subject.name.clone());
    document
        .blocks
        .push(body(format!("你单位咨询的下列事项不在本窗口办理。{}", referral.why)));
    let mut rows = vec![vec![pair("办理机关", Text::default().strong(referral.office.as_str()))]];
    rows.push(vec![pair("办理事项", referral.matter.as_str())]);
    rows.extend(where_to(referral));
    rows.extend(decision_pairs(&referral.decision));
    document.blocks.push(Block::KeyValue(rows));
    if !referral.materials.is_empty() {
        document.blocks.push(Block::Heading(Text::from("请带上")));
        document.blocks.push(to_bring(&referral.materials));
    }
    if !referral.reasons.is_empty() {
        document.blocks.push(Block::Heading(Text::from("理由和依据")));
        document.blocks.push(cited(&referral.reasons));
    }
    let mut last = "是否受理、如何处理，由上述机关决定。持本单前往，可免再次说明来意。".to_owned();
    if !referral.handed_over.is_empty() {
        last = format!("本窗口已随单提供：{}。{last}", referral.handed_over.join("、"));
    }
    document.blocks.push(body(last));
    document.closing.signatures = clerk_and_agent(&referral.issue, "经办人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document.qr = code(
        referral.qr_text.as_ref(),
        ["扫码带出本次转介", "内容：记录、去处、签名"],
    );
    document
}

/// A table where there is something to heed; a list of names otherwise.
fn to_bring(materials: &[Needed]) -> Block {
    if materials.iter().any(|material| material.note.is_some()) {
        return material_table(materials);
    }
    let name = |material: &Needed| match material.required {
        true => Text::new(material.name.as_str()),
        false => Text::new(format!("{}（视情形）", material.name)),
    };
    Block::Numbered(materials.iter().map(name).collect())
}

/// Address, and telephone and hours beside each other.
fn where_to(referral: &Referral) -> Vec<Vec<(String, Text)>> {
    let address = referral.address.as_deref().map(|address| pair("地址", address));
    let phone = referral.phone.as_deref().map(|phone| pair("电话", phone));
    let hours = referral.hours.as_deref().map(|hours| pair("办公时间", hours));
    let reached: Vec<_> = phone.into_iter().chain(hours).collect();
    [address.into_iter().collect(), reached]
        .into_iter()
        .filter(|row: &Vec<_>| !row.is_empty())
        .collect()
}
