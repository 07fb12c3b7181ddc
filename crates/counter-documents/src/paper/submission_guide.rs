//! 网上填报指引: the fields of the website's form in its order, with what goes into each.

use serde::{Deserialize, Serialize};

use super::{Issue, Party, begin, body};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the guide.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Where and when.
    pub issue: Issue,
    /// The case.
    pub case_no: String,
    /// Who applies.
    pub subject: Party,
    /// The website, such as 信用中国.
    pub site: String,
    /// Its fields in order.
    pub fields: Vec<Field>,
    /// The files to upload in order.
    pub uploads: Vec<String>,
    /// The order of fields is recalled and not read off the site.
    pub unverified: bool,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its label on the site.
    pub label: String,
    /// What goes into it.
    pub value: String,
    /// What to heed, such as 与网站显示逐字一致.
    #[serde(default)]
    pub note: Option<String>,
}

/// The paper.
pub fn submission_guide(guide: &Guide) -> Document {
    let mut document = begin(&guide.issue, "submission_guide", "网上填报指引");
    document.number = Some(guide.case_no.clone());
    let mut text = Text::new(format!(
        "{}的信用修复申请，按下列次序在「{}」填报。",
        guide.subject.name, guide.site
    ));
    if guide.unverified {
        text = text
            .plain("栏目名称和次序以网站为准")
            .mark(super::UNVERIFIED)
            .plain("。");
    }
    document.blocks.push(body(text));
    let rows = guide
        .fields
        .iter()
        .enumerate()
        .map(|(nth, field)| {
            vec![
                Text::new((nth + 1).to_string()),
                Text::new(field.label.as_str()),
                Text::new(field.value.as_str()),
                Text::new(field.note.as_deref().unwrap_or_default()),
            ]
        })
        .collect();
    document.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("栏目", 24.0),
            Column::new("填写", 42.0),
            Column::new("注意", 27.5),
        ],
        rows,
    }));
    if !guide.uploads.is_empty() {
        document.blocks.push(Block::Heading(Text::from("上传附件")));
        document.blocks.push(Block::Numbered(
            guide.uploads.iter().map(|name| Text::new(name.as_str())).collect(),
        ));
    }
    document.blocks.push(body(
        "提交成功后，请把网站给出的编号和日期告知窗口登记；未登记的，本窗口不显示为已提交。",
    ));
    document
}
