//! Data that do not open: another program works with them, a newer one wrote them, they are damaged. Each time the screen
//! says what now.

use std::{
    fs,
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use super::{looks, prepared::Counter, set_up};
use crate::{Failure, programs::program, window::Window};

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

    behind_a_command(&counter, &case, folder, out).await?;
    before_a_command(&counter, out).await?;
    damaged(&counter, &case, &backup, out).await?;
    newer(&counter, out).await
}

/// Restores `backup` in the place of what could not be opened, and finds `case`.
pub(super) async fn restore(
    window: &mut Window,
    counter: &Counter,
    backup: &Path,
    case: &str,
    picture: &str,
) -> Result<(), Failure> {
    window.click("unlock-restore").await?;
    window.fill("restore-path", &backup.to_string_lossy()).await?;
    window.fill("restore-words", &counter.words).await?;
    window.click("restore-submit").await?;
    set_up::sign_in(window).await?;
    window.click("rail-cases").await?;
    window.element(&format!("case-link-{case}")).await?;
    looks::look_twice(window, picture).await
}

/// Opens for reading what could not be opened, and finds `case`.
pub(super) async fn read_only(window: &mut Window, case: &str, picture: &str) -> Result<(), Failure> {
    window.click("unlock-read-only").await?;
    set_up::sign_in(window).await?;
    window.says("store-notice", "只读打开").await?;
    window.click("rail-cases").await?;
    window.element(&format!("case-link-{case}")).await?;
    looks::look_twice(window, picture).await
}

/// A command works with the data when the window is opened.
async fn behind_a_command(counter: &Counter, case: &str, folder: &Path, out: &Path) -> Result<(), Failure> {
    let command = Held::begin(counter, folder)?;
    let mut window = Window::open(&counter.data, &out.join("被占用")).await?;
    looks::small(&window).await?;
    window.says("unlock-reason", "另一个窗口或命令").await?;
    looks::look_twice(&mut window, "被占用").await?;
    window.click("unlock-again").await?;
    window.says("problem-note", "还是没有打开").await?;
    looks::look_twice(&mut window, "被占用-再试").await?;
    read_only(&mut window, case, "被占用-只读打开").await?;
    window.close().await?;

    let window = Window::open(&counter.data, &out.join("被占用之后")).await?;
    window.element("screen-unlock").await?;
    command.end()?;
    window.click("unlock-again").await?;
    set_up::sign_in(&window).await?;
    window.close().await
}

/// The window works with the data when a command is run.
async fn before_a_command(counter: &Counter, out: &Path) -> Result<(), Failure> {
    let window = Window::open(&counter.data, &out.join("先开窗口")).await?;
    set_up::sign_in(&window).await?;
    let refused = counter.run(&["sync"])?;
    if (refused.status, &refused.json["error"]["code"]) != (3, &"in_use".into()) {
        return Err(format!("a second writer was to be refused: {refused:?}").into());
    }
    // What only reads works beside it.
    if counter.done(&["check"])?["ok"] != true {
        return Err("the data are not well".into());
    }
    window.close().await
}

/// The first page is damaged: nothing opens, and a backup takes its place, with what is damaged kept aside.
async fn damaged(counter: &Counter, case: &str, backup: &Path, out: &Path) -> Result<(), Failure> {
    let database = counter.data.join("counter.db");
    let file = fs::File::options().write(true).open(&database)?;
    file.write_all_at(&[0x5a; 512], 1024)?;
    drop(file);
    let spoilt = fs::read(&database)?;
    let mut window = Window::open(&counter.data, &out.join("损坏")).await?;
    looks::small(&window).await?;
    window.says("unlock-reason", "数据已损坏").await?;
    looks::look_twice(&mut window, "损坏").await?;
    window.click("unlock-read-only").await?;
    window.says("problem-note", "还是没有打开").await?;
    restore(&mut window, counter, backup, case, "损坏-已恢复").await?;
    window.close().await?;
    let aside = set_aside(&counter.data)?.join("counter.db");
    if fs::read(&aside)? == spoilt {
        Ok(())
    } else {
        Err(format!("{} is not what was damaged", aside.display()).into())
    }
}

/// A newer program was here: this one does not touch it.
async fn newer(counter: &Counter, out: &Path) -> Result<(), Failure> {
    let store = counter.store_at(0)?;
    store.note_schema_version(9999)?;
    store.note_orderly_end();
    drop(store);
    let before = fs::read(counter.data.join("counter.db"))?;
    let mut window = Window::open(&counter.data, &out.join("更新的版本")).await?;
    looks::small(&window).await?;
    window.says("unlock-reason", "更新版本的程序").await?;
    if window.shows("unlock-restore").await? || window.shows("unlock-read-only").await? {
        return Err("only a newer program helps".into());
    }
    looks::look_twice(&mut window, "更新的版本").await?;
    window.click("unlock-again").await?;
    window.says("problem-note", "还是没有打开").await?;
    window.close().await?;
    if fs::read(counter.data.join("counter.db"))? == before {
        Ok(())
    } else {
        Err("the data of a newer program were changed".into())
    }
}

/// A command that works with the data for as long as it is wanted: it imports what comes through a pipe.
struct Held {
    command: Child,
    pipe: PathBuf,
}

impl Held {
    fn begin(counter: &Counter, folder: &Path) -> Result<Self, Failure> {
        let pipe = folder.join("双公示.csv");
        let made = Command::new("mkfifo").arg(&pipe).status()?;
        if !made.success() {
            return Err(format!("mkfifo: {made}").into());
        }
        let command = Command::new(program("credit-counter-cli")?)
            .arg("--data-dir")
            .arg(&counter.data)
            .arg("import")
            .arg(&pipe)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let held = Self { command, pipe };
        let lock = counter.data.join("counter.lock");
        // Whoever holds it has left a mark in it.
        let begin = std::time::Instant::now();
        while fs::metadata(&lock).map_or(0, |lock| lock.len()) == 0 {
            if begin.elapsed() > std::time::Duration::from_secs(20) {
                return Err("the command does not hold the data".into());
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        Ok(held)
    }

    /// What it waits for comes, and is empty.
    fn end(mut self) -> Result<(), Failure> {
        fs::write(&self.pipe, b"")?;
        self.command.wait()?;
        Ok(())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.command.kill();
        let _ = self.command.wait();
    }
}

/// The folder inside the data folder in which a restore keeps what stood there.
fn set_aside(data: &Path) -> Result<PathBuf, Failure> {
    let aside = fs::read_dir(data)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("aside-"))
        });
    Ok(aside.ok_or("nothing was kept aside")?)
}
