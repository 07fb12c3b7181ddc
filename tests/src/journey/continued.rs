//! 扫码续办: a case taken in at one window goes on at another that has never heard of it, by the code on its receipt; the
//! window that keeps the case takes over what was brought.

use std::path::Path;

use counter_documents::qr_text_of_pdf;
use fantoccini::key::Key;

use super::{ENTERPRISE, acts, looks, prepared::Counter};
use crate::{Failure, hub::Hub, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    let keeper = Counter::with_records(&folder.join("W03"))?;
    keeper.bind(&hub, "W03")?;
    let other = Counter::of_window(&folder.join("W05"), "W05")?;
    // The case stays at its window for now: only its receipt leaves it.
    let case = keeper.take_first_in_without("fulfilment_proof", &[])?;
    other.bind(&hub, "W05")?;
    let slip = receipt_code(&keeper, folder, &case)?;

    let mut window = other.open(&out.join("W05")).await?;
    looks::small(&window).await?;
    go_on(&mut window, &slip, &case).await?;
    acts::sync(&window).await?;
    window.close().await?;

    let mut window = keeper.open(&out.join("W03")).await?;
    looks::small(&window).await?;
    acts::sync(&window).await?;
    take_over(&mut window, &case).await?;
    go_on_with_nothing_missing(&mut window, &slip, &case).await?;
    window.close().await
}

/// The text of the code on the receipt of the case's visit.
fn receipt_code(counter: &Counter, folder: &Path, case: &str) -> Result<String, Failure> {
    let paper = folder.join("receipt.pdf");
    let path = paper.to_string_lossy();
    counter.done(&["print", case, "acceptance_receipt", "--out", &path])?;
    let text = qr_text_of_pdf(&std::fs::read(&paper)?);
    Ok(text.ok_or("the receipt has no code")?)
}

/// What a scanner gun does: it types, and ends with Enter.
async fn scan(window: &Window, text: &str) -> Result<(), Failure> {
    window.fill("search-input", text).await?;
    window.press(&[Key::Enter]).await
}

/// The search takes what the scanner types; the window knows from the slip alone what is missing.
async fn go_on(window: &mut Window, slip: &str, case: &str) -> Result<(), Failure> {
    scan(window, slip).await?;
    window.says("continue-slip", ENTERPRISE).await?;
    let of_case = format!("continue-case-{case}");
    window.says(&of_case, "本窗口没有这件的记录").await?;
    window.says(&of_case, "已收：").await?;
    looks::look_twice(window, "续办-别的窗口收的件").await?;
    window.click("continue-enter").await?;
    window.says("screen-continue", "请填写姓名").await?;
    window.says("screen-continue", "请至少登记一项").await?;
    window.choose_radio("paper-fulfilment_proof-stand-received").await?;
    window.click("paper-fulfilment_proof-copy").await?;
    window.fill("agent-name", "李明").await?;
    window.choose_radio("agent-capacity-agent").await?;
    window.choose_radio("agent-identity-yes").await?;
    window.choose_radio("agent-authority-original_seen").await?;
    looks::look_at(window, "agent-name", "续办-经办人").await?;
    window.click("continue-enter").await?;
    window.says("screen-continue", "已续办").await?;
    window.says("toasts", "续办回执").await?;
    looks::look_twice(window, "续办-已收下").await?;
    window.click("continue-next").await?;
    window.says("visits-over", "续办").await?;
    Ok(())
}

/// The board says that papers wait; once they are put to the case, it is complete.
async fn take_over(window: &mut Window, case: &str) -> Result<(), Failure> {
    window.click("rail-cases").await?;
    window.click("look-case-board").await?;
    window.says("board-brought", case).await?;
    looks::look_at(window, "board-brought", "看板-代收材料").await?;
    window.click(&format!("board-row-{case}-brought")).await?;
    window.says("case-state", "待补正").await?;
    window.says("case-brought", "已收").await?;
    looks::look_twice(window, "办件-代收材料").await?;
    window.click("case-take-brought").await?;
    window.says("case-state", "已收件").await?;
    if window.shows("case-brought").await? {
        return Err("the papers are put to the case, and still wait".into());
    }
    Ok(())
}

/// The same slip again, at the window that keeps the case: what it says of gaps is overtaken.
async fn go_on_with_nothing_missing(window: &mut Window, slip: &str, case: &str) -> Result<(), Failure> {
    scan(window, slip).await?;
    window.says(&format!("continue-case-{case}"), "材料已齐").await?;
    looks::look_twice(window, "续办-材料已齐").await?;
    scan(window, &slip.replacen("CR1:", "CR1:A", 1)).await?;
    window.says("toasts", "这个码损坏了").await?;
    Ok(())
}
