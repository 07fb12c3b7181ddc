//! The papers of the counter: plain input in, a document out.
//!
//! The words keep the acts apart: the counter receives (收件) and forwards, the finding
//! authority accepts or declines (受理, 不予受理) and decides (决定). No paper says more than
//! its input: what is unverified carries 待核. Leaves out: where the input comes from.

pub mod acceptance_receipt;
pub mod advice_slip;
pub mod application_form;
pub mod archive_cover;
pub mod authority_reply;
pub mod authorization;
pub mod call_sheet;
pub mod closing_notice;
pub mod commitment;
pub mod continuation_receipt;
pub mod correction_notice;
pub mod handover_list;
pub mod inquiry_letter;
pub mod material_list;
pub mod no_record_slip;
pub mod objection_form;
pub mod objection_reply;
pub mod recovery_sheet;
pub mod referral_slip;
pub mod representative_identity;
pub mod score_sheet;
pub mod service_return;
pub mod submission_guide;
pub mod supplement_notice;
pub mod training_certificate;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document::{Block, Column, Document, Footer, Paragraph, Qr, Sheet, Table, Text};

/// The mark of a value that nobody has read in the official text.
pub const UNVERIFIED: &str = "待核";

/// What every paper says about where and when it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The office in the head, such as 越秀区政务服务中心　信用修复窗口.
    pub office: String,
    /// The day of the paper.
    pub issued_on: Date,
    /// Who made it, in full.
    pub clerk: String,
    /// Id of the rule pack, for the footer.
    #[serde(default)]
    pub pack: Option<String>,
    /// The day the data are of, for the footer.
    #[serde(default)]
    pub data_as_of: Option<Date>,
    /// Words across the page of a print that is not valid, such as 测试 无效.
    #[serde(default)]
    pub watermark: Option<String>,
}

/// A credit subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Full name.
    pub name: String,
    /// Unified social credit code, 18 characters.
    #[serde(default)]
    pub uscc: Option<String>,
}

/// A penalty decision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// 决定书文号.
    pub number: String,
    /// 认定单位.
    pub authority: String,
    /// 决定日期.
    #[serde(default)]
    pub decided_on: Option<Date>,
    /// 处罚内容 in a few words.
    #[serde(default)]
    pub content: Option<String>,
    /// The name of the subject in the decision, where it goes by another now.
    #[serde(default)]
    pub named_as: Option<String>,
    /// Entered by hand and not yet met by an import (手工录入·未核对).
    #[serde(default)]
    pub entered_by_hand: bool,
    /// The number of an objection that is pending about it (异议处理中).
    #[serde(default)]
    pub objection: Option<String>,
}

/// A material that was handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Its name.
    pub name: String,
    /// How many copies.
    pub copies: u32,
    /// What the counter has of it.
    pub form: MaterialForm,
}

/// What the counter has of a material.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MaterialForm {
    /// The original, kept.
    Original,
    /// The original was seen and given back.
    OriginalSeen,
    /// A copy.
    Copy,
    /// A scan or photograph.
    Scan,
}

impl MaterialForm {
    /// The words on paper.
    pub fn words(self) -> &'static str {
        match self {
            Self::Original => "原件，留存",
            Self::OriginalSeen => "原件已核对，已退还",
            Self::Copy => "复印件",
            Self::Scan => "扫描件",
        }
    }
}

/// A citation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    /// Document and article.
    pub source: String,
    /// Prints 待核 beside it.
    #[serde(default)]
    pub unverified: bool,
}

/// A website that was looked at, to see how a record stands there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SiteLook {
    /// The website, such as 信用中国.
    pub site: String,
    /// What stood there.
    pub state: SiteState,
    /// The day somebody looked; none where nobody did.
    #[serde(default)]
    pub looked_on: Option<Date>,
}

/// How a record stands on a website.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteState {
    /// No longer there.
    Gone,
    /// There, as it should be.
    Corrected,
    /// There as before.
    StillShown,
    /// Nobody has looked.
    NotLooked,
}

impl SiteState {
    /// The words on paper.
    pub fn words(self) -> &'static str {
        match self {
            Self::Gone => "已不再公示",
            Self::Corrected => "已按处理结果更新",
            Self::StillShown => "仍按原内容公示",
            Self::NotLooked => "尚未查看",
        }
    }
}

impl Basis {
    fn onto(&self, text: Text) -> Text {
        let text = text.plain(self.source.as_str());
        if self.unverified { text.mark(UNVERIFIED) } else { text }
    }
}

/// Several citations in one cell.
fn bases(all: &[Basis]) -> Text {
    let mut text = Text::default();
    for (nth, basis) in all.iter().enumerate() {
        if nth > 0 {
            text = text.plain("；");
        }
        text = basis.onto(text);
    }
    text
}

/// 2026 年 11 月 24 日.
fn long_date(date: Date) -> String {
    format!("{} 年 {} 月 {} 日", date.year(), date.month(), date.day())
}

/// A date to be written by hand.
fn blank_date() -> Text {
    Text::default()
        .blank("", 3.5)
        .plain("年")
        .blank("", 2.0)
        .plain("月")
        .blank("", 2.0)
        .plain("日")
}

/// A value, or a blank to be filled in by hand.
fn filled(label: &str, value: Option<&str>, width: f32) -> Text {
    Text::new(label).blank(value.unwrap_or_default(), width)
}

/// A name with its value in a shaded table.
fn pair(label: &str, text: impl Into<Text>) -> (String, Text) {
    (label.to_owned(), text.into())
}

/// A cell with what is known, else empty, to be filled in by hand.
fn known(value: Option<&str>) -> Text {
    Text::new(value.unwrap_or_default())
}

/// A cell with a code where it is known.
fn known_code(value: Option<&str>) -> Text {
    value.map_or_else(Text::default, |code| Text::default().code(code))
}

/// A cell with a day where it is known.
fn known_day(day: Option<Date>) -> Text {
    day.map_or_else(Text::default, |day| Text::new(day.to_string()))
}

/// Choices on one line, the taken ones filled: no face has a ticked box.
fn choices(all: &[(&str, bool)]) -> Text {
    let marked: Vec<String> = all
        .iter()
        .map(|(word, taken)| format!("{} {word}", if *taken { '■' } else { '□' }))
        .collect();
    Text::new(marked.join("　　"))
}

/// Empty lines in a cell, to write on.
fn room_to_write(text: impl Into<Text>, lines: usize) -> Text {
    text.into().plain("\n".repeat(lines))
}

/// How the record stands on each website, a line each.
fn site_lines(looks: &[SiteLook]) -> Text {
    let lines: Vec<String> = looks
        .iter()
        .map(|look| match look.looked_on {
            Some(day) => format!("{}：{}（{day} 查看）", look.site, look.state.words()),
            None => format!("{}：{}", look.site, look.state.words()),
        })
        .collect();
    Text::new(lines.join("\n"))
}

fn decision_pairs(decision: &Decision) -> Vec<Vec<(String, Text)>> {
    let mut rows = vec![vec![
        ("决定书文号".to_owned(), Text::new(decision.number.as_str())),
        ("认定单位".to_owned(), Text::new(decision.authority.as_str())),
    ]];
    let day = decision
        .decided_on
        .map(|day| ("决定日期".to_owned(), Text::new(day.to_string())));
    let content = decision
        .content
        .as_deref()
        .map(|content| ("处罚内容".to_owned(), Text::new(content)));
    let row: Vec<_> = day.into_iter().chain(content).collect();
    if !row.is_empty() {
        rows.push(row);
    }
    if let Some(named_as) = &decision.named_as {
        rows.push(vec![("决定书上的名称".to_owned(), Text::new(named_as.as_str()))]);
    }
    if let Some(objection) = &decision.objection {
        let text = Text::default().mark("异议处理中").plain(format!("编号 {objection}"));
        rows.push(vec![("异议".to_owned(), text)]);
    }
    if decision.entered_by_hand {
        let text = Text::default()
            .mark("手工录入·未核对")
            .plain("按当事人出示的材料录入，尚无归集数据印证");
        rows.push(vec![("数据来源".to_owned(), text)]);
    }
    rows
}

fn material_table(materials: &[Material]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 7.0),
            Column::new("材料", 55.0),
            Column::centered("份数", 10.0),
            Column::new("形式", 28.0),
        ],
        rows: materials
            .iter()
            .enumerate()
            .map(|(nth, material)| {
                vec![
                    Text::new((nth + 1).to_string()),
                    Text::new(material.name.as_str()),
                    Text::new(material.copies.to_string()),
                    Text::new(material.form.words()),
                ]
            })
            .collect(),
    })
}

/// The clerk's and the agent's lines under most papers.
fn clerk_and_agent(issue: &Issue, agent: &str) -> Vec<Vec<Text>> {
    vec![
        vec![
            Text::new(format!("窗口工作人员：{}", issue.clerk)),
            Text::new(long_date(issue.issued_on)),
        ],
        vec![filled(agent, None, 6.0), blank_date()],
    ]
}

/// A code, captioned with what a scan is for and what it says; none where there is nothing to say.
fn code(text: Option<&String>, caption: [&str; 2]) -> Option<Qr> {
    text.map(|text| Qr {
        text: text.clone(),
        caption: caption.map(str::to_owned).to_vec(),
    })
}

/// An empty document of an issue, for builders to fill.
fn begin(issue: &Issue, kind: &'static str, title: &str) -> Document {
    Document {
        kind,
        sheet: Sheet::Notice,
        head: issue.office.clone(),
        title: title.to_owned(),
        number: None,
        addressee: None,
        blocks: Vec::new(),
        closing: Default::default(),
        qr: None,
        footer: Footer {
            pack: issue.pack.clone(),
            data_as_of: issue.data_as_of,
        },
        watermark: issue.watermark.clone(),
        issued_on: issue.issued_on,
    }
}

fn body(text: impl Into<Text>) -> Block {
    Paragraph::body(text).into()
}
