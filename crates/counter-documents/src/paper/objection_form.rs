//! 异议申请表: what a subject holds to be wrong with information about it, and what it wants.
//!
//! The grounds are those of city rules (rules and data, §2); what is not known stays blank.

use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, filled, known, known_code, pair, room_to_write};
use crate::document::{Block, Document, Text};

/// What is known; everything unknown becomes a blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ObjectionForm {
    /// Where and when it was printed.
    pub issue: Issue,
    /// The objection's number, where there is one.
    #[serde(default)]
    pub objection_no: Option<String>,
    /// 信息主体.
    #[serde(default)]
    pub subject: Option<String>,
    /// Its unified social credit code.
    #[serde(default)]
    pub uscc: Option<String>,
    /// Its legal representative.
    #[serde(default)]
    pub legal_representative: Option<String>,
    /// 经办人.
    #[serde(default)]
    pub agent: Option<String>,
    /// The agent's telephone.
    #[serde(default)]
    pub agent_phone: Option<String>,
    /// Where to send the result.
    #[serde(default)]
    pub address: Option<String>,
    /// The disputed information, such as a decision's number.
    #[serde(default)]
    pub record: Option<String>,
    /// Who provided it.
    #[serde(default)]
    pub provider: Option<String>,
    /// Where it is shown, such as 信用中国.
    #[serde(default)]
    pub shown_at: Option<String>,
    /// What is wrong with it.
    #[serde(default)]
    pub grounds: Vec<Ground>,
    /// As it is shown.
    #[serde(default)]
    pub as_shown: Option<String>,
    /// As it should be.
    #[serde(default)]
    pub as_claimed: Option<String>,
    /// What happened, in the subject's words.
    #[serde(default)]
    pub facts: Option<String>,
    /// What is attached.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// What is wrong with the information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// 信息错误.
    Wrong,
    /// 信息遗漏.
    Incomplete,
    /// 重复公示.
    Twice,
    /// 不应公示.
    NotToBeShown,
    /// 超期公示.
    TooLong,
    /// 与认定机关信息不一致.
    UnlikeTheAuthoritys,
}

impl Ground {
    const ALL: [Self; 6] = [
        Self::Wrong,
        Self::Incomplete,
        Self::Twice,
        Self::NotToBeShown,
        Self::TooLong,
        Self::UnlikeTheAuthoritys,
    ];

    /// The words on paper.
    pub fn words(self) -> &'static str {
        match self {
            Self::Wrong => "信息错误",
            Self::Incomplete => "信息遗漏",
            Self::Twice => "重复公示",
            Self::NotToBeShown => "不应公示",
            Self::TooLong => "超期公示",
            Self::UnlikeTheAuthoritys => "与认定机关信息不一致",
        }
    }
}

/// The paper, one page.
pub fn objection_form(input: &ObjectionForm) -> Document {
    let mut document = begin(&input.issue, "objection_form", "异议申请表");
    document.number.clone_from(&input.objection_no);
    let evidence = input.evidence.join("；");
    let evidence = if evidence.is_empty() {
        room_to_write(Text::default(), 2)
    } else {
        Text::new(evidence)
    };
    let free = |value: &Option<String>, lines| match value {
        Some(text) => Text::new(text.as_str()),
        None => room_to_write(Text::default(), lines),
    };
    document.blocks.push(Block::KeyValue(vec![
        vec![pair("信息主体", known(input.subject.as_deref()))],
        vec![
            pair("统一社会信用代码", known_code(input.uscc.as_deref())),
            pair("法定代表人", known(input.legal_representative.as_deref())),
        ],
        vec![
            pair("经办人", known(input.agent.as_deref())),
            pair("联系电话", known(input.agent_phone.as_deref())),
        ],
        vec![pair("送达地址", known(input.address.as_deref()))],
        vec![
            pair("异议信息", known(input.record.as_deref())),
            pair("公示位置", known(input.shown_at.as_deref())),
        ],
        vec![pair("信息提供单位", known(input.provider.as_deref()))],
        vec![pair("异议类型", grounds(&input.grounds))],
        vec![pair("现公示内容", free(&input.as_shown, 2))],
        vec![pair("应为内容", free(&input.as_claimed, 2))],
        vec![pair("事实和理由", free(&input.facts, 4))],
        vec![pair("所附证明材料", evidence)],
    ]));
    document.blocks.push(body(
        "以上内容和所附材料真实、合法、完整，与原件一致；如有虚假，由我单位承担相应责任。",
    ));
    document.closing.signatures = vec![vec![
        Text::new("申请单位（盖章）："),
        filled("法定代表人或经办人（签字）：", None, 4.0),
        blank_date(),
    ]];
    document.closing.seal = Some("申请单位公章".to_owned());
    document
}

fn grounds(taken: &[Ground]) -> Text {
    super::choices(&Ground::ALL.map(|ground| (ground.words(), taken.contains(&ground))))
}
