//! `search`: subjects by what was typed.

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn search(common: &Common, typed: &str, limit: usize) -> Result<Answer, Failure> {
    let found = counter_desk::search::search(&common.reading()?, typed, limit)?;
    let mut lines: Vec<String> = found
        .hits
        .iter()
        .map(|hit| {
            let uscc = hit.uscc.as_deref().unwrap_or("（无统一社会信用代码）");
            format!(
                "{}\t{uscc}\t{}\t处罚 {}\t许可 {}",
                hit.id, hit.name, hit.penalties, hit.permits
            )
        })
        .collect();
    if lines.is_empty() {
        lines.push("没有找到。".to_owned());
    }
    lines.push(format!("数据截至 {}", found.data_as_of.as_deref().unwrap_or("未知")));
    Ok(Answer::new(snake(&found)?, lines.join("\n")))
}
