//! 咨询单 where nothing was found: what was looked up, of which day the data are, and what to do now.
//!
//! It never says that there is no record: only that these data hold none.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, Party, begin, body, clerk_and_agent, known_code, long_date, pair};
use crate::document::{Block, Document, Text};

/// What stands on the slip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoRecord {
    /// Where and when.
    pub issue: Issue,
    /// Number of the slip.
    pub number: String,
    /// Who asked.
    pub subject: Party,
    /// 文号 that was asked for, where the applicant knows it.
    #[serde(default)]
    pub document_no: Option<String>,
    /// The authority the applicant names.
    #[serde(default)]
    pub authority: Option<String>,
    /// The websites that publish records, in their own names.
    pub sites: Vec<String>,
    /// The last day the data speak of; none where there are no data yet.
    #[serde(default)]
    pub data_until: Option<Date>,
    /// Where to come again, such as the window with its address.
    pub come_to: String,
    /// Where to ask, a sentence; left out where not known.
    #[serde(default)]
    pub contact: Option<String>,
}

/// The paper.
pub fn no_record_slip(slip: &NoRecord) -> Document {
    let mut document = begin(&slip.issue, "no_record_slip", "咨询单");
    document.number = Some(slip.number.clone());
    document.addressee = Some(slip.subject.name.clone());
    document.blocks.push(body(
        "你单位咨询的下列信息，在本窗口现有的数据中没有查到。没有查到不等于没有这项处罚，也不等于网站没有公示，请按下列办法核对。",
    ));
    document.blocks.push(Block::KeyValue(facts(slip)));
    document.blocks.push(Block::Heading(Text::from("现在怎么办")));
    let sites = slip
        .sites
        .iter()
        .map(|site| format!("“{site}”"))
        .collect::<Vec<_>>()
        .join("、");
    let ways = [
        format!("到{sites}网站按统一社会信用代码查询。各网站都没有的，该信息没有公示，不需要申请修复。"),
        format!(
            "网站上有的，请带行政处罚决定书原件到{}。窗口照决定书录入后即可判定和收件，不必等数据更新。",
            slip.come_to
        ),
        "处罚作出以后改过名称的，请告知曾用名称，窗口按曾用名称再查。".to_owned(),
        "网站所示与决定书不一致，或者不应公示的，可以提出异议。".to_owned(),
    ];
    document
        .blocks
        .push(Block::Numbered(ways.into_iter().map(Text::new).collect()));
    if let Some(contact) = &slip.contact {
        document.blocks.push(body(contact.as_str()));
    }
    document.closing.signatures = clerk_and_agent(&slip.issue, "咨询人签收：");
    document.closing.seal = Some("盖章处".to_owned());
    document
}

fn facts(slip: &NoRecord) -> Vec<Vec<(String, Text)>> {
    let asked = |value: &Option<String>| value.clone().unwrap_or_else(|| "未说明".to_owned());
    let until = slip.data_until.map_or_else(
        || "本窗口还没有导入数据".to_owned(),
        |day| format!("截至 {}", long_date(day)),
    );
    let mut rows = vec![vec![pair("主体名称", slip.subject.name.as_str())]];
    if let Some(uscc) = &slip.subject.uscc {
        rows.push(vec![pair("统一社会信用代码", known_code(Some(uscc)))]);
    }
    rows.push(vec![
        pair("所问决定书文号", asked(&slip.document_no)),
        pair("所称处罚机关", asked(&slip.authority)),
    ]);
    rows.push(vec![pair("查询的数据", until)]);
    rows
}
