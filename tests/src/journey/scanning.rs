//! Scans and devices: from the scanner's folder, the camera, the clipboard and a drop; pages in another order; a card read.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use serde_json::{Value, json};

use super::{ENTERPRISE, acts, looks, prepared::Counter};
use crate::{Failure, programs::repository, window::Window};

const PAPER: &str = "paper-agent_authority";

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in()?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    set_up(&mut window, folder).await?;
    scans(&mut window, &case, folder).await?;
    card(&mut window).await?;
    window.close().await
}

/// A folder with a scan, and two programs as makers of devices deliver them.
async fn set_up(window: &mut Window, folder: &Path) -> Result<(), Failure> {
    let icon = repository().join("assets/icons/icon.png");
    let scans = folder.join("scans");
    fs::create_dir_all(&scans)?;
    fs::copy(&icon, scans.join("扫描0001.png"))?;
    let camera = program(folder, "camera", &format!("cat {}", icon.display()))?;
    let reader = program(
        folder,
        "reader",
        r#"echo '{"name":"周宁","number":"11010519491231002X"}'"#,
    )?;
    window.click("rail-settings").await?;
    window
        .fill("scan-folder-path", &folder.join("nowhere").to_string_lossy())
        .await?;
    window.click("devices-save").await?;
    window.says("toasts", "没有文件夹").await?;
    window.fill("scan-folder-path", &scans.to_string_lossy()).await?;
    window.fill("device-documentCamera-path", &camera).await?;
    window.fill("device-idCardReader-path", &reader).await?;
    window.click("devices-save").await?;
    window.says("toasts", "设备已保存").await?;
    looks::look_at(window, "settings-devices", "设置-扫描和设备").await
}

async fn scans(window: &mut Window, case: &str, folder: &Path) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.choose_radio(&format!("{PAPER}-stand-received")).await?;
    window.click(&format!("{PAPER}-scan")).await?;
    window.says(&format!("{PAPER}-folder-0"), "扫描0001.png").await?;
    looks::look_at(window, PAPER, "扫描-来源").await?;
    window.click(&format!("{PAPER}-folder-0")).await?;
    window.says(&format!("{PAPER}-scan-0"), "扫描0001.pdf").await?;
    // A picture of other bytes from the camera would be the same page; a pasted one is another.
    paste(window).await?;
    window.says(&format!("{PAPER}-scan-1"), "pasted.pdf").await?;
    let dropped = folder.join("决定书.pdf");
    fs::write(&dropped, b"%PDF-1.7\n%dropped")?;
    drop_on(window, PAPER, &dropped).await?;
    window.says(&format!("{PAPER}-scan-2"), "决定书.pdf").await?;
    window.click(&format!("{PAPER}-scan-before-2")).await?;
    window.says(&format!("{PAPER}-scan-1"), "决定书.pdf").await?;
    looks::look_at(window, PAPER, "扫描-三份").await?;
    window.click(&format!("{PAPER}-scan")).await?;
    window.click(&format!("{PAPER}-camera")).await?;
    window.says(PAPER, "扫描 3 份").await?;
    Ok(())
}

/// The clipboard holds a picture made in the page itself.
async fn paste(window: &Window) -> Result<(), Failure> {
    let script = "const done = arguments[1]; const canvas = document.createElement('canvas');
        canvas.width = 300; canvas.height = 400; const c = canvas.getContext('2d');
        c.fillStyle = 'white'; c.fillRect(0, 0, 300, 400); c.fillStyle = 'black'; c.fillRect(40, 60, 200, 8);
        canvas.toBlob((blob) => {
            const data = new DataTransfer(); data.items.add(new File([blob], 'pasted.png', {type: 'image/png'}));
            const row = document.querySelector(`[data-testid=\"${arguments[0]}\"]`);
            row.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
            done(true);
        }, 'image/png');";
    window.script_until_done(script, vec![json!(PAPER)]).await?;
    Ok(())
}

/// As the shell tells the window of a drop.
async fn drop_on(window: &Window, id: &str, file: &Path) -> Result<(), Failure> {
    let script = "const done = arguments[2];
        const row = document.querySelector(`[data-testid=\"${arguments[0]}\"]`); row.scrollIntoView({block: 'center'});
        const box = row.getBoundingClientRect();
        const position = {x: (box.left + 30) * devicePixelRatio, y: (box.top + 10) * devicePixelRatio};
        window.__TAURI_INTERNALS__.invoke('plugin:event|emit', {event: 'tauri://drag-drop',
            payload: {paths: [arguments[1]], position}}).then(() => done('sent'), (error) => done(String(error)));";
    let path = Value::from(file.to_string_lossy().as_ref());
    let sent = window.script_until_done(script, vec![json!(id), path]).await?;
    if sent == "sent" {
        Ok(())
    } else {
        Err(format!("the drop did not reach the window: {sent}").into())
    }
}

async fn card(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-visit").await?;
    window.fill("visit-search", ENTERPRISE).await?;
    window.click_first("visit-hit").await?;
    window.choose_radio("visit-step-agent").await?;
    window.click("agent-read-card").await?;
    window
        .holds(
            "return document.getElementById('agent-name').value === '周宁'
                && document.getElementById('agent-id-number').value === '11010519491231002X'",
            Vec::new(),
        )
        .await?;
    looks::look_twice(window, "经办人-读卡").await
}

fn program(folder: &Path, name: &str, script: &str) -> Result<String, Failure> {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n"))?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    Ok(path.to_string_lossy().into_owned())
}
