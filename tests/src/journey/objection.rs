//! An objection: the door first, what is held wrong item by item, the papers; passed on, accepted, the provider asked and
//! answering, decided, told, closed. While it is pending the record is marked wherever it stands.

use std::{path::Path, time::Duration};

use super::{acts, credit, looks, prepared::Counter, set_up, sheet::days_ago};
use crate::{Failure, hub::Hub, window::Window};

/// Far longer than the pause after which what is typed is kept.
const KEPT_BY_THEN: Duration = Duration::from_secs(3);

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in()?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    raised(&mut window).await?;
    marked_wherever_it_stands(&mut window, &case).await?;
    followed(&mut window).await?;
    let mut window = replied(window, &counter.data).await?;
    told_and_closed(&mut window).await?;
    delivered(&mut window, &folder.join("hub")).await?;
    window.close().await
}

/// What is missing is named once, each at its field; nothing typed is lost.
async fn raised(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-objections").await?;
    window.says("screen-objections", "还没有异议").await?;
    looks::look_twice(window, "异议-还没有").await?;
    credit::open_record(window, "〔2026〕12号").await?;
    window.click("record-objection").await?;
    window.says("screen-objection-new", "304号窗口").await?;
    looks::look_twice(window, "异议-选门").await?;
    window.click("objection-receive").await?;
    for missing in [
        "请先选择向哪里提出",
        "请至少选一种情形",
        "请写明事实和理由",
        "请填写姓名",
    ] {
        window.says("screen-objection-new", missing).await?;
    }
    window.choose_radio("objection-door-credit_guangzhou").await?;
    window.click("objection-ground-wrong").await?;
    window.fill("objection-item-0", "处罚决定日期").await?;
    window.fill("objection-claimed-0", "2026-05-12").await?;
    window
        .fill("objection-facts", "决定书载明的日期与公示的不一致。")
        .await?;
    looks::look_at(window, "objection-item-0", "异议-内容").await?;
    for paper in ["form", "screenshot"] {
        window.choose_radio(&format!("paper-{paper}-stand-received")).await?;
    }
    window.click("agent-before-李明").await?;
    window.choose_radio("agent-identity-yes").await?;
    window.choose_radio("agent-authority-original_seen").await?;
    window.click("objection-receive").await?;
    window.says("objection-state", "待补正").await?;
    print(window, "objection_form", "异议申请表").await?;
    window.choose_radio("paper-evidence-stand-received").await?;
    window.says("objection-state", "已收件").await?;
    looks::look_twice(window, "异议-已收件").await
}

async fn marked_wherever_it_stands(window: &mut Window, case: &str) -> Result<(), Failure> {
    credit::open_record(window, "〔2026〕12号").await?;
    window.says("record-disputed", "异议处理中").await?;
    if window.shows("record-objection").await? {
        return Err("a record is disputed twice at once".into());
    }
    looks::look_twice(window, "记录-异议处理中").await?;
    acts::open(window, case).await?;
    window.says("case-disputed", "异议处理中").await?;
    window.click("rail-objections").await?;
    window.click_first("objection-row-").await
}

async fn followed(window: &mut Window) -> Result<(), Failure> {
    enter(
        window,
        "forward",
        &[("number", "YY-2026-88"), ("on", &days_ago(0)?.to_string())],
    )
    .await?;
    window.says("objection-state", "已提交").await?;
    window.says("due-objection_acceptance", "2个工作日").await?;
    enter(window, "accept", &[]).await?;
    window.says("due-objection_check", "2个工作日").await?;
    print(window, "inquiry_letter", "协查函").await?;
    enter(window, "inquire", &[]).await?;
    window.says("objection-state", "协查中").await?;
    window.says("due-inquiry_reply", "10个工作日").await?;
    looks::look_twice(window, "异议-协查中").await
}

/// What the provider found is being typed when the power fails: it stands there again.
async fn replied(window: Window, data: &Path) -> Result<Window, Failure> {
    window.click("objection-act-reply").await?;
    window.click("objection-enter").await?;
    window.says("objection-acts", "请选择核查结果").await?;
    window.choose_radio("objection-finding-corrected").await?;
    window.fill("objection-note", "录入有误").await?;
    tokio::time::sleep(KEPT_BY_THEN).await;
    let window = window.kill_and_open_again(data).await?;
    set_up::sign_in(&window).await?;
    window.click("rail-objections").await?;
    window.click_first("objection-row-").await?;
    window.element("objection-note").await?;
    let is_back = "return document.getElementById('objection-note').value === '录入有误'";
    window.holds(is_back, Vec::new()).await?;
    window.click("objection-enter").await?;
    window.says("objection-state", "协查已回复").await?;
    window.click("objection-act-decide").await?;
    window.choose_radio("objection-outcome-corrected").await?;
    window.click("objection-enter").await?;
    window.says("objection-state", "已有处理结果").await?;
    window.says("objection-decision", "更正").await?;
    Ok(window)
}

/// Once decided, the record is no longer marked; the reply goes out, and the objection is closed.
async fn told_and_closed(window: &mut Window) -> Result<(), Failure> {
    print(window, "objection_reply", "异议答复").await?;
    looks::look_twice(window, "异议-已有结果").await?;
    window.click("objection-act-close").await?;
    window.click("objection-enter").await?;
    window.click("confirm-act").await?;
    window.says("objection-state", "已办结").await?;
    credit::open_record(window, "〔2026〕12号").await?;
    window.element("verdict-card").await?;
    if window.shows("record-disputed").await? {
        return Err("the objection is over, and the record is still marked".into());
    }
    Ok(())
}

/// The hub takes an objection like any other work.
async fn delivered(window: &mut Window, hub: &Path) -> Result<(), Failure> {
    let hub = Hub::start(hub, "127.0.0.1:0")?;
    acts::enrol(window, &hub).await?;
    acts::sync(window).await?;
    window.click("rail-objections").await?;
    window.click("objections-group-over").await?;
    window.says("screen-objections", "已送达").await?;
    looks::look_twice(window, "异议-已结束").await
}

async fn print(window: &Window, kind: &str, title: &str) -> Result<(), Failure> {
    window.click(&format!("objection-print-{kind}")).await?;
    window.element(&format!("objection-paper-{kind}-open")).await?;
    window.says("toasts", title).await?;
    Ok(())
}

async fn enter(window: &Window, act: &str, fields: &[(&str, &str)]) -> Result<(), Failure> {
    window.click(&format!("objection-act-{act}")).await?;
    for (field, text) in fields {
        window.fill(&format!("objection-{field}"), text).await?;
    }
    window.click("objection-enter").await
}
