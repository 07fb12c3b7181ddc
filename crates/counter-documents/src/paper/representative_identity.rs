//! 法定代表人身份证明书: who the legal representative of an applicant is, filled in as far as it is
//! known, with room for a copy of the identity card.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, filled, long_date};
use crate::document::{Block, Document, Paragraph, Sheet, Text};

/// What is known; everything unknown becomes a blank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepresentativeIdentity {
    /// Where and when it was printed.
    pub issue: Issue,
    /// The applicant.
    #[serde(default)]
    pub subject: Option<String>,
    /// Its unified social credit code.
    #[serde(default)]
    pub uscc: Option<String>,
    /// Its address.
    #[serde(default)]
    pub address: Option<String>,
    /// The legal representative.
    #[serde(default)]
    pub legal_representative: Option<String>,
    /// The post held, such as 执行董事.
    #[serde(default)]
    pub post: Option<String>,
    /// The number of the representative's identity document.
    #[serde(default)]
    pub id_no: Option<String>,
    /// The representative's telephone.
    #[serde(default)]
    pub phone: Option<String>,
    /// The last day it may be used, where there is one.
    #[serde(default)]
    pub valid_until: Option<Date>,
}

/// Height of the place for one side of an identity card, in points: the card's own 54 mm.
const CARD_HEIGHT: f32 = 153.0;

/// The paper.
pub fn representative_identity(input: &RepresentativeIdentity) -> Document {
    let mut document = begin(&input.issue, "representative_identity", "法定代表人身份证明书");
    document.sheet = Sheet::Letter;
    let line = |text: Text| Block::from(Paragraph::flush(text));
    document.blocks.extend([
        line(filled("单位名称：", input.subject.as_deref(), 22.0)),
        line(filled("统一社会信用代码：", input.uscc.as_deref(), 18.0)),
        line(filled("住所：", input.address.as_deref(), 24.0)),
        line(filled("联系电话：", input.phone.as_deref(), 10.0)),
    ]);
    document.blocks.push(body(
        Text::default()
            .blank(input.legal_representative.as_deref().unwrap_or_default(), 7.0)
            .plain("（身份证件号码：")
            .blank(input.id_no.as_deref().unwrap_or_default(), 11.0)
            .plain("）在我单位担任")
            .blank(input.post.as_deref().unwrap_or_default(), 7.0)
            .plain("职务，是我单位的法定代表人。"),
    ));
    let term = input
        .valid_until
        .map_or_else(String::new, |day| format!("，有效至 {}", long_date(day)));
    document
        .blocks
        .push(body(format!("特此证明。本证明仅用于办理信用修复{term}。")));
    document.blocks.push(Block::Frames {
        height: CARD_HEIGHT,
        words: vec![
            "身份证件复印件粘贴处（人像面）".to_owned(),
            "身份证件复印件粘贴处（国徽面）".to_owned(),
        ],
    });
    document
        .blocks
        .push(Paragraph::note("复印件须清晰完整，粘贴后加盖骑缝章。").into());
    document.closing.signatures = vec![vec![Text::new("单位（盖章）："), blank_date()]];
    document.closing.seal = Some("单位公章".to_owned());
    document
}
