//! 信用修复申请表: the applicant's request with the opinion of the authority that made the decision.
//!
//! The layout is recalled (rules and data, §7) and not an official sheet; a door that asks for its
//! own form gets that one. What is not known stays blank.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, choices, filled, known, known_code, known_day, pair, room_to_write};
use crate::document::{Block, Document, Text};

/// What is known; everything unknown becomes a blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Where and when it was printed.
    pub issue: Issue,
    /// The case's number, where there is one.
    #[serde(default)]
    pub case_no: Option<String>,
    /// 主体名称.
    #[serde(default)]
    pub subject: Option<String>,
    /// Its unified social credit code.
    #[serde(default)]
    pub uscc: Option<String>,
    /// Its address.
    #[serde(default)]
    pub address: Option<String>,
    /// Its legal representative.
    #[serde(default)]
    pub legal_representative: Option<String>,
    /// 经办人.
    #[serde(default)]
    pub agent: Option<String>,
    /// The agent's telephone.
    #[serde(default)]
    pub agent_phone: Option<String>,
    /// 决定书文号.
    #[serde(default)]
    pub decision_no: Option<String>,
    /// 处罚日期.
    #[serde(default)]
    pub decided_on: Option<Date>,
    /// 处罚机关.
    #[serde(default)]
    pub authority: Option<String>,
    /// 处罚内容 in a few words.
    #[serde(default)]
    pub content: Option<String>,
    /// 履行情况说明; blank lines where not known.
    #[serde(default)]
    pub performance: Option<String>,
}

/// The paper, one page.
pub fn application_form(input: &Application) -> Document {
    let mut document = begin(&input.issue, "application_form", "信用修复申请表");
    document.number.clone_from(&input.case_no);
    document.blocks.push(Block::KeyValue(vec![
        vec![pair("主体名称", known(input.subject.as_deref()))],
        vec![
            pair("统一社会信用代码", known_code(input.uscc.as_deref())),
            pair("法定代表人", known(input.legal_representative.as_deref())),
        ],
        vec![pair("地址", known(input.address.as_deref()))],
        vec![
            pair("经办人", known(input.agent.as_deref())),
            pair("联系电话", known(input.agent_phone.as_deref())),
        ],
        vec![
            pair("决定书文号", known(input.decision_no.as_deref())),
            pair("处罚日期", known_day(input.decided_on)),
        ],
        vec![pair("处罚机关", known(input.authority.as_deref()))],
        vec![pair("处罚内容", known(input.content.as_deref()))],
        vec![pair("履行情况说明", performance(input))],
        vec![pair("处罚机关意见", opinion())],
    ]));
    document
        .blocks
        .push(body("以上内容真实、合法、完整，如有虚假，由我单位承担相应责任。"));
    document.closing.signatures = vec![vec![
        Text::new("申请单位（盖章）："),
        filled("法定代表人（签字）：", None, 5.0),
        blank_date(),
    ]];
    document.closing.seal = Some("申请单位公章".to_owned());
    document
}

fn performance(input: &Application) -> Text {
    let asked = "（罚款缴纳的日期和金额、责令事项的改正情况）";
    match &input.performance {
        Some(text) => room_to_write(text.as_str(), 1),
        None => room_to_write(asked, 5),
    }
}

/// What the authority fills in, with its seal.
fn opinion() -> Text {
    let open = |words: [&str; 2]| choices(&words.map(|word| (word, false)));
    let mut text = Text::new("处罚决定的义务是否履行完毕：　");
    text.0.extend(open(["是", "否"]).0);
    text = text.plain("\n是否同意信用修复：　");
    text.0.extend(open(["同意", "不同意"]).0);
    text = text
        .plain("\n理由：\n\n\n联系人：")
        .blank("", 6.0)
        .plain("　联系电话：")
        .blank("", 9.0)
        .plain("\n\n处罚机关（盖章）：　　　　　　　　　　");
    text.0.extend(blank_date().0);
    room_to_write(text, 2)
}
