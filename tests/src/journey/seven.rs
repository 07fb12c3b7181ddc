//! An applicant with seven penalties who has changed its name since: found by the old name, each record told for itself,
//! four of them received at one visit on one receipt, with what serves all of them looked at once.

use std::path::{Path, PathBuf};

use super::{
    CODE, ENTERPRISE, acts,
    credit::open_record,
    keyboard_alone::every_paper_is_there,
    looks,
    prepared::Counter,
    sheet::{self, HOUSING, Penalty, days_ago},
    visit::{all_is_told, name_the_agent},
};
use crate::{Failure, window::Window};

/// The name it had when the older decisions were made.
const FORMERLY: &str = "广州市穗安装饰样例工程部";
/// The records that can be received, by a part of their numbers.
const RECEIVED: [&str; 4] = ["〔2026〕12号", "〔2026〕7号", "〔2026〕5号", "〔2026〕4号"];

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::new(folder)?;
    let older = under_the_old_name(folder)?;
    counter.done(&["import", &older.to_string_lossy()])?;
    let counter = counter.import(folder)?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    found_by_its_old_name(&mut window).await?;
    for number in RECEIVED {
        told(&mut window, number).await?;
    }
    looks::look_twice(&mut window, "七条-信用档案").await?;
    received_at_once(&mut window).await?;
    let cases = printed(&mut window).await?;
    named_as_then(&mut window, &cases).await?;
    window.close().await
}

/// An older file of the office, from before the name was changed.
fn under_the_old_name(folder: &Path) -> Result<PathBuf, Failure> {
    let penalty = |number, ago| {
        Ok::<_, Failure>(Penalty {
            name: FORMERLY,
            code: CODE,
            number,
            act: "未按规定设置围挡",
            kinds: "罚款",
            content: "罚款20000元",
            fine: "2",
            on: days_ago(ago)?,
            office: HOUSING,
        })
    };
    let rows = [
        penalty("穗越建罚〔2026〕4号", 300)?,
        penalty("穗越建罚〔2026〕5号", 260)?,
        penalty("穗越建罚〔2026〕7号", 230)?,
    ];
    sheet::write(folder, 210, &rows)
}

async fn found_by_its_old_name(window: &mut Window) -> Result<(), Failure> {
    window.fill("search-input", "穗安装饰样例工程部").await?;
    let hit = window.says("search-hit", ENTERPRISE).await?;
    if !hit.contains(FORMERLY) {
        return Err(format!("the name it was found by is not said: {hit}").into());
    }
    looks::look_twice(window, "七条-按曾用名查").await?;
    window.click("search-hit").await?;
    window.says("subject-name", ENTERPRISE).await?;
    let seven = "return document.querySelectorAll('[data-record-row]').length === 7";
    window.holds(seven, Vec::new()).await
}

/// Answers what the data leave open about a record, until it can be received.
async fn told(window: &mut Window, number: &str) -> Result<(), Failure> {
    open_record(window, number).await?;
    window.says("verdict-card", number).await?;
    if number != "〔2026〕12号" {
        window.says("record-named-as", FORMERLY).await?;
    }
    all_is_told(window).await?;
    window.says("verdict-word", "可申请修复").await?;
    Ok(())
}

async fn received_at_once(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-visit").await?;
    window.fill("visit-search", FORMERLY).await?;
    window.says("visit-hit", ENTERPRISE).await?;
    window.click("visit-hit").await?;
    window.element("screen-visit").await?;
    name_the_agent(window).await?;
    window.click("visit-next").await?;
    window.element("visit-records").await?;
    for number in RECEIVED {
        in_row(window, number, "input").await?;
    }
    // What is not received goes home with its slip: one too early, one of a court.
    for (number, slip) in [("〔2026〕88号", "咨询单"), ("执1207号", "转介单")] {
        in_row(window, number, "button").await?;
        window.says("toasts", slip).await?;
    }
    looks::look_twice(window, "七条-选记录").await?;
    window.click("visit-next").await?;
    window.element("visit-case-4").await?;
    window.says("paper-2-agent_authority-for-all", "登记一次").await?;
    every_paper_is_there(window).await?;
    looks::look_twice(window, "七条-材料").await?;
    window.says("visit-gaps", "材料").await?;
    window.click("visit-next").await?;
    window.element("check-case-4").await?;
    looks::look_twice(window, "七条-核对").await?;
    window.click("visit-receive").await?;
    Ok(())
}

/// Clicks what `selector` finds in the row of the record whose number holds `part`.
async fn in_row(window: &Window, part: &str, selector: &str) -> Result<(), Failure> {
    let script = "const row = [...document.querySelectorAll('[data-testid=visit-records] > li')] \
        .find(row => row.innerText.includes(arguments[0])); \
        const what = row?.querySelector(arguments[1]); if (!what || what.disabled) return false; what.click(); return true";
    window.holds(script, vec![part.into(), selector.into()]).await
}

/// One receipt with all numbers, a commitment for each.
async fn printed(window: &mut Window) -> Result<Vec<String>, Failure> {
    window.says("print-title", "4").await?;
    window.click("print-all").await?;
    let issued = "const done = of => document.querySelectorAll(`[data-testid^=print-row-${of}] .done`).length; \
        return done('receipt') === 1 && done('commitment-') === 4 && done('') === 5";
    window.holds(issued, Vec::new()).await?;
    looks::look_twice(window, "七条-打印").await?;
    let script = "return [...document.querySelectorAll('[data-testid^=print-open-]')].map(link => link.dataset.testid)";
    let links = window.script(script, Vec::new()).await?;
    let numbers: Vec<String> = serde_json::from_value(links)?;
    let numbers: Vec<String> = numbers
        .iter()
        .filter_map(|mark| mark.strip_prefix("print-open-").map(str::to_owned))
        .collect();
    if numbers.len() == 4 {
        Ok(numbers)
    } else {
        Err(format!("four records were received, and these are the cases: {numbers:?}").into())
    }
}

/// The case of an older decision says the name that stands in it.
async fn named_as_then(window: &mut Window, cases: &[String]) -> Result<(), Failure> {
    let last = cases.last().ok_or("no case was printed")?;
    acts::open(window, last).await?;
    window.says("case-named-as", FORMERLY).await?;
    window.click("case-print-application_form").await?;
    window.says("toasts", "申请表").await?;
    looks::look_twice(window, "七条-办件").await
}
