//! 授权委托书: an applicant's power for its agent, filled in as far as it is known, or blank.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, filled, long_date};
use crate::document::{Block, CheckItem, Document, Paragraph, Sheet, Text};

/// What is known; everything unknown becomes a blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorization {
    /// Where and when it was printed.
    pub issue: Issue,
    /// 委托单位.
    #[serde(default)]
    pub principal: Option<String>,
    /// Its unified social credit code.
    #[serde(default)]
    pub uscc: Option<String>,
    /// Its legal representative.
    #[serde(default)]
    pub legal_representative: Option<String>,
    /// 受托人.
    #[serde(default)]
    pub agent: Option<String>,
    /// The agent's identity document number.
    #[serde(default)]
    pub agent_id_no: Option<String>,
    /// The agent's telephone.
    #[serde(default)]
    pub agent_phone: Option<String>,
    /// The decisions it is about, by number.
    #[serde(default)]
    pub decisions: Vec<String>,
    /// Last day of the power.
    #[serde(default)]
    pub valid_until: Option<Date>,
}

const POWERS: [&str; 5] = [
    "提交、补正信用修复申请材料",
    "代为核对并确认申请信息",
    "签收收件回执、一次性告知书等文书",
    "查询办理进度",
    "领取办理结果",
];

/// The paper.
pub fn authorization(input: &Authorization) -> Document {
    let mut document = begin(&input.issue, "authorization", "授权委托书");
    document.sheet = Sheet::Letter;
    let line = |text: Text| Block::from(Paragraph::flush(text));
    document.blocks.extend([
        line(filled("委托单位：", input.principal.as_deref(), 22.0)),
        line(filled("统一社会信用代码：", input.uscc.as_deref(), 18.0)),
        line(filled("法定代表人：", input.legal_representative.as_deref(), 12.0)),
        line(
            filled("受托人：", input.agent.as_deref(), 8.0)
                .plain("　联系电话：")
                .blank(phone(input), 9.0),
        ),
        line(filled("受托人身份证件号码：", input.agent_id_no.as_deref(), 17.0)),
    ]);
    let decisions = input.decisions.join("、");
    document.blocks.push(body(
        Text::new("兹委托上述受托人，就决定书文号")
            .blank(decisions, 14.0)
            .plain("的行政处罚信息，代为办理信用修复，委托权限为（打勾有效）："),
    ));
    let ticked = input.principal.is_some() && input.agent.is_some();
    document.blocks.push(Block::CheckList(
        POWERS
            .into_iter()
            .map(|power| CheckItem {
                ticked,
                text: Text::from(power),
            })
            .collect(),
    ));
    let term = match input.valid_until {
        Some(day) => Text::new("委托期限：自签署之日起至 ")
            .plain(long_date(day))
            .plain("止。"),
        None => {
            let mut text = Text::new("委托期限：自签署之日起至");
            text.0.extend(blank_date().0);
            text.plain("止。")
        }
    };
    document.blocks.push(body(term));
    document.blocks.push(body(
        "受托人在上述权限和期限内的行为，我单位均予承认。受托人不得转委托。",
    ));
    document.closing.signatures = vec![
        vec![
            Text::new("委托单位（盖章）："),
            filled("法定代表人（签字）：", None, 4.0),
            blank_date(),
        ],
        vec![filled("受托人（签字）：", None, 5.0), blank_date()],
    ];
    document.closing.seal = Some("委托单位公章".to_owned());
    document
}

fn phone(input: &Authorization) -> &str {
    input.agent_phone.as_deref().unwrap_or_default()
}
