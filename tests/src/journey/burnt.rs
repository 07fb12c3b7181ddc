//! A computer that burnt: on another one, which has no key of it, a backup and the recovery words bring the counter back,
//! and the hub what was done after the backup.

use std::{
    fs,
    path::{Path, PathBuf},
};

use fantoccini::key::Key;

use super::{acts, looks, prepared::Counter, set_up};
use crate::{
    Failure, driver::Launch, hub::Hub, keyboard::Keyboard, machine::Machine, programs::counter_cli_as, window::Window,
};

/// Walks it, with the keyboard alone until somebody is signed in.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    let code = hub.enrolment_code()?;
    counter.done(&["enrol", "--hub", &hub.url, "--code", &code])?;
    let before = counter.take_first_in()?;
    counter.open(out).await?.close().await?;
    let backup = folder.join("另一块盘.backup");
    counter.done(&["backup", &backup.to_string_lossy()])?;
    let after = counter.take_other_in()?;
    counter.done(&["sync"])?;
    fs::remove_dir_all(&counter.data)?;

    let machine = Machine::new()?;
    let launch = Launch::on(&machine);
    let data = folder.join("new-computer");
    let mut window = Window::open_as(&data, out, &launch).await?;
    looks::small(&window).await?;
    go_to_restore(&mut window).await?;
    refuse_what_is_wrong(&mut window, &data, &counter, &backup).await?;
    restore(&mut window, &backup, &counter.words).await?;
    set_up::sign_in(&window).await?;

    find_again(&mut window, &before, &after).await?;
    work_on(&window, &after).await?;
    in_another_life(&launch, &data, &after)?;

    // From now on this computer opens it like every other.
    let window = window.close_and_open_again(&data).await?;
    window.element("screen-sign-in").await?;
    window.close().await
}

async fn go_to_restore(window: &mut Window) -> Result<(), Failure> {
    window.element("screen-setup").await?;
    let keyboard = Keyboard(window);
    keyboard.tab_to("setup-restore").await?;
    keyboard.key(Key::Enter).await?;
    window.element("screen-restore").await?;
    keyboard.stands_at("restore-path").await?;
    looks::look_twice(window, "恢复").await?;
    let keyboard = Keyboard(window);
    keyboard.key(Key::Enter).await?;
    keyboard.stands_at("error-summary").await?;
    window.element("problem-restore-path").await?;
    window.element("problem-restore-words").await?;
    looks::look_twice(window, "恢复-缺项").await?;
    let keyboard = Keyboard(window);
    keyboard.tab_to("problem-restore-path").await?;
    keyboard.key(Key::Enter).await?;
    keyboard.stands_at("restore-path").await
}

/// Each wrong thing has its sentence at its own field, and nothing is made of it.
async fn refuse_what_is_wrong(
    window: &mut Window,
    data: &Path,
    counter: &Counter,
    backup: &Path,
) -> Result<(), Failure> {
    let swapped = {
        let mut words: Vec<&str> = counter.words.split(' ').collect();
        words.swap(0, 1);
        words.join(" ")
    };
    let others = Counter::new(&counter.data.with_file_name("elsewhere"))?.words;
    let damaged = damaged_copy(backup)?;
    let missing = backup.with_file_name("没有.backup");
    for (name, file, words, field, sentence) in [
        ("恢复词抄错", backup, &swapped, "restore-words", "核对抄写的内容"),
        (
            "别的窗口的恢复词",
            backup,
            &others,
            "restore-words",
            "可能是另一个窗口的",
        ),
        ("备份损坏", &damaged, &counter.words, "restore-path", "不完整或被改动过"),
        (
            "没有这个文件",
            &missing,
            &counter.words,
            "restore-path",
            "请确认路径：没有.backup",
        ),
    ] {
        type_both(window, file, words).await?;
        window.says(&format!("problem-{field}"), sentence).await?;
        Keyboard(window).stands_at("error-summary").await?;
        let at_the_field = "return document.getElementById(arguments[0])?.getAttribute('aria-invalid') === 'true'";
        window.holds(at_the_field, vec![field.into()]).await?;
        looks::look_twice(window, &format!("恢复-{name}")).await?;
        let left: Vec<PathBuf> = fs::read_dir(data)
            .map(|entries| entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
            .unwrap_or_default();
        if left.iter().any(|path| !path.ends_with("counter.lock")) {
            return Err(format!("{name}: something was left behind: {left:?}").into());
        }
    }
    Ok(())
}

async fn restore(window: &mut Window, backup: &Path, words: &str) -> Result<(), Failure> {
    type_both(window, backup, words).await?;
    window.element("screen-sign-in").await?;
    window.says("toasts", "已从备份恢复").await?;
    looks::look_twice(window, "恢复-已恢复").await
}

/// Types file and words in and asks for the restore, whatever stood there before.
async fn type_both(window: &Window, file: &Path, words: &str) -> Result<(), Failure> {
    window.fill("restore-path", &file.to_string_lossy()).await?;
    let keyboard = Keyboard(window);
    keyboard.tab_to("restore-words").await?;
    window.fill("restore-words", words).await?;
    keyboard.control(char::from(Key::Enter)).await
}

/// What was in the backup is there at once, and what came after it once the hub was reached.
async fn find_again(window: &mut Window, before: &str, after: &str) -> Result<(), Failure> {
    window.click("rail-cases").await?;
    window.element(&format!("case-link-{before}")).await?;
    acts::sync(window).await?;
    window.click("rail-cases").await?;
    window.element(&format!("case-link-{after}")).await?;
    looks::look_twice(window, "恢复-办件都在").await
}

async fn work_on(window: &Window, case: &str) -> Result<(), Failure> {
    window.click(&format!("case-link-{case}")).await?;
    window.says("case-delivery", "已送达区信用平台").await?;
    window.click("case-act-withdraw").await?;
    window.fill("act-reason", "申请人撤回").await?;
    window.click("act-enter").await?;
    window.click("confirm-act").await?;
    window.says("case-state", "撤回").await?;
    acts::sync(window).await?;
    window.go(&format!("/cases/{case}")).await?;
    window.says("case-delivery", "已送达区信用平台").await?;
    Ok(())
}

/// The case was begun in the life that burnt and goes on in another.
fn in_another_life(launch: &Launch, data: &Path, case: &str) -> Result<(), Failure> {
    let shown = counter_cli_as(launch, data, &["case", case])?.json;
    let mut lives: Vec<&str> = shown["changes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|change| change["incarnation"].as_str())
        .collect();
    lives.dedup();
    if lives.len() == 2 {
        Ok(())
    } else {
        Err(format!("two lives were expected in {shown}").into())
    }
}

/// A copy with one byte changed in its middle.
pub(super) fn damaged_copy(backup: &Path) -> Result<PathBuf, Failure> {
    let mut bytes = fs::read(backup)?;
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    let damaged = backup.with_file_name("损坏.backup");
    fs::write(&damaged, bytes)?;
    Ok(damaged)
}
