//! The acts after receiving: the gap filled, submitted, delivered, decided at the hub, taken down.

use crate::{Failure, hub::Hub, window::Window};

pub(super) async fn submit(window: &mut Window, case: &str) -> Result<(), Failure> {
    open(window, case).await?;
    window.says("case-state", "待补正").await?;
    window.says("case-papers", "一次性告知书").await?;
    window.says("case-papers", "信用承诺书").await?;
    window.look("办件-待补正").await?;
    window.choose_radio("paper-fulfilment_proof-stand-received").await?;
    window.says("case-state", "已收件").await?;
    window.click("case-act-submit").await?;
    window.fill("act-site", "信用中国").await?;
    window.fill("act-number", "XYZG-2026-0001").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    window.says("case-delivery", "已保存").await?;
    window.look("办件-已提交").await
}

pub(super) async fn deliver(window: &mut Window, hub: &Hub, case: &str) -> Result<(), Failure> {
    enrol(window, hub).await?;
    window.click("settings-sync").await?;
    window.element("sync-report").await?;
    window.look("设置-送达").await?;
    open(window, case).await?;
    window.says("case-delivery", "已送达区信用平台").await?;
    window.look("办件-已送达").await
}

pub(super) async fn decide_at_the_hub(window: &mut Window, hub: &Hub, case: &str) -> Result<(), Failure> {
    repair_at_the_hub(hub, case)?;
    sync(window).await?;
    open(window, case).await?;
    window.says("case-state", "已决定").await?;
    window.look("办件-已决定").await?;
    window.click("case-act-take_down").await?;
    window.click("act-site-0").await?;
    window.click("act-site-1").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已撤下").await?;
    window.look("办件-已撤下").await
}

/// The authority decides by the hub's command.
pub(super) fn repair_at_the_hub(hub: &Hub, case: &str) -> Result<(), Failure> {
    let decided = hub.command(&[
        "decide",
        case,
        "--outcome",
        "repaired",
        "--reason",
        "义务已履行，准予修复",
    ])?;
    if decided.status == 0 {
        Ok(())
    } else {
        Err(format!("the hub did not decide: {decided:?}").into())
    }
}

pub(super) async fn read_the_rules(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-rules").await?;
    window.element("screen-rules").await?;
    window.look("规则").await?;
    window.click("rules-ndrc-36-2026").await?;
    window.element("screen-rule-pack").await?;
    window.look("规则-36号令").await
}

/// Binds the counter to the hub in the settings.
pub(super) async fn enrol(window: &Window, hub: &Hub) -> Result<(), Failure> {
    window.click("rail-settings").await?;
    window.fill("hub-url", &hub.url).await?;
    window.fill("hub-code", &hub.enrolment_code()?).await?;
    window.click("hub-enrol").await?;
    window.says("hub-address", &hub.url).await?;
    Ok(())
}

/// Sends and fetches, and waits until it is done.
pub(super) async fn sync(window: &Window) -> Result<(), Failure> {
    ask_for_a_sync(window).await?;
    window.element("sync-report").await?;
    Ok(())
}

/// Asks for a round, whatever comes of it.
pub(super) async fn ask_for_a_sync(window: &Window) -> Result<(), Failure> {
    window.click("rail-settings").await?;
    window.click("settings-sync").await
}

pub(super) async fn open(window: &Window, case: &str) -> Result<(), Failure> {
    window.click("rail-cases").await?;
    window.element("screen-cases").await?;
    window.click(&format!("case-link-{case}")).await?;
    window.element("screen-case").await?;
    Ok(())
}
