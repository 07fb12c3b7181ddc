//! Work the hub did not take because of its day: done again on another, sent, and taken.

use std::path::Path;

use serde_json::json;

use super::{acts, looks, prepared::Counter, sheet::days_ago};
use crate::{Failure, hub::Hub};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::for_practice(folder)?;
    let hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    counter.done(&["enrol", "--hub", &hub.url, "--code", &hub.enrolment_code()?])?;
    let case = accepted_too_early(&counter, &hub)?;

    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    window.says("rail-parked", "1").await?;
    window.click("rail-parked").await?;
    window.says("parked-why", "日期不能早于上一步").await?;
    looks::look_twice(&mut window, "未采纳").await?;
    window.click("parked-amend").await?;
    window.element("parked-on").await?;
    looks::look_twice(&mut window, "重新办理").await?;
    // On the same day it would be refused again; that is said where the day is typed, and nothing is recorded.
    window.click("confirm-act").await?;
    window.says("confirm-dialog", "日期不能早于上一步").await?;
    looks::look_twice(&mut window, "重新办理-日期还是太早").await?;
    window.fill("parked-on", &days_ago(0)?.to_string()).await?;
    window.click("confirm-act").await?;
    window.says("screen-parked", "没有待处理的登记").await?;
    window.click("parked-settled").await?;
    window.says("screen-parked", "等区信用平台答复").await?;
    looks::look_twice(&mut window, "已重新办理").await?;

    acts::sync(&window).await?;
    window.click("rail-parked").await?;
    window.click("parked-settled").await?;
    window.says("screen-parked", "已重新办理").await?;
    window.says("screen-parked", "区信用平台已采纳").await?;
    looks::look_twice(&mut window, "区平台已采纳").await?;
    acts::open(&window, &case).await?;
    window.says("case-state", "认定单位受理").await?;
    window.says("case-delivery", "已送达区信用平台").await?;
    looks::look_twice(&mut window, "办件-已受理").await?;
    window.close().await?;
    let left = counter.done(&["parked", "list"])?;
    if left["open"].as_array().is_some_and(Vec::is_empty) {
        Ok(())
    } else {
        Err(format!("something is still parked: {left}").into())
    }
}

/// The authority asks for more; the counter, not knowing, enters that it accepted the day before.
fn accepted_too_early(counter: &Counter, hub: &Hub) -> Result<String, Failure> {
    let [three, two, one] = [3, 2, 1].map(days_ago);
    let (three, two, one) = (three?.to_string(), two?.to_string(), one?.to_string());
    let at = |day: &str| format!("{day}T10:00:00+08:00");
    let case = counter.take_first_in_at(&at(&three))?;
    let submitted = json!({"act": "submit", "site": "信用中国", "number": "XYZG-2026-0001", "on": three});
    counter.done_with(&["--now", &at(&three), "act", &case], &submitted)?;
    counter.done(&["sync"])?;
    let reason = "请补交缴款凭证原件";
    let asked = hub.command(&[
        "decide",
        &case,
        "--outcome",
        "supplement",
        "--reason",
        reason,
        "--on",
        &one,
    ])?;
    if asked.status != 0 {
        return Err(format!("the hub did not ask for more: {asked:?}").into());
    }
    let accepted = json!({"act": "accept", "by": "广州市越秀区市场监督管理局", "on": two, "number": null});
    counter.done_with(&["--now", &at(&two), "act", &case], &accepted)?;
    counter.done(&["sync"])?;
    Ok(case)
}
