//! Backups by plan: planned, made, looked through, thinned out; a drill; and what the screens say when there is none.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use counter_desk::{
    Desk, DeskParts, FixedClock, SystemEntropy,
    backup::{
        make_backup::{Occasion, make_backup},
        plan::{BackupPlan, plan_backups},
    },
    reference::rule_book,
};
use jiff::{SpanRound, Timestamp, ToSpan, Unit};

use super::{burnt::damaged_copy, looks, prepared::Counter, set_up};
use crate::{Failure, window::Window};

/// The program looks at the data a few seconds after it began.
const LOOKED_WITHIN: Duration = Duration::from_secs(40);

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    counter.take_first_in()?;
    let backups = folder.join("另一块盘");
    fs::create_dir(&backups)?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    plan(&mut window, &counter, &backups).await?;
    keep_only_the_last(&mut window, &backups).await?;
    said_to_be_well(&mut window).await?;
    drill(&mut window, &counter, &backups).await?;
    say_that_it_failed(&mut window, &backups).await?;
    window.close().await?;
    say_that_it_is_old(&counter, &backups, out).await
}

async fn plan(window: &mut Window, counter: &Counter, backups: &Path) -> Result<(), Failure> {
    window.click("rail-settings").await?;
    window.says("backup-none", "还没有安排自动备份").await?;
    looks::look_at(window, "settings-backup", "备份-未安排").await?;
    window.fill("plan-folder-path", &counter.data.to_string_lossy()).await?;
    window.click("plan-submit").await?;
    window.says("problem-plan-folder", "不能放在数据文件夹里").await?;
    looks::look_at(window, "settings-backup", "备份-不能放这里").await?;
    window.fill("plan-folder-path", &backups.to_string_lossy()).await?;
    window.click("plan-submit").await?;
    window.says("backup-last", "已核对").await?;
    if count(backups)? != 1 {
        return Err("one backup was to be made at once".into());
    }
    looks::look_at(window, "settings-backup", "备份-已做").await
}

/// Of two backups of a day only the later one is kept.
async fn keep_only_the_last(window: &mut Window, backups: &Path) -> Result<(), Failure> {
    window.click("backup-change").await?;
    for (field, number) in [("plan-days", "1"), ("plan-weeks", "0"), ("plan-months", "0")] {
        window.fill(field, number).await?;
    }
    looks::look_at(window, "settings-backup", "备份-更改安排").await?;
    for made_by in ["plan-submit", "backup-now"] {
        let before = the_only(backups)?;
        window.click(made_by).await?;
        let replaced = || the_only(backups).is_ok_and(|now| now != before);
        crate::until(replaced, "a new backup stands in the place of the one before").await?;
        window.says("backup-now", "立即备份").await?;
    }
    Ok(())
}

/// Waits until the look at all that is stored has come to its end and says `word`.
pub(super) async fn checked(window: &Window, word: &str) -> Result<(), Failure> {
    let begin = Instant::now();
    loop {
        window.click("rail-credit").await?;
        window.element("screen-credit").await?;
        window.click("rail-settings").await?;
        let said = window.says("store-check", "检查").await?;
        if said.contains(word) {
            return Ok(());
        }
        if begin.elapsed() > LOOKED_WITHIN {
            return Err(format!("the check does not say {word}: {said}").into());
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// All that is stored is looked at in the background, and what came of it is said.
async fn said_to_be_well(window: &mut Window) -> Result<(), Failure> {
    checked(window, "完好").await?;
    Ok(())
}

async fn drill(window: &mut Window, counter: &Counter, backups: &Path) -> Result<(), Failure> {
    window.says("drill-last", "还没有演练过").await?;
    window.click("drill-open").await?;
    window.element("drill-file").await?;
    window.fill("drill-words", "天地玄黄").await?;
    window.click("drill-submit").await?;
    window.says("problem-drill-words", "恢复词不对").await?;
    looks::look_at(window, "settings-drill", "演练-恢复词不对").await?;

    let whole = files(backups)?.pop().ok_or("no backup")?;
    let damaged = damaged_copy(&whole)?;
    window.choose("drill-file", "").await?;
    window.fill("drill-path", &damaged.to_string_lossy()).await?;
    window.fill("drill-words", &counter.words).await?;
    window.click("drill-submit").await?;
    window.says("problem-drill-other", "不完整或被改动过").await?;
    looks::look_at(window, "settings-drill", "演练-备份损坏").await?;
    fs::remove_file(&damaged)?;

    window.choose("drill-file", &whole.to_string_lossy()).await?;
    window.fill("drill-words", &counter.words).await?;
    window.click("drill-submit").await?;
    window.says("drill-result", "内容完好").await?;
    window.says("drill-holdsCases", "1").await?;
    window.says("drill-last", "备份完好").await?;
    let seen = "const box = document.querySelector('[data-testid=drill-result]').getBoundingClientRect(); \
        return box.top >= 0 && box.bottom <= innerHeight";
    window.holds(seen, Vec::new()).await?;
    looks::look_twice(window, "演练-完好").await
}

/// The disk of the backups was pulled out: it is said on every screen until one could be made again.
async fn say_that_it_failed(window: &mut Window, backups: &Path) -> Result<(), Failure> {
    let away = backups.with_file_name("拔出的盘");
    fs::rename(backups, &away)?;
    window.click("backup-now").await?;
    window.says("backup-failed", "这个文件夹不存在或不能写入").await?;
    looks::look_at(window, "settings-backup", "备份-没有做成").await?;
    window.click("rail-credit").await?;
    window.says("store-notice", "备份没有做成").await?;
    looks::look_twice(window, "备份-没有做成-各屏提示").await?;
    fs::rename(&away, backups)?;
    window.click("rail-settings").await?;
    window.click("backup-now").await?;
    window
        .holds(
            "return !document.querySelector('[data-testid=backup-failed]')",
            Vec::new(),
        )
        .await?;
    window
        .holds(
            "return !document.querySelector('[data-testid=store-notice]')",
            Vec::new(),
        )
        .await
}

/// The last good backup was made three days ago, and the disk has not been there since.
async fn say_that_it_is_old(counter: &Counter, backups: &Path, out: &Path) -> Result<(), Failure> {
    back_up_three_days_ago(counter, backups)?;
    fs::rename(backups, backups.with_file_name("拔出的盘"))?;
    let mut window = Window::open(&counter.data, &out.join("旧备份")).await?;
    looks::small(&window).await?;
    set_up::sign_in(&window).await?;
    window.says("store-notice", "超过两天没有做成备份").await?;
    looks::look_twice(&mut window, "备份-超过两天-各屏提示").await?;
    window.click("rail-settings").await?;
    window.says("backup-overdue", "超过两天没有做成备份").await?;
    looks::look_at(&mut window, "settings-backup", "备份-超过两天").await?;
    window.close().await
}

fn back_up_three_days_ago(counter: &Counter, backups: &Path) -> Result<(), Failure> {
    let then = Timestamp::now().checked_sub(72.hours().round(SpanRound::new().largest(Unit::Hour))?)?;
    let store = counter.store_at(then.as_millisecond())?;
    let desk = Desk::new(DeskParts {
        rules: rule_book(&store),
        store,
        clock: Arc::new(FixedClock(then)),
        entropy: Arc::new(SystemEntropy),
    });
    let plan = BackupPlan {
        folder: backups.to_string_lossy().into_owned(),
        days: 7,
        weeks: 4,
        months: 12,
    };
    plan_backups(&desk, Some(plan))?;
    make_backup(&desk, Occasion::Asked)?;
    Ok(())
}

/// The one backup that is kept, and when it was written: two of a second have one name.
fn the_only(backups: &Path) -> Result<(PathBuf, SystemTime), Failure> {
    let mut files = files(backups)?;
    match (files.pop(), files.is_empty()) {
        (Some(file), true) => {
            let written = fs::metadata(&file)?.modified()?;
            Ok((file, written))
        }
        _ => Err(format!("one backup was to be kept in {}", backups.display()).into()),
    }
}

fn count(backups: &Path) -> Result<usize, Failure> {
    Ok(files(backups)?.len())
}

fn files(backups: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = fs::read_dir(backups)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    files.sort_unstable();
    Ok(files)
}
