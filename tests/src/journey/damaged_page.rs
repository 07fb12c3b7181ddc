//! A page in the middle of the data is damaged, which the start does not read: the look at everything finds it, every screen
//! says so, and the next start offers the way back.

use std::{fs, os::unix::fs::FileExt, path::Path};

use super::{backups, closed, looks, prepared::Counter, set_up};
use crate::{Failure, window::Window};

const PAGE: u64 = 4096;

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in()?;
    let backup = folder.join("另一块盘.backup");
    counter.open(out).await?.close().await?;
    counter.done(&["backup", &backup.to_string_lossy()])?;
    damage_a_page_that_is_not_read_at_the_start(&counter, &case)?;

    let mut window = Window::open(&counter.data, &out.join("打开之后")).await?;
    looks::small(&window).await?;
    set_up::sign_in(&window).await?;
    found_and_said(&mut window).await?;
    window.close().await?;

    let mut window = Window::open(&counter.data, &out.join("下次打开")).await?;
    looks::small(&window).await?;
    window.says("unlock-reason", "数据已损坏").await?;
    looks::look_twice(&mut window, "数据已损坏").await?;
    closed::read_only(&mut window, &case, "只读打开").await?;
    window.close().await?;

    // Where there is no backup, work can go on; what is wrong is still said.
    let window = Window::open(&counter.data, &out.join("照样打开")).await?;
    window.click("unlock-again").await?;
    set_up::sign_in(&window).await?;
    window.says("store-notice", "检查发现数据有问题").await?;
    window.close().await?;

    let mut window = Window::open(&counter.data, &out.join("恢复")).await?;
    looks::small(&window).await?;
    closed::restore(&mut window, &counter, &backup, &case, "已恢复").await?;
    window.close().await?;
    if counter.done(&["check"])?["ok"] == true {
        Ok(())
    } else {
        Err("what was restored is not well".into())
    }
}

/// From the middle of the file on, the first page without which the counter opens and the case is shown.
fn damage_a_page_that_is_not_read_at_the_start(counter: &Counter, case: &str) -> Result<(), Failure> {
    let database = counter.data.join("counter.db");
    let whole = fs::read(&database)?;
    let pages = whole.len() as u64 / PAGE;
    for page in pages / 2..pages {
        let file = fs::File::options().write(true).open(&database)?;
        file.write_all_at(&[0x5a; 512], page * PAGE + 1024)?;
        let opens = counter.run(&["sync"])?.json["error"]["code"] == "not_enrolled";
        let mut read_by_the_first_screens = [
            vec!["case", case],
            vec!["cases", "--state", "received"],
            vec!["parked", "list"],
            vec!["search", "穗"],
        ]
        .into_iter();
        if opens && read_by_the_first_screens.all(|asked| counter.run(&asked).is_ok_and(|ended| ended.status == 0)) {
            return Ok(());
        }
        fs::write(&database, &whole)?;
    }
    Err("every page is read at the start".into())
}

async fn found_and_said(window: &mut Window) -> Result<(), Failure> {
    backups::checked(window, "发现问题").await?;
    looks::look_at(window, "settings-backup", "检查发现问题").await?;
    window.click("rail-credit").await?;
    window.says("store-notice", "检查发现数据有问题").await?;
    window.says("store-notice", "从备份恢复").await?;
    looks::look_twice(window, "各屏提示").await
}
