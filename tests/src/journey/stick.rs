//! A stick carries what no network does: written in the window, taken by the hub, its answer read in the window.

use std::{fs, path::Path};

use super::{acts, looks, prepared::Counter};
use crate::{Failure, hub::Hub, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let mut hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    window.click("rail-settings").await?;
    window.says("stick-not-bound", "先接入一次区信用平台").await?;
    looks::look_at(&mut window, "settings-stick", "U盘-未接入").await?;
    acts::enrol(&window, &hub).await?;
    acts::sync(&window).await?;
    hub.stop()?;

    let stick = folder.join("U盘");
    fs::create_dir(&stick)?;
    let case = take_a_case_in(&mut window).await?;
    write(&mut window, &stick).await?;
    let answer = taken_by_the_hub(&hub, &stick)?;
    refuse_what_is_wrong(&mut window, &stick, &answer).await?;
    read(&mut window, &answer).await?;
    acts::open(&window, &case).await?;
    window.says("case-delivery", "已送达区信用平台").await?;
    looks::look_twice(&mut window, "U盘-办件已送达").await?;

    // A network that comes back has nothing to send.
    hub.start_again()?;
    acts::sync(&window).await?;
    window
        .says("sync-report", "送出 0 项，收到回执 0 份，取回 0 项")
        .await?;
    looks::look_at(&mut window, "settings-hub", "U盘-之后联网").await?;
    window.close().await?;
    if counter.done(&["check"])?["ok"] == true {
        Ok(())
    } else {
        Err("the data are not well".into())
    }
}

/// Saved on the screen, with the hub away.
async fn take_a_case_in(window: &mut Window) -> Result<String, Failure> {
    let case = super::visit::receive(window).await?;
    acts::open(window, &case).await?;
    window.says("case-delivery", "已保存(本机)").await?;
    Ok(case)
}

async fn write(window: &mut Window, stick: &Path) -> Result<(), Failure> {
    window.click("rail-settings").await?;
    window.click("stick-target-act").await?;
    says_at(window, "stick-target", "请选择保存位置").await?;
    window
        .fill("stick-target-path", &stick.join("没有/W03.outbox").to_string_lossy())
        .await?;
    window.click("stick-target-act").await?;
    says_at(window, "stick-target", "找不到文件或文件夹").await?;
    looks::look_at(window, "settings-stick", "U盘-没有这个文件夹").await?;
    window
        .fill("stick-target-path", &stick.join("W03.outbox").to_string_lossy())
        .await?;
    window.click("stick-target-act").await?;
    window.says("stick-target-done", "已写入").await?;
    looks::look_at(window, "settings-stick", "U盘-已写入").await
}

/// Gives the path of the answer.
pub(super) fn taken_by_the_hub(hub: &Hub, stick: &Path) -> Result<String, Failure> {
    let (outbox, answer) = (stick.join("W03.outbox"), stick.join("W03.answer"));
    let (outbox, answer) = (outbox.to_string_lossy(), answer.to_string_lossy().into_owned());
    let taken = hub.command(&["stick", "take", &outbox, "--answer", &answer])?;
    if taken.status == 0 {
        Ok(answer)
    } else {
        Err(format!("the hub ended with {taken:?}").into())
    }
}

/// Every wrong file has its sentence at the field, and nothing is delivered by it.
async fn refuse_what_is_wrong(window: &mut Window, stick: &Path, answer: &str) -> Result<(), Failure> {
    let bytes = fs::read(answer)?;
    fs::write(stick.join("短了.answer"), &bytes[..bytes.len() - 20])?;
    fs::write(stick.join("表格.answer"), b"PK\x03\x04 a workbook with a wrong name")?;
    for (name, sentence) in [
        ("W03.outbox", "拿反了"),
        ("短了.answer", "不完整或被改动过"),
        ("表格.answer", "不是U盘交换文件"),
        ("没有.answer", "找不到文件或文件夹"),
    ] {
        window
            .fill("stick-answer-path", &stick.join(name).to_string_lossy())
            .await?;
        window.click("stick-answer-act").await?;
        says_at(window, "stick-answer", sentence).await?;
        let waits = "return !document.querySelector('[data-testid=delivery-chip]').innerText.includes('全部已送达')";
        window.holds(waits, Vec::new()).await?;
        looks::look_at(window, "stick-answer-form", &format!("U盘-{name}")).await?;
    }
    Ok(())
}

pub(super) async fn read(window: &mut Window, answer: &str) -> Result<(), Failure> {
    window.fill("stick-answer-path", answer).await?;
    window.click("stick-answer-act").await?;
    window.says("stick-answer-done", "已送达区信用平台").await?;
    window.says("stick-answer-done", "没有未送达的内容").await?;
    window.says("delivery-chip", "全部已送达").await?;
    looks::look_at(window, "stick-answer-form", "U盘-已读回执").await?;
    // Twice is once.
    window.click("stick-answer-act").await?;
    window.says("stick-answer-done", "没有新送达的内容").await?;
    Ok(())
}

/// What is wrong stands at the field, which has the focus.
async fn says_at(window: &Window, field: &str, sentence: &str) -> Result<(), Failure> {
    let script = "return (document.getElementById(`${arguments[0]}-error`)?.innerText ?? '').includes(arguments[1]) \
        && document.activeElement.id === arguments[0]";
    window.holds(script, vec![field.into(), sentence.into()]).await
}
