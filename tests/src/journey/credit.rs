//! The credit file: found while typing, read, advised on, and a decision typed in.

use std::path::Path;

use fantoccini::key::Key;

use super::{CODE, ENTERPRISE, workbook::COURT_NUMBER};
use crate::{Failure, window::Window};

pub(super) async fn find_and_read(window: &mut Window) -> Result<(), Failure> {
    for typed in ["穗安", "sacyl", "91440104MAJ1"] {
        window.fill("search-input", typed).await?;
        window.says("search-hit", ENTERPRISE).await?;
    }
    window.look("查询").await?;
    window.press(&[Key::Enter]).await?;
    window.says("subject-name", ENTERPRISE).await?;
    window.element("data-as-of").await?;
    window.element("verdict-card").await?;
    window.look("信用档案").await?;
    Ok(())
}

pub(super) async fn advise(window: &mut Window) -> Result<(), Failure> {
    open_record(window, "88号").await?;
    window.says("verdict-word", "未到可申请日").await?;
    window.look("判定-未到可申请日").await?;
    window.click("record-advice").await?;
    window.says("toasts", "咨询单").await?;
    Ok(())
}

/// A record of a court is not the counter's: the slip says where to go.
pub(super) async fn refer(window: &mut Window) -> Result<(), Failure> {
    open_record(window, COURT_NUMBER).await?;
    window.says("verdict-word", "须由其他机关办理").await?;
    window.says("verdict-when", "法院").await?;
    if window.shows("record-receive").await? {
        return Err("a record of a court cannot be received here".into());
    }
    window.look("判定-须由其他机关办理").await?;
    window.click("record-referral").await?;
    window.says("toasts", "转介单").await?;
    Ok(())
}

/// Types a decision in from its paper, with a scan of it.
pub(super) async fn enter_by_hand(window: &mut Window, scan: &Path) -> Result<(), Failure> {
    window.click("record-enter").await?;
    window.element("screen-record-enter").await?;
    window.fill("enter-doc", "穗越城管罚〔2026〕431号").await?;
    window
        .fill("enter-authority", "广州市越秀区城市管理和综合执法局")
        .await?;
    window.fill("enter-date", "2026-06-01").await?;
    window.click("enter-kind-fine").await?;
    window.fill("enter-fine", "2000").await?;
    window.fill("enter-content", "罚款2000元").await?;
    window.fill("enter-scan-path", &scan.to_string_lossy()).await?;
    window.look("手工录入").await?;
    window.click("enter-save").await?;
    window.says("screen-subject", "手工录入").await?;
    window.click("record-scan").await?;
    window.look("手工录入-判定").await?;
    Ok(())
}

/// Opens the record of the enterprise whose document number holds `part`.
pub(super) async fn open_record(window: &Window, part: &str) -> Result<(), Failure> {
    if !window.shows("subject-name").await? {
        window.fill("search-input", CODE).await?;
        window.says("search-hit", ENTERPRISE).await?;
        window.press(&[Key::Enter]).await?;
        window.element("subject-name").await?;
    }
    let script = "const row = [...document.querySelectorAll('[data-testid^=\"record-\"]')] \
        .find(e => /^record-([0-9a-f]{32}|YX)/.test(e.dataset.testid) && e.innerText.includes(arguments[0])); \
        if (row) { row.scrollIntoView({block: 'center'}); row.click(); } return Boolean(row)";
    let found = window.script(script, vec![part.into()]).await?;
    if found == true {
        Ok(())
    } else {
        Err(format!("no record {part} on:\n{}", window.visible_text().await?).into())
    }
}
