//! An outbox so long that it is stopped half written: nothing of it is left on the stick, nothing is lost, and written once
//! more it is whole.

use std::{fs, path::Path};

use super::{acts, looks, prepared::Counter, scans, stick};
use crate::{Failure, hub::Hub, window::Window};

/// So many scans of 50 MB that the file is not written before it is looked at and stopped.
const SCANS: u64 = 8;

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let mut hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    counter.done(&["enrol", "--hub", &hub.url, "--code", &hub.enrolment_code()?])?;
    hub.stop()?;
    let case = counter.take_first_in_with(&scans::write(folder, SCANS)?)?;
    let stick = folder.join("U盘");
    fs::create_dir(&stick)?;

    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    stop_half_way(&mut window, &stick).await?;
    acts::open(&window, &case).await?;
    window.says("case-delivery", "已保存(本机)").await?;

    window.click("rail-settings").await?;
    begin(&window, &stick).await?;
    let said = window.says_in_time("stick-target-done", "已写入").await?;
    if !said.contains(&format!("{SCANS} 份附件")) {
        return Err(format!("every scan was to be written: {said}").into());
    }
    looks::look_at(&mut window, "settings-stick", "整份已写入").await?;
    let answer = stick::taken_by_the_hub(&hub, &stick)?;
    stick::read(&mut window, &answer).await?;
    acts::open(&window, &case).await?;
    window.says("case-delivery", "已送达区信用平台").await?;
    looks::look_twice(&mut window, "办件已送达").await?;
    window.close().await?;
    if counter.done(&["check"])?["ok"] == true {
        Ok(())
    } else {
        Err("the data are not well".into())
    }
}

async fn begin(window: &Window, stick: &Path) -> Result<(), Failure> {
    window
        .fill("stick-target-path", &stick.join("W03.outbox").to_string_lossy())
        .await?;
    window.click("stick-target-act").await
}

async fn stop_half_way(window: &mut Window, stick: &Path) -> Result<(), Failure> {
    window.click("rail-settings").await?;
    begin(window, stick).await?;
    let half_way = "const bar = document.querySelector('[data-testid=stick-target-form] progress'); \
        bar?.scrollIntoView({block: 'center'}); return bar !== null && bar.position > 0 && bar.position < 1";
    window.holds(half_way, Vec::new()).await?;
    if fs::read_dir(stick)?.count() != 1 {
        return Err("a part was to be on the stick".into());
    }
    window.look("正在写入").await?;
    window.click("progress-cancel").await?;
    window.says("stick-target-stopped", "已停止").await?;
    if let Some(left) = fs::read_dir(stick)?.next() {
        return Err(format!("{:?} was left on the stick", left?.path()).into());
    }
    if window.shows("stick-target-done").await? {
        return Err("what was stopped has no outcome".into());
    }
    looks::look_at(window, "settings-stick", "已停止").await
}
