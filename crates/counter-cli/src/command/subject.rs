//! `subject`: the whole credit file of one subject.

use counter_desk::subject::credit_file::credit_file;

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn subject(common: &Common, id_or_code: &str) -> Result<Answer, Failure> {
    let file = credit_file(&common.reading()?, id_or_code)?;
    let mut lines = vec![format!(
        "{}\t{}",
        file.name,
        file.uscc.as_deref().unwrap_or("（无统一社会信用代码）")
    )];
    for record in &file.penalties {
        let number = record.doc_no.as_deref().unwrap_or("（无文号）");
        let day = record.assessment.eligible_on.as_deref().unwrap_or("—");
        lines.push(format!(
            "处罚 {}\t{number}\t{}\t可申请日 {day}",
            record.id,
            record.assessment.verdict.label()
        ));
    }
    for record in &file.topics {
        let authority = record.authority.as_deref().unwrap_or("（未说明认定单位）");
        let day = record.listed_on.as_deref().unwrap_or("—");
        lines.push(format!("专题 {}\t{authority}\t列入 {day}", record.topic));
    }
    lines.push(format!("许可 {} 件，办件 {} 件", file.permits.len(), file.cases.len()));
    lines.push(format!("数据截至 {}", file.data_as_of.as_deref().unwrap_or("未知")));
    Ok(Answer::new(snake(&file)?, lines.join("\n")))
}
