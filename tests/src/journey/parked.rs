//! Work the hub did not take: found in 待处理 with its reason, given up with a reason, and settled at the hub.

use std::path::Path;

use serde_json::json;

use super::{acts, looks, prepared::Counter, sheet};
use crate::{Failure, hub::Hub};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    counter.done(&["enrol", "--hub", &hub.url, "--code", &hub.enrolment_code()?])?;
    let case = counter.take_first_in()?;
    contradict_the_authority(&counter, &hub, &case)?;
    let listed = counter.done(&["parked", "list"])?;
    if listed["open"].as_array().map(Vec::len) != Some(1) {
        return Err(format!("one change is parked: {listed}").into());
    }

    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    window.says("rail-parked", "1").await?;
    window.click("rail-parked").await?;
    window.element("screen-parked").await?;
    window.says("parked-why", "办件").await?;
    looks::look_twice(&mut window, "待处理").await?;
    window.click("parked-withdraw").await?;
    window.element("parked-reason").await?;
    looks::look_twice(&mut window, "待处理-不再办理").await?;
    window.click("confirm-act").await?;
    window.says("screen-parked", "请填写不再办理的理由").await?;
    window.fill("parked-reason", "认定单位已经作出决定").await?;
    window.click("confirm-act").await?;
    window.says("screen-parked", "没有待处理的登记").await?;
    looks::look_twice(&mut window, "待处理-空").await?;

    acts::sync(&window).await?;
    window.click("rail-parked").await?;
    window.click("parked-settled").await?;
    window.says("screen-parked", "认定单位已经作出决定").await?;
    window.says("screen-parked", "区信用平台已采纳").await?;
    looks::look_twice(&mut window, "待处理-已处理").await?;
    acts::open(&window, &case).await?;
    window.says("case-state", "已决定").await?;
    window.close().await
}

/// The authority decides while the counter, which has not heard of it, enters that it only accepted.
fn contradict_the_authority(counter: &Counter, hub: &Hub, case: &str) -> Result<(), Failure> {
    let on = sheet::today().to_string();
    let submitted = json!({"act": "submit", "site": "信用中国", "number": "XYZG-2026-0001", "on": on});
    counter.done_with(&["act", case], &submitted)?;
    counter.done(&["sync"])?;
    acts::repair_at_the_hub(hub, case)?;
    let accepted = json!({"act": "accept", "by": "广州市越秀区市场监督管理局", "on": on, "number": null});
    counter.done_with(&["act", case], &accepted)?;
    counter.done(&["sync"])?;
    Ok(())
}
