//! `backup`: a safe copy, checked before it gets its name.

use std::path::Path;

use serde_json::json;

use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn backup(common: &Common, file: &Path) -> Result<Answer, Failure> {
    let report = common.reading()?.store().backup(file)?;
    let json = json!({
        "ok": true, "problems": [], "file": file.display().to_string(),
        "sha256": report.sha256, "length": report.length, "changes": report.changes,
        "missing_attachments": report.missing_attachments,
    });
    Ok(Answer::new(
        json,
        format!("已备份到 {}，共 {} 项变更。", file.display(), report.changes),
    ))
}
