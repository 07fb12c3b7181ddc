//! 成绩单: the results of one exam session, for the class file.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, filled, long_date};
use crate::document::{Align, Block, Column, Document, Table, Text};

/// What stands on the sheet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreSheet {
    /// Where and when.
    pub issue: Issue,
    /// The class.
    pub class: String,
    /// Class number.
    pub class_no: String,
    /// The day of the exam.
    pub exam_on: Date,
    /// Points needed to pass.
    pub pass_mark: u32,
    /// The results in order.
    pub results: Vec<Result>,
}

/// One trainee's result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Result {
    /// Who.
    pub trainee: String,
    /// Of which enterprise.
    pub subject: String,
    /// Points; none where absent.
    pub score: Option<u32>,
    /// Incidents the proctor wrote down.
    #[serde(default)]
    pub note: Option<String>,
}

/// The paper.
pub fn score_sheet(sheet: &ScoreSheet) -> Document {
    let mut document = begin(&sheet.issue, "score_sheet", "考试成绩单");
    document.number = Some(sheet.class_no.clone());
    let passed = sheet
        .results
        .iter()
        .filter(|result| result.score.is_some_and(|score| score >= sheet.pass_mark))
        .count();
    document.blocks.push(body(format!(
        "{}，考试日期 {}。应考 {} 人，合格 {} 人，合格线 {} 分。",
        sheet.class,
        long_date(sheet.exam_on),
        sheet.results.len(),
        passed,
        sheet.pass_mark,
    )));
    let rows = sheet
        .results
        .iter()
        .enumerate()
        .map(|(nth, result)| {
            let outcome = match result.score {
                Some(score) if score >= sheet.pass_mark => "合格",
                Some(_) => "不合格",
                None => "缺考",
            };
            vec![
                Text::new((nth + 1).to_string()),
                Text::new(result.trainee.as_str()),
                Text::new(result.subject.as_str()),
                Text::new(result.score.map_or_else(|| "—".to_owned(), |score| score.to_string())),
                Text::new(outcome),
                Text::new(result.note.as_deref().unwrap_or_default()),
            ]
        })
        .collect();
    document.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centered("序", 7.0),
            Column::new("姓名", 14.0),
            Column::new("单位", 38.0),
            Column {
                align: Align::Center,
                ..Column::new("成绩", 10.0)
            },
            Column::centered("结果", 12.0),
            Column::new("备注", 19.0),
        ],
        rows,
    }));
    document.closing.signatures = vec![
        vec![filled("监考：", None, 8.0), blank_date()],
        vec![filled("培训组织者：", None, 7.0), blank_date()],
    ];
    document
}
