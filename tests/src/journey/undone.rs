//! 撤销: an appointment called off, a case taken in and a number entered by mistake, each taken back before it was printed
//! or delivered, and what was typed stands there again.

use std::{path::Path, time::Duration};

use fantoccini::key::Key;

use super::{
    ENTERPRISE, acts, keyboard_alone::every_paper_is_there, looks, prepared::Counter, set_up, sheet::days_ago,
    visit::name_the_agent,
};
use crate::{Failure, keyboard::Keyboard, window::Window};

/// Far longer than the pause after which what is typed is kept.
const KEPT_BY_THEN: Duration = Duration::from_secs(3);
/// Asked for again after every change, a moment later.
const NOTHING_TO_UNDO: &str = "return document.querySelector('[data-testid=undo]') === null";
const WRONG: &str = "XYZG-2026-9999";

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let window = counter.open(out).await?;
    looks::small(&window).await?;
    let mut window = a_booking_outlives_a_power_cut(window, &counter).await?;
    called_off_by_mistake(&mut window).await?;
    let void = taken_in_by_mistake(&mut window).await?;
    let case = taken_in_and_printed(&mut window, &void).await?;
    entered_wrongly(&mut window, &case).await?;
    window.close().await
}

async fn a_booking_outlives_a_power_cut(window: Window, counter: &Counter) -> Result<Window, Failure> {
    book(&window).await?;
    window.fill("book-on", &days_ago(-2)?.to_string()).await?;
    window.fill("book-contact", "何女士").await?;
    window.fill("book-about", "三条处罚").await?;
    tokio::time::sleep(KEPT_BY_THEN).await;
    let window = window.kill_and_open_again(&counter.data).await?;
    set_up::sign_in(&window).await?;
    book(&window).await?;
    window.element("book-contact").await?;
    let kept = "return ['book-contact', 'book-about'].map(id => document.getElementById(id).value).join() === '何女士,三条处罚'";
    window.holds(kept, Vec::new()).await?;
    window.click("confirm-act").await?;
    window.says("visits-expected-later", ENTERPRISE).await?;
    Ok(window)
}

async fn book(window: &Window) -> Result<(), Failure> {
    window.click("rail-visit").await?;
    window.fill("visit-search", ENTERPRISE).await?;
    window.click_first("visit-book-").await
}

async fn called_off_by_mistake(window: &mut Window) -> Result<(), Failure> {
    window.click_first("cancel-booking-").await?;
    window.fill("cancel-booking-reason", "电话取消").await?;
    window.click("confirm-act").await?;
    window.says("undo", "取消预约").await?;
    looks::look_twice(window, "撤销-取消预约").await?;
    // Its row is gone; what leads back to it is still there after something else.
    window.click("rail-cases").await?;
    window.element("screen-cases").await?;
    window.click("rail-visit").await?;
    window.click("undo-last").await?;
    window.says("confirm-dialog", "撤销“取消预约”").await?;
    window.click("confirm-act").await?;
    window.says("visits-expected-later", ENTERPRISE).await?;
    window.says("toasts", "已撤销：取消预约").await?;
    window.click("toast-close").await
}

/// Received, and only then seen to be the wrong record: the visit goes on with all that was typed.
async fn taken_in_by_mistake(window: &mut Window) -> Result<String, Failure> {
    window.fill("visit-search", ENTERPRISE).await?;
    window.press(&[Key::Enter]).await?;
    window.element("screen-visit").await?;
    name_the_agent(window).await?;
    window.click("visit-next").await?;
    window.element("visit-records").await?;
    choose(window, "〔2026〕12号").await?;
    window.click("visit-next").await?;
    window.element("visit-case-1").await?;
    every_paper_is_there(window).await?;
    window.click("visit-next").await?;
    window.click("visit-receive").await?;
    let void = printed_number(window).await?;
    window.says("undo", "收件").await?;
    looks::look_twice(window, "撤销-收件").await?;
    Keyboard(window).control('z').await?;
    window.says("confirm-dialog", &void).await?;
    looks::look_twice(window, "撤销-确认").await?;
    window.click("confirm-act").await?;
    window.element("visit-receive").await?;
    window.says("check-case-1", "12号").await?;
    // What was taken back cannot be taken back again.
    window.holds(NOTHING_TO_UNDO, Vec::new()).await?;
    Ok(void)
}

/// What was void stays void; the same papers are received under the next number, and once the receipt is printed it stands.
async fn taken_in_and_printed(window: &mut Window, void: &str) -> Result<String, Failure> {
    window.click("visit-receive").await?;
    let case = printed_number(window).await?;
    if case == void {
        return Err(format!("{case} was given twice").into());
    }
    window.click("print-all").await?;
    window.says("toasts", "信用承诺书").await?;
    // The receipt is printed: it stands.
    window.holds(NOTHING_TO_UNDO, Vec::new()).await?;
    acts::open(window, void).await?;
    window.says("case-state", "已作废").await?;
    window.says("case-history", "撤销").await?;
    looks::look_twice(window, "办件-已作废").await?;
    Ok(case)
}

/// A number typed wrongly: taken back, the form holds what was typed, and only the number is typed again.
async fn entered_wrongly(window: &mut Window, case: &str) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.says("case-state", "已收件").await?;
    window.click("case-act-submit").await?;
    window.fill("act-site", "信用中国").await?;
    window.fill("act-number", WRONG).await?;
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    window.says("undo", "已提交").await?;
    looks::look_twice(window, "撤销-已提交").await?;
    window.click("undo-last").await?;
    window.says("confirm-dialog", WRONG).await?;
    window.click("confirm-act").await?;
    window.says("case-state", "已收件").await?;
    window.element("act-number").await?;
    let typed = "return document.getElementById('act-number').value === arguments[0]";
    window.holds(typed, vec![WRONG.into()]).await?;
    window.says("case-history", "已撤销").await?;
    looks::look_twice(window, "撤销-表单还在").await?;
    window.fill("act-number", "XYZG-2026-0001").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    Ok(())
}

/// Chooses the record whose document number holds `part`.
async fn choose(window: &Window, part: &str) -> Result<(), Failure> {
    let script = "const row = [...document.querySelectorAll('[data-testid=visit-records] > li')] \
        .find(row => row.innerText.includes(arguments[0])); row.querySelector('input').click(); return true";
    window.holds(script, vec![part.into()]).await
}

/// The number of the case on the screen of prints.
async fn printed_number(window: &Window) -> Result<String, Failure> {
    let text = window.element("print-case-no").await?.text().await?;
    let number = text.split_whitespace().find(|word| word.starts_with("YX-"));
    Ok(number.unwrap_or(&text).to_owned())
}
