//! A data folder on a computer whose keyring has no key of it: the recovery words open it, once.

use std::path::Path;

use fantoccini::key::Key;

use super::{looks, prepared::Counter, set_up};
use crate::{Failure, driver::Launch, keyboard::Keyboard, machine::Machine, window::Window};

/// Walks it with the keyboard alone.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in()?;
    counter.open(out).await?.close().await?;

    let machine = Machine::new()?;
    let mut window = Window::open_as(&counter.data, out, &Launch::on(&machine)).await?;
    looks::small(&window).await?;
    window.element("screen-unlock").await?;
    window.says("unlock-reason", "恢复词").await?;
    Keyboard(&window).stands_at("unlock-words").await?;
    looks::look_twice(&mut window, "打开-要恢复词").await?;

    let others = Counter::new(&folder.join("elsewhere"))?.words;
    for (name, words) in [("抄错", "天地玄黄"), ("别的窗口的", &others)] {
        window.fill("unlock-words", words).await?;
        Keyboard(&window).control(char::from(Key::Enter)).await?;
        let wrong = "return document.getElementById('unlock-words-error')?.innerText.includes('恢复词') ?? false";
        window.holds(wrong, Vec::new()).await?;
        Keyboard(&window).stands_at("unlock-words").await?;
        looks::look_twice(&mut window, &format!("打开-恢复词{name}")).await?;
    }

    window.fill("unlock-words", &counter.words).await?;
    Keyboard(&window).control(char::from(Key::Enter)).await?;
    window.element("screen-sign-in").await?;
    set_up::sign_in(&window).await?;
    window.click("rail-cases").await?;
    window.element(&format!("case-link-{case}")).await?;

    // The words put the key into this computer's keyring.
    let window = window.close_and_open_again(&counter.data).await?;
    window.element("screen-sign-in").await?;
    window.close().await
}
