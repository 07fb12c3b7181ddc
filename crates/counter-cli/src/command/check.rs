//! `check`: pages, hash chain, receipts, lanes and files.

use serde_json::json;

use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn check(common: &Common) -> Result<Answer, Failure> {
    let report = common.reading()?.store().check()?;
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|problem| json!({"code": problem.code, "detail": problem.detail}))
        .collect();
    let mut lines: Vec<String> = report
        .problems
        .iter()
        .map(|problem| format!("{}\t{}", problem.code, problem.detail))
        .collect();
    lines.push(if report.ok {
        "数据完好。".to_owned()
    } else {
        "数据有问题，请用备份恢复。".to_owned()
    });
    let answer = Answer::new(json!({"ok": report.ok, "problems": problems}), lines.join("\n"));
    Ok(Answer {
        status: if report.ok { 0 } else { 3 },
        ..answer
    })
}
