//! 卷宗: the cover of a volume and its catalogue (卷内目录).
//!
//! Pages are those of the volume's content, numbered from 1 behind cover and catalogue;
//! [`crate::volume`] counts them and binds the whole.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, Party, begin, blank_date, filled, known, known_code, known_day, pair};
use crate::document::{Block, Column, Document, Paragraph, Sheet, Table, Text};

/// What stands on cover and catalogue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchiveCover {
    /// Where and when; the clerk put the volume together.
    pub issue: Issue,
    /// The volume's title, such as 某公司信用修复办件卷.
    pub title: String,
    /// 件号.
    pub case_no: String,
    /// Whose case it is.
    pub subject: Party,
    /// The record, such as 穗越建罚〔2026〕12号，越秀区住房和建设局.
    pub record: String,
    /// The box it lies in.
    #[serde(default)]
    pub box_no: Option<String>,
    /// How long it is kept, such as 30 年.
    #[serde(default)]
    pub retention: Option<String>,
    /// The day of the first paper.
    #[serde(default)]
    pub opened_on: Option<Date>,
    /// The day of the last.
    #[serde(default)]
    pub closed_on: Option<Date>,
    /// Pages of the content.
    pub pages: u32,
    /// What lies in it, in order.
    pub catalogue: Vec<CatalogueEntry>,
    /// What to heed, such as papers that are kept elsewhere.
    #[serde(default)]
    pub note: Option<String>,
}

/// A paper of the volume.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueEntry {
    /// Its title.
    pub title: String,
    /// Its number, where it has one.
    #[serde(default)]
    pub number: Option<String>,
    /// Its day.
    #[serde(default)]
    pub on: Option<Date>,
    /// Its first page in the volume.
    pub from: u32,
    /// Its last page in the volume.
    pub to: u32,
}

/// The paper: cover on the first page, catalogue behind it.
pub fn archive_cover(cover: &ArchiveCover) -> Document {
    let mut document = begin(&cover.issue, "archive_cover", "卷宗");
    document.sheet = Sheet::Letter;
    document.number = Some(cover.case_no.clone());
    document.blocks.extend([
        Block::Space(70.0),
        large(&cover.title, 1.4),
        Block::Space(60.0),
        Block::KeyValue(facts(cover)),
        Block::PageBreak,
        large("卷内目录", 1.2),
        catalogue(&cover.catalogue),
    ]);
    if let Some(note) = &cover.note {
        document.blocks.push(Paragraph::flush(format!("备考：{note}")).into());
    }
    document.closing.signatures = vec![
        vec![
            Text::new(format!("立卷人：{}", cover.issue.clerk)),
            Text::new(super::long_date(cover.issue.issued_on)),
        ],
        vec![filled("检查人：", None, 6.0), blank_date()],
    ];
    document
}

fn large(words: &str, scale: f32) -> Block {
    Paragraph {
        scale,
        ..Paragraph::centered(Text::default().strong(words))
    }
    .into()
}

fn facts(cover: &ArchiveCover) -> Vec<Vec<(String, Text)>> {
    vec![
        vec![pair("信用主体", cover.subject.name.as_str())],
        vec![pair("统一社会信用代码", known_code(cover.subject.uscc.as_deref()))],
        vec![pair("记录", cover.record.as_str())],
        vec![pair("件号", known_code(Some(&cover.case_no)))],
        vec![
            pair("起始日期", known_day(cover.opened_on)),
            pair("终止日期", known_day(cover.closed_on)),
        ],
        vec![
            pair("盒号", known(cover.box_no.as_deref())),
            pair("保管期限", known(cover.retention.as_deref())),
        ],
        vec![
            pair("文件", format!("{} 件", cover.catalogue.len())),
            pair("页数", format!("{} 页", cover.pages)),
        ],
        vec![pair("立卷人", cover.issue.clerk.as_str())],
    ]
}

fn catalogue(entries: &[CatalogueEntry]) -> Block {
    let rows = entries
        .iter()
        .enumerate()
        .map(|(nth, entry)| {
            let pages = if entry.from == entry.to {
                entry.from.to_string()
            } else {
                format!("{}–{}", entry.from, entry.to)
            };
            vec![
                Text::new((nth + 1).to_string()),
                Text::new(entry.title.as_str()),
                known(entry.number.as_deref()),
                known_day(entry.on),
                Text::new(pages),
            ]
        })
        .collect();
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 7.0),
            Column::new("题名", 31.0),
            Column::new("文号", 32.0),
            Column::new("日期", 17.0),
            Column::centered("页次", 13.0),
        ],
        rows,
    })
}
