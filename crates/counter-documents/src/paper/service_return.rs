//! 送达回证: which papers were served on whom, how, where and when. What is not known yet is
//! filled in by hand.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, Party, begin, blank_date, choices, known, known_code, long_date, pair, room_to_write};
use crate::document::{Block, Column, Document, Paragraph, Table, Text};

/// What stands on the return.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceReturn {
    /// Where and when.
    pub issue: Issue,
    /// Number of the return, where it has one.
    #[serde(default)]
    pub number: Option<String>,
    /// On whom.
    pub recipient: Party,
    /// The papers.
    pub papers: Vec<ServedPaper>,
    /// How; all ways are open where not known.
    #[serde(default)]
    pub way: Option<Way>,
    /// Where.
    #[serde(default)]
    pub place: Option<String>,
    /// The day, where it is known already.
    #[serde(default)]
    pub served_on: Option<Date>,
    /// Who serves, in full.
    #[serde(default)]
    pub servers: Vec<String>,
    /// What to heed, such as the number of a parcel or why papers were left.
    #[serde(default)]
    pub note: Option<String>,
}

/// A paper that is served.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServedPaper {
    /// What it is, such as 一次性告知书.
    pub kind: String,
    /// Its number.
    #[serde(default)]
    pub number: Option<String>,
    /// How many.
    pub copies: u32,
}

/// The way papers are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// 当面.
    InPerson,
    /// 邮寄.
    Post,
    /// 电子.
    Electronic,
    /// 留置.
    Left,
}

/// The paper.
pub fn service_return(input: &ServiceReturn) -> Document {
    let mut document = begin(&input.issue, "service_return", "送达回证");
    document.number.clone_from(&input.number);
    let mut recipient = vec![vec![pair("受送达人", input.recipient.name.as_str())]];
    if let Some(uscc) = &input.recipient.uscc {
        recipient.push(vec![pair("统一社会信用代码", known_code(Some(uscc)))]);
    }
    document.blocks.push(Block::KeyValue(recipient));
    document.blocks.push(papers(&input.papers));
    let ways = [
        ("当面", Way::InPerson),
        ("邮寄", Way::Post),
        ("电子", Way::Electronic),
        ("留置", Way::Left),
    ];
    let servers = (!input.servers.is_empty()).then(|| input.servers.join("、"));
    let served_on = input.served_on.map_or_else(blank_date, |day| Text::new(long_date(day)));
    document.blocks.push(Block::KeyValue(vec![
        vec![pair(
            "送达方式",
            choices(&ways.map(|(word, way)| (word, input.way == Some(way)))),
        )],
        vec![pair("送达地点", known(input.place.as_deref()))],
        vec![pair("送达日期", served_on)],
        vec![pair("受送达人签收", signed())],
        vec![pair("代收人与受送达人关系", Text::default())],
        vec![pair("送达人", room_to_write(known(servers.as_deref()), 1))],
        vec![pair("见证人", witnessed())],
        vec![pair("备注", room_to_write(known(input.note.as_deref()), 2))],
    ]));
    document.blocks.push(
        Paragraph::note(
            "受送达人不在而由他人代收的，代收人签名并写明关系；拒收而留置送达的，由见证人签名，送达人在备注中写明经过。",
        )
        .into(),
    );
    document.closing.seal = Some("送达单位盖章".to_owned());
    document
}

fn papers(papers: &[ServedPaper]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("送达文书", 44.5),
            Column::new("文号", 37.0),
            Column::centered("份数", 12.0),
        ],
        rows: papers
            .iter()
            .enumerate()
            .map(|(nth, paper)| {
                vec![
                    Text::new((nth + 1).to_string()),
                    Text::new(paper.kind.as_str()),
                    known(paper.number.as_deref()),
                    Text::new(paper.copies.to_string()),
                ]
            })
            .collect(),
    })
}

/// Room for a signature, and the day at its end.
fn signed() -> Text {
    let mut text = Text::new("（签名或者盖章）\n\n　　　　　　　　　　");
    text.0.extend(blank_date().0);
    text
}

fn witnessed() -> Text {
    let mut text = Text::default().blank("", 8.0).plain("　　");
    text.0.extend(blank_date().0);
    text
}
