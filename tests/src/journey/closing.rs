//! The window closes: with a backup where something is new, which it says and waits for unless a person will not, and at
//! once where nothing is.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{acts, looks, prepared::Counter, scans, set_up};
use crate::{Failure, programs::counter_cli, window::Window};

/// So many scans of 50 MB that the backup takes a while.
const SCANS: u64 = 8;

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in_with(&scans::write(folder, SCANS)?)?;
    let backups = folder.join("另一块盘");
    fs::create_dir(&backups)?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    window.click("rail-settings").await?;
    window.fill("plan-folder-path", &backups.to_string_lossy()).await?;
    window.click("plan-submit").await?;
    window.says_in_time("backup-last", "已核对").await?;
    let planned = the_only(&backups)?;

    submit(&window, &case).await?;
    window.press_the_cross()?;
    window.says("closing-notice", "正在备份").await?;
    // Enter, typed before it was seen, does nothing.
    let no_button = "return document.activeElement?.id === 'closing-title'";
    window.holds(no_button, Vec::new()).await?;
    looks::look_twice(&mut window, "正在备份").await?;
    // A second press changes nothing.
    window.press_the_cross()?;
    window.gone().await?;
    let at_the_end = the_only(&backups)?;
    if at_the_end == planned {
        return Err("a backup was to be made at the end".into());
    }
    left_in_order(&counter)?;
    holds(&counter, &at_the_end, &case, "submitted")?;

    let mut window = open_again(&counter, &out.join("下次打开")).await?;
    window.click("rail-settings").await?;
    window.says("backup-last", "最近一次备份").await?;
    window.says("backup-last", &at_the_end.to_string_lossy()).await?;
    if window.shows("store-notice").await? {
        return Err("there is nothing to be told".into());
    }
    looks::look_at(&mut window, "settings-backup", "最近一次备份").await?;
    // Nothing is new: nothing is waited for.
    window.press_the_cross()?;
    window.gone().await?;
    if the_only(&backups)? != at_the_end {
        return Err("nothing new was to be backed up".into());
    }

    let mut window = open_again(&counter, &out.join("不等备份")).await?;
    acts::open(&window, &case).await?;
    window.click("case-act-withdraw").await?;
    window.fill("act-reason", "申请人撤回").await?;
    window.click("act-enter").await?;
    window.click("confirm-act").await?;
    window.says("case-state", "已撤回").await?;
    window.click("rail-settings").await?;
    window.choose_radio("settings-language-en").await?;
    window.press_the_cross()?;
    window
        .says("closing-notice", "the window closes when it is done")
        .await?;
    window.look("正在备份-英文").await?;
    // The window goes while the driver still waits for its answer.
    let _ = window.click("close-now").await;
    window.gone().await?;
    left_in_order(&counter)?;
    if the_only_whole(&backups)? != at_the_end {
        return Err("what was not waited for was to take no name".into());
    }
    if counter.done(&["case", &case])?["state"] != "withdrawn" || counter.done(&["check"])?["ok"] != true {
        return Err("what was saved was to be there".into());
    }
    Ok(())
}

async fn submit(window: &Window, case: &str) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.click("case-act-submit").await?;
    window.fill("act-site", "信用中国").await?;
    window.fill("act-number", "XYZG-2026-0001").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已提交").await?;
    Ok(())
}

async fn open_again(counter: &Counter, out: &Path) -> Result<Window, Failure> {
    let window = Window::open(&counter.data, out).await?;
    looks::small(&window).await?;
    set_up::sign_in(&window).await?;
    Ok(window)
}

/// Nobody holds the data, and no log lies beside them.
fn left_in_order(counter: &Counter) -> Result<(), Failure> {
    let length = |name: &str| fs::metadata(counter.data.join(name)).map_or(0, |file| file.len());
    match ["counter.lock", "counter.db-wal"].map(length) {
        [0, 0] => Ok(()),
        [mark, log] => Err(format!("a mark of {mark} bytes and a log of {log} bytes were left").into()),
    }
}

/// The backup brings everything back elsewhere, by the words.
fn holds(counter: &Counter, backup: &Path, case: &str, state: &str) -> Result<(), Failure> {
    let (elsewhere, words) = (
        counter.data.with_file_name("elsewhere"),
        counter.data.with_file_name("words"),
    );
    fs::write(&words, &counter.words)?;
    let (backup, words) = (backup.to_string_lossy(), words.to_string_lossy());
    let restored = counter_cli(&elsewhere, &["restore", &backup, "--recovery-words", &words])?;
    let found = counter_cli(&elsewhere, &["case", case])?;
    if restored.status == 0 && found.json["state"] == state {
        Ok(())
    } else {
        Err(format!("{restored:?}, {found:?}").into())
    }
}

/// The one file that is in the folder.
fn the_only(backups: &Path) -> Result<PathBuf, Failure> {
    match files(backups)?.as_slice() {
        [file] => Ok(file.clone()),
        files => Err(format!("one backup was to be there, not {files:?}").into()),
    }
}

/// The one backup that is in the folder, whatever is half made beside it.
fn the_only_whole(backups: &Path) -> Result<PathBuf, Failure> {
    let mut whole = files(backups)?;
    whole.retain(|file| file.extension().is_some_and(|ending| ending == "backup"));
    match whole.as_slice() {
        [file] => Ok(file.clone()),
        files => Err(format!("one backup was to be there, not {files:?}").into()),
    }
}

fn files(backups: &Path) -> Result<Vec<PathBuf>, Failure> {
    let files = fs::read_dir(backups)?.map(|entry| entry.map(|entry| entry.path()));
    Ok(files.collect::<Result<_, _>>()?)
}
