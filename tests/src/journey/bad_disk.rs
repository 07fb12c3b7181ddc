//! A disk that is full, and one that cannot be written to: one sentence each, nothing that was called saved is lost, and
//! saving works again once it can.

use std::{fs, path::Path, process::Command};

use super::{looks, prepared::Counter, set_up};
use crate::{Failure, programs::counter_cli_as, small_disk::SmallDisk, window::Window};

const SITE: &str = "信用中国";
const NUMBER: &str = "XYZG-2026-0001";

/// Walks it over a real file system of a few megabytes.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in()?;
    counter.open(out).await?.close().await?;
    let disk = SmallDisk::new(&folder.join("small-disk"))?;
    carry(&counter.data, &disk.outside("counter"))?;
    let data = disk.inside("counter");

    let mut window = Window::open_as(&data, out, &disk.launch()).await?;
    looks::small(&window).await?;
    set_up::sign_in(&window).await?;
    fill_the_gap(&window, &case).await?;
    disk.fill()?;
    refuse_and_keep_what_was_typed(&mut window).await?;
    disk.make_room()?;
    save_what_was_typed(&mut window).await?;

    // Full again, and the power goes: what was called saved is there, and can be looked up.
    disk.fill()?;
    let window = window.kill_and_open_again(&data).await?;
    looks::small(&window).await?;
    set_up::sign_in(&window).await?;
    open_case(&window, &case).await?;
    window.says("case-state", "已提交").await?;
    window.close().await?;

    disk.make_room()?;
    end_in_order(&disk, &data)?;
    disk.fill()?;
    let mut window = Window::open_as(&data, &out.join("已满"), &disk.launch()).await?;
    looks::small(&window).await?;
    say_at_the_start_that_it_is_full(&mut window).await?;
    disk.make_room()?;
    window.click("unlock-again").await?;
    set_up::sign_in(&window).await?;
    open_case(&window, &case).await?;
    window.says("case-state", "已提交").await?;
    window.close().await?;

    disk.protect(true)?;
    let mut window = Window::open_as(&data, &out.join("写保护"), &disk.launch()).await?;
    looks::small(&window).await?;
    only_look(&mut window, &case).await?;
    window.close().await?;
    disk.protect(false)?;
    let window = Window::open_as(&data, &out.join("写保护之后"), &disk.launch()).await?;
    set_up::sign_in(&window).await?;
    open_case(&window, &case).await?;
    window.click("case-act-withdraw").await?;
    window.fill("act-reason", "申请人撤回").await?;
    window.click("act-enter").await?;
    window.click("confirm-act").await?;
    window.says("case-state", "已撤回").await?;
    window.close().await?;

    fs::remove_dir_all(&counter.data)?;
    carry(&disk.outside("counter"), &counter.data)?;
    let checked = counter.done(&["check"])?;
    let state = counter.done(&["case", &case])?["state"].clone();
    if checked["ok"] == true && state == "withdrawn" {
        Ok(())
    } else {
        Err(format!("{checked}, {state}").into())
    }
}

/// The last paper was missing; with it the case can be submitted.
async fn fill_the_gap(window: &Window, case: &str) -> Result<(), Failure> {
    open_case(window, case).await?;
    let script = "const open = [...document.querySelectorAll('[data-testid^=paper-][data-state=pending]')]; \
        open[0]?.querySelector('[data-testid$=-stand-received]')?.click(); return open.length";
    while window.script(script, Vec::new()).await? != 0 {
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    window.says("case-state", "已收件").await?;
    window.says("saved-mark", "已保存").await?;
    Ok(())
}

async fn refuse_and_keep_what_was_typed(window: &mut Window) -> Result<(), Failure> {
    window.click("case-act-submit").await?;
    window.fill("act-site", SITE).await?;
    window.fill("act-number", NUMBER).await?;
    window.click("act-enter").await?;
    window.says("toasts", "磁盘已满，这次没有保存").await?;
    window.says("case-state", "已收件").await?;
    let typed = "return document.querySelector('[data-testid=act-number]').value === arguments[0]";
    window.holds(typed, vec![NUMBER.into()]).await?;
    looks::look_twice(window, "磁盘已满-没有保存").await
}

async fn save_what_was_typed(window: &mut Window) -> Result<(), Failure> {
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    window.says("case-delivery", "已保存").await?;
    let gone = "return !document.querySelector('[data-testid=toasts]').innerText.includes('没有保存')";
    window.holds(gone, Vec::new()).await?;
    looks::look_twice(window, "磁盘有空间了-已保存").await
}

/// A command opens the data for writing and leaves them in order, with nothing beside the databases.
fn end_in_order(disk: &SmallDisk, data: &Path) -> Result<(), Failure> {
    let ended = counter_cli_as(&disk.launch(), data, &["sync"])?;
    if ended.json["error"]["code"] == "not_enrolled" {
        Ok(())
    } else {
        Err(format!("{ended:?}").into())
    }
}

async fn say_at_the_start_that_it_is_full(window: &mut Window) -> Result<(), Failure> {
    window.element("screen-unlock").await?;
    window.says("unlock-reason", "磁盘已满").await?;
    looks::look_twice(window, "磁盘已满-没有打开").await?;
    window.click("unlock-again").await?;
    window.says("problem-note", "还是没有打开").await?;
    looks::look_twice(window, "磁盘已满-还是没有打开").await
}

async fn only_look(window: &mut Window, case: &str) -> Result<(), Failure> {
    set_up::sign_in(window).await?;
    window.says("store-notice", "只读打开").await?;
    open_case(window, case).await?;
    window.says("case-state", "已提交").await?;
    looks::look_twice(window, "写保护-只读打开").await?;
    window.click("case-act-withdraw").await?;
    window.fill("act-reason", "申请人撤回").await?;
    window.click("act-enter").await?;
    window.click("confirm-act").await?;
    window.says("toasts", "只读打开，没有保存").await?;
    looks::look_twice(window, "写保护-没有保存").await
}

async fn open_case(window: &Window, case: &str) -> Result<(), Failure> {
    window.click("rail-cases").await?;
    window.click(&format!("case-link-{case}")).await?;
    window.element("screen-case").await?;
    Ok(())
}

fn carry(from: &Path, to: &Path) -> Result<(), Failure> {
    let ended = Command::new("cp").arg("-a").args([from, to]).status()?;
    if ended.success() {
        Ok(())
    } else {
        Err(format!("{} was not copied: {ended}", from.display()).into())
    }
}
