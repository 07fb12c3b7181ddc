//! A visit from the sign-in to the receipt with the keyboard alone: no pointer, no script that presses anything.

use std::path::Path;

use fantoccini::key::Key;
use serde_json::json;

use super::{
    ENTERPRISE, import_file,
    prepared::{Counter, word},
    visit,
};
use crate::{Failure, keyboard::Keyboard, window::Window};

const PASSWORD: &str = "Counter-2026-keys";

/// The mark of the first paper that is neither there nor at fault.
const FIRST_PENDING: &str =
    "return document.querySelector('[data-testid^=paper-][data-state=pending]')?.dataset.testid ?? ''";

/// Walks it.
///
/// # Errors
/// The first thing that is not reached, or a focus that is not seen, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::new(folder)?;
    let file = import_file::write(folder)?;
    counter.done(&["import", &file.to_string_lossy()])?;
    let mut window = Window::open(&counter.data, out).await?;
    sign_in(&window).await?;
    find(&mut window).await?;
    answer(&mut window).await?;
    receive(&mut window).await?;
    window.close().await
}

async fn sign_in(window: &Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    keyboard.stands_at("sign-in-password").await?;
    keyboard.type_in(PASSWORD).await?;
    keyboard.tab_to("sign-in-again").await?;
    keyboard.type_in(PASSWORD).await?;
    keyboard.key(Key::Enter).await?;
    window.element("rail-credit").await?;
    Ok(())
}

async fn find(window: &mut Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    keyboard.stands_at("credit-search").await?;
    keyboard.control('k').await?;
    keyboard.stands_at("search-input").await?;
    keyboard.type_in("sacyl").await?;
    window.says("search-hit", ENTERPRISE).await?;
    // Up and down go through the hits and come back to the first.
    keyboard.key(Key::Down).await?;
    keyboard.key(Key::Up).await?;
    window.look("键盘-查询").await?;
    let keyboard = Keyboard(window);
    keyboard.key(Key::Enter).await?;
    window.says("subject-name", ENTERPRISE).await?;
    // The slip has its letter; no field has the focus now.
    keyboard.letter('p').await?;
    window.says("toasts", "咨询单").await?;
    Ok(())
}

/// Answers what the data leave open, one question after the other.
async fn answer(window: &mut Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    keyboard.tab_to(&record_row(window, "〔2026〕12号").await?).await?;
    keyboard.key(Key::Enter).await?;
    window.says("verdict-card", "12号").await?;
    for fact in [
        "fact-fulfilled-yes",
        "fact-rectified-yes",
        "fact-procedure-ordinary",
        "fact-committed-yes",
        "fact-listed_serious-no",
        "fact-serious_by_authority-no",
        "fact-published-yes",
    ] {
        if window.shows(fact).await? {
            keyboard.tab_to(fact).await?;
            keyboard.key(Key::Space).await?;
            visit::answered(window, fact).await?;
            // The answer keeps the focus, until the last one folds the questions away.
            if window.shows(fact).await? {
                keyboard.stands_at(fact).await?;
            }
        }
    }
    window.says("verdict-word", "可申请修复").await?;
    window.look("键盘-判定").await
}

async fn receive(window: &mut Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    keyboard.tab_to("record-receive").await?;
    keyboard.key(Key::Enter).await?;
    window.element("screen-visit").await?;
    name_the_agent(window).await?;
    let keyboard = Keyboard(window);
    onward(&keyboard).await?;
    window.element("visit-records").await?;
    onward(&keyboard).await?;
    mark_the_papers(window).await?;
    let keyboard = Keyboard(window);
    onward(&keyboard).await?;
    window.element("check-case-1").await?;
    // Each row of the check leads back to its step.
    keyboard.tab_to("check-change-materials-1").await?;
    window.look("键盘-核对").await?;
    let keyboard = Keyboard(window);
    keyboard.key(Key::Enter).await?;
    window.element("visit-case-1").await?;
    onward(&keyboard).await?;
    window.element("check-case-1").await?;
    onward(&keyboard).await?;
    window.element("print-case-no").await?;
    keyboard.letter('p').await?;
    window.says("toasts", "信用承诺书").await?;
    window.look("键盘-打印").await?;
    let keyboard = Keyboard(window);
    keyboard.key(Key::F2).await?;
    keyboard.stands_at("visit-search").await
}

/// What is left out is named on top, and from there the field is one key away.
async fn name_the_agent(window: &mut Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    keyboard.stands_at("agent-name").await?;
    onward(&keyboard).await?;
    keyboard.stands_at("error-summary").await?;
    window.look("键盘-缺项").await?;
    let keyboard = Keyboard(window);
    // A group of answers is reached through its problem as well as a field.
    keyboard.tab_to("problem-agent-identity").await?;
    keyboard.key(Key::Enter).await?;
    keyboard.stands_at("agent-identity-yes").await?;
    onward(&keyboard).await?;
    keyboard.stands_at("error-summary").await?;
    keyboard.tab_to("problem-agent-name").await?;
    keyboard.key(Key::Enter).await?;
    keyboard.stands_at("agent-name").await?;
    keyboard.type_in("李明").await?;
    keyboard.tab_to("agent-capacity-legal_representative").await?;
    keyboard.key(Key::Right).await?;
    keyboard.stands_at("agent-capacity-agent").await?;
    keyboard.tab_to("agent-identity-yes").await?;
    keyboard.key(Key::Space).await?;
    keyboard.tab_to("agent-authority-original_seen").await?;
    keyboard.key(Key::Space).await?;
    keyboard.tab_to("agent-phone").await?;
    keyboard.type_in("13800138000").await
}

/// The first paper is at fault, the others are in order: a key for each.
async fn mark_the_papers(window: &mut Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    window.element("visit-case-1").await?;
    let first = word(&window.script(FIRST_PENDING, Vec::new()).await?)?;
    keyboard.stands_at(&format!("{first}-stand-received")).await?;
    keyboard.letter('2').await?;
    keyboard.stands_at(&format!("{first}-reason")).await?;
    keyboard.type_in("缴款凭证未注明处罚决定书文号").await?;
    window.look("键盘-材料").await?;
    let keyboard = Keyboard(window);
    keyboard.key(Key::Enter).await?;
    every_paper_is_there(window).await
}

/// A key for each.
pub(super) async fn every_paper_is_there(window: &Window) -> Result<(), Failure> {
    let keyboard = Keyboard(window);
    loop {
        let next = word(&window.script(FIRST_PENDING, Vec::new()).await?)?;
        if next.is_empty() {
            return Ok(());
        }
        keyboard.stands_at(&format!("{next}-stand-received")).await?;
        keyboard.letter('1').await?;
        let script = "return document.querySelector(`[data-testid=${arguments[0]}]`).dataset.state === 'received'";
        window.holds(script, vec![json!(next)]).await?;
    }
}

pub(super) async fn onward(keyboard: &Keyboard<'_>) -> Result<(), Failure> {
    keyboard.control(char::from(Key::Enter)).await
}

/// The mark of the row whose document number holds `part`.
async fn record_row(window: &Window, part: &str) -> Result<String, Failure> {
    let script = "return [...document.querySelectorAll('[data-record-row]')] \
        .find(row => row.innerText.includes(arguments[0]))?.dataset.testid";
    word(&window.script(script, vec![json!(part)]).await?)
}
