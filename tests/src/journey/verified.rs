//! 信用核查 where a district's rules want it first: published at the hub, taken over by the counter, and owed by every case
//! that is received from then on.

use std::path::Path;

use super::{CODE, acts, looks, prepared::Counter};
use crate::{Failure, hub::Hub, programs::repository, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    let counter = Counter::with_records(&folder.join("W03"))?;
    counter.bind(&hub, "W03")?;
    publish(&hub, folder)?;
    counter.done(&["sync"])?;
    let case = counter.take_in_all(CODE, "〔2026〕12号", &[])?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    owed(&mut window, &case).await?;
    doubtful(&mut window).await?;
    confirmed(&mut window).await?;
    window.close().await
}

/// The district's pack: the one in force, with the check before the submission.
fn publish(hub: &Hub, folder: &Path) -> Result<(), Failure> {
    let shipped = std::fs::read_to_string(repository().join("assets/rulepacks/ndrc-36-2026.toml"))?;
    let (before, rule) = shipped
        .split_once("key = \"verification.required\"")
        .ok_or("the pack says nothing of 信用核查")?;
    let off = "value = \"否\"";
    if !rule.contains(off) {
        return Err(format!("the shipped pack wants 信用核查 already: {rule}").into());
    }
    let wanted = format!(
        "{before}key = \"verification.required\"{}",
        rule.replacen(off, "value = \"是\"", 1)
    );
    let pack = folder.join("district.toml");
    std::fs::write(&pack, wanted)?;
    let path = pack.to_string_lossy();
    let published = hub.command(&["publish", "--kind", "rule_pack", "--site", "440104", &path])?;
    if published.status == 0 {
        Ok(())
    } else {
        Err(format!("the hub did not publish the pack: {published:?}").into())
    }
}

async fn owed(window: &mut Window, case: &str) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.says("case-state", "已收件").await?;
    window.says("case-acts", "规则要求提交前先做信用核查").await?;
    if window.shows("case-act-submit").await? {
        return Err("a case that owes its 信用核查 is offered for submission".into());
    }
    looks::look_twice(window, "核查-须先核查").await?;
    // On the board it stands among those that wait, with what it waits for.
    window.click("rail-cases").await?;
    window.click("look-case-board").await?;
    window.says(&format!("board-row-{case}-submit"), "须先核查").await?;
    looks::look_at(window, "board-submit", "看板-须先核查").await?;
    acts::open(window, case).await?;
    window.click("case-act-verify").await?;
    window.click("act-enter").await?;
    window.says("case-acts", "请写明看了什么").await?;
    window.says("case-acts", "请选择核查结果").await?;
    looks::look_twice(window, "核查-必做-缺项").await
}

/// A check that did not confirm is kept, and owed still.
async fn doubtful(window: &mut Window) -> Result<(), Failure> {
    window.fill("act-seen", "到施工现场查看，围挡未修复").await?;
    window.choose_radio("act-result-not_confirmed").await?;
    window.click("act-enter").await?;
    window.says("register-verification", "不属实").await?;
    window.says("case-acts", "规则要求提交前先做信用核查").await?;
    Ok(())
}

async fn confirmed(window: &mut Window) -> Result<(), Failure> {
    window.click("case-act-verify").await?;
    window.fill("act-seen", "再次到现场查看，围挡已修复").await?;
    window.choose_radio("act-result-confirmed").await?;
    window.click("act-enter").await?;
    window.element("case-act-submit").await?;
    looks::look_twice(window, "核查-属实").await?;
    window.click("case-act-submit").await?;
    window.fill("act-site", "信用中国").await?;
    window.fill("act-number", "XYZG-2026-0003").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    Ok(())
}
