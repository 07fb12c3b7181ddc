//! `outbox`: a round with the hub by a file on a stick, out and back.

use std::path::Path;

use counter_sync::{MAX_STICK_BYTES, SyncError, export_outbox, import_answer};
use serde_json::json;

use super::{
    shape::snake,
    sync::{hub_clock, keep_trust},
};
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn export(common: &Common, file: &Path) -> Result<Answer, Failure> {
    let desk = common.reading()?;
    let exported = export_outbox(desk.store(), &hub_clock(common), file, MAX_STICK_BYTES, &mut |_| true)
        .map_err(|error| refused(&error, file))?;
    let mut json = snake(&exported)?;
    json["receipts"] = json!(0);
    json["file"] = json!(file.display().to_string());
    let mut text = format!(
        "已写入 {} 项变更、{} 份附件到 {}，请带到区信用平台。",
        exported.changes,
        exported.attachments,
        file.display()
    );
    if exported.left_out > 0 {
        text.push_str(&format!("还有 {} 项放不下，收到回执后再导出一次。", exported.left_out));
    }
    Ok(Answer::new(json, text))
}

pub fn import(common: &Common, file: &Path) -> Result<Answer, Failure> {
    let desk = common.writing()?;
    let imported =
        import_answer(desk.store(), &hub_clock(common), file, &mut |_| true).map_err(|error| refused(&error, file))?;
    if let Some(list) = &imported.trust {
        keep_trust(&desk, list);
    }
    let text = format!(
        "新送达 {} 项，收到回执 {} 份，取回 {} 项，被退回 {} 项。",
        imported.changes,
        imported.receipts,
        imported.pulled,
        imported.refused.len()
    );
    Ok(Answer::new(snake(&imported)?, text))
}

/// A file is named, so that the sentence says which one is meant.
fn refused(error: &SyncError, file: &Path) -> Failure {
    let detail = if matches!(error, SyncError::Stick(_)) {
        file.display().to_string()
    } else {
        error.to_string()
    };
    Failure::coded(error.code(), &detail)
}
