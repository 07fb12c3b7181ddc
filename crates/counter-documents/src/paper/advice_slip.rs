//! 咨询单: the answer of the counter about one record, whatever it is.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Basis, Decision, Issue, Party, begin, body, clerk_and_agent, code, decision_pairs};
use crate::document::{Block, Column, Document, Table, Text, Timeline, TimelineMark, Verdict};

/// What stands on the slip.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    /// Where and when.
    pub issue: Issue,
    /// Number of the slip, where it has one.
    #[serde(default)]
    pub number: Option<String>,
    /// Who asked.
    pub subject: Party,
    /// The record.
    pub decision: Decision,
    /// One of the eight words, such as 可申请修复.
    pub verdict: String,
    /// The day that matters, a sentence.
    pub sentence: String,
    /// A decisive value is unverified: the verdict carries 待核.
    #[serde(default)]
    pub unverified: bool,
    /// The days of the publicity period, ascending.
    #[serde(default)]
    pub timeline: Vec<Day>,
    /// The door to go through; none where there is none.
    #[serde(default)]
    pub door: Option<String>,
    /// The class of the record, such as 一般失信.
    #[serde(default)]
    pub class: Option<String>,
    /// The papers to bring.
    #[serde(default)]
    pub materials: Vec<Needed>,
    /// What is not yet done, such as 罚款尚未缴清.
    #[serde(default)]
    pub missing: Vec<String>,
    /// What the counter could not find out; the verdict holds if it is as assumed.
    #[serde(default)]
    pub unknown: Vec<String>,
    /// The reasons in order.
    pub reasons: Vec<Reason>,
    /// A change that is already known, such as another rule from a day on.
    #[serde(default)]
    pub outlook: Option<String>,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// A day on the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    /// The day.
    pub on: Date,
    /// What happens then.
    pub label: String,
}

/// A paper to bring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needed {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub required: bool,
    /// What to heed.
    #[serde(default)]
    pub note: Option<String>,
}

/// A reason with its citation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The reason.
    pub text: String,
    /// Where it is written.
    pub basis: Basis,
}

/// The paper.
pub fn advice_slip(advice: &Advice) -> Document {
    let mut document = begin(&advice.issue, "advice_slip", "信用修复咨询单");
    document.number.clone_from(&advice.number);
    document.addressee = Some(advice.subject.name.clone());
    document.blocks.push(body(
        "就你单位咨询的下列行政处罚信息，本窗口按现行规则和现有数据答复如下。",
    ));
    let mut sentence = Text::new(advice.sentence.as_str());
    if advice.unverified {
        sentence = sentence.mark(super::UNVERIFIED);
    }
    let timeline = (!advice.timeline.is_empty()).then(|| Timeline {
        marks: advice
            .timeline
            .iter()
            .map(|day| TimelineMark {
                on: day.on,
                label: day.label.clone(),
            })
            .collect(),
        today: advice.issue.issued_on,
    });
    document.blocks.push(Block::Verdict(Verdict {
        word: advice.verdict.clone(),
        line: sentence,
        timeline,
    }));
    document.blocks.push(Block::KeyValue(facts(advice)));
    document.blocks.extend(open_points(advice));
    if !advice.materials.is_empty() {
        document.blocks.push(Block::Heading(Text::from("办理时带上")));
        document.blocks.push(material_table(&advice.materials));
    }
    document.blocks.push(Block::Heading(Text::from("理由和依据")));
    document.blocks.push(reason_table(&advice.reasons));
    document.blocks.push(body(
        "本单供咨询之用，不是受理或者决定；情况或者规则变化的，以办理时为准。",
    ));
    document.closing.signatures = clerk_and_agent(&advice.issue, "咨询人签收：");
    document.qr = code(advice.qr_text.as_ref(), ["扫码带出本次咨询", "内容：记录、结论、签名"]);
    document
}

fn facts(advice: &Advice) -> Vec<Vec<(String, Text)>> {
    let mut rows = decision_pairs(&advice.decision);
    let class = advice
        .class
        .as_deref()
        .map(|class| ("类别".to_owned(), Text::new(class)));
    let door = advice
        .door
        .as_deref()
        .map(|door| ("办理入口".to_owned(), Text::new(door)));
    let row: Vec<_> = class.into_iter().chain(door).collect();
    if !row.is_empty() {
        rows.push(row);
    }
    if let Some(uscc) = &advice.subject.uscc {
        rows.push(vec![(
            "统一社会信用代码".to_owned(),
            Text::default().code(uscc.as_str()),
        )]);
    }
    rows
}

fn open_points(advice: &Advice) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !advice.missing.is_empty() {
        let text = Text::new(format!("{}。", advice.missing.join("；")));
        blocks.push(Block::Callout {
            title: "尚未具备的条件".to_owned(),
            text,
        });
    }
    if !advice.unknown.is_empty() {
        let text = Text::new(format!(
            "{}。以上按已具备答复；如不属实，结论随之改变。",
            advice.unknown.join("；")
        ));
        blocks.push(Block::Callout {
            title: "窗口无法查明、请自行核对".to_owned(),
            text,
        });
    }
    if let Some(outlook) = &advice.outlook {
        blocks.push(Block::Callout {
            title: "已知的变化".to_owned(),
            text: Text::new(outlook.as_str()),
        });
    }
    blocks
}

/// Papers to bring, also used by the referral slip.
pub(super) fn material_table(materials: &[Needed]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("材料", 36.0),
            Column::centered("要求", 12.0),
            Column::new("说明", 45.5),
        ],
        rows: materials
            .iter()
            .enumerate()
            .map(|(nth, needed)| {
                vec![
                    Text::new((nth + 1).to_string()),
                    Text::new(needed.name.as_str()),
                    Text::new(if needed.required { "必备" } else { "视情形" }),
                    Text::new(needed.note.as_deref().unwrap_or_default()),
                ]
            })
            .collect(),
    })
}

/// Points with their citations in running text, for papers that have other tables. A document that the point names itself is
/// not named again behind it.
pub(super) fn cited(points: &[Reason]) -> Block {
    let cited = |point: &Reason| {
        let mut basis = point.basis.clone();
        if let Some((document, article)) = point.basis.source.rsplit_once(' ')
            && point.text.contains(document)
        {
            basis.source = article.to_owned();
        }
        let text = Text::new(point.text.trim_end_matches('。')).plain("（");
        basis.onto(text).plain("）。")
    };
    Block::Numbered(points.iter().map(cited).collect())
}

/// Reasons in order.
fn reason_table(reasons: &[Reason]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("理由", 58.0),
            Column::new("依据", 35.5),
        ],
        rows: reasons
            .iter()
            .enumerate()
            .map(|(nth, reason)| {
                let number = Text::new((nth + 1).to_string());
                vec![
                    number,
                    Text::new(reason.text.as_str()),
                    reason.basis.onto(Text::default()),
                ]
            })
            .collect(),
    })
}
