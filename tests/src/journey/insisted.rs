//! An applicant who insists although a paper is missing: told so, forwarded with a note, declined by the authority, and the
//! notice handed over. What is being typed outlives a power cut.

use std::{path::Path, time::Duration};

use super::{acts, looks, prepared::Counter, set_up};
use crate::{Failure, window::Window};

/// What the applicant was told and says.
const NOTE: &str = "已告知缺履行凭证，不予受理的可能已说明；申请人坚持提交";
/// Far longer than the pause after which what is typed is kept.
const KEPT_BY_THEN: Duration = Duration::from_secs(3);

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in_without("fulfilment_proof", &[])?;
    let window = counter.open(out).await?;
    looks::small(&window).await?;
    acts::open(&window, &case).await?;
    window.says("case-state", "待补正").await?;
    if window.shows("case-act-submit").await? {
        return Err("a case with gaps is offered for submission although nobody insisted".into());
    }
    let mut window = typed_before_a_power_cut(window, &counter, &case).await?;
    insists(&mut window).await?;
    declined(&mut window).await?;
    served(&mut window).await?;
    window.close().await
}

async fn typed_before_a_power_cut(window: Window, counter: &Counter, case: &str) -> Result<Window, Failure> {
    window.click("case-print-supplement_notice").await?;
    window.says("case-papers", "一次性告知书").await?;
    window.click("case-act-insist").await?;
    window.fill("act-note", NOTE).await?;
    tokio::time::sleep(KEPT_BY_THEN).await;
    let window = window.kill_and_open_again(&counter.data).await?;
    set_up::sign_in(&window).await?;
    acts::open(&window, case).await?;
    window.element("act-note").await?;
    window
        .holds(
            "return document.getElementById('act-note').value === arguments[0]",
            vec![NOTE.into()],
        )
        .await?;
    // Given up, it is gone, and nothing was entered.
    window.click("act-cancel").await?;
    window.says("case-state", "待补正").await?;
    Ok(window)
}

async fn insists(window: &mut Window) -> Result<(), Failure> {
    window.click("case-act-insist").await?;
    window.click("act-enter").await?;
    window.says("case-acts", "请写明已告知的缺项和申请人的意见").await?;
    looks::look_twice(window, "坚持提交-缺说明").await?;
    window.fill("act-note", NOTE).await?;
    window.click("act-enter").await?;
    window.says("case-insisted", NOTE).await?;
    window.click("case-act-submit").await?;
    window.fill("act-site", "信用中国").await?;
    window.fill("act-number", "XYZG-2026-0002").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    window.says("case-insisted", "坚持提交").await?;
    looks::look_twice(window, "坚持提交-已提交").await
}

/// The authority says no: its act, its name, its reason, never the counter's.
async fn declined(window: &mut Window) -> Result<(), Failure> {
    window.click("case-act-decline").await?;
    window.click("act-enter").await?;
    window.says("case-acts", "请填写理由").await?;
    window.fill("act-reason", "未提交履行凭证").await?;
    window.click("act-enter").await?;
    window.says("case-state", "不予受理").await?;
    window.click("case-print-authority_declination").await?;
    window.element("case-paper-authority_declination-open").await?;
    Ok(())
}

/// Whoever takes a paper is entered with the way it went, and the case shows it.
async fn served(window: &mut Window) -> Result<(), Failure> {
    window.click("case-act-serve").await?;
    window.click("act-enter").await?;
    window.says("case-acts", "请选择送达的文书").await?;
    window.says("case-acts", "请选择送达方式").await?;
    looks::look_twice(window, "送达-缺项").await?;
    window.choose_first("act-document").await?;
    window.choose_radio("act-way-in_person").await?;
    window.fill("act-to", "李明").await?;
    window.click("act-enter").await?;
    window.says("register-served", "李明").await?;
    looks::look_twice(window, "送达-已登记").await
}
