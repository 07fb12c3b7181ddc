//! The first run: the counter is set up, the recovery words are kept.

use crate::{Failure, window::Window};

const PASSWORD: &str = "演示-口令-2026";

pub(super) async fn first_run(window: &mut Window) -> Result<(), Failure> {
    window.element("screen-setup").await?;
    window.look("设置窗口").await?;
    window.fill("setup-site-name", "越秀区政务服务中心").await?;
    window.fill("setup-site", "440104").await?;
    window.fill("setup-counter", "W03").await?;
    window.fill("setup-prefix", "YX").await?;
    window.fill("setup-person", "陈晓").await?;
    window.fill("setup-account", "chen").await?;
    window.fill("setup-password", PASSWORD).await?;
    window.fill("setup-again", PASSWORD).await?;
    window.click("setup-submit").await?;
    window.element("recovery-words").await?;
    window.look("恢复词").await?;
    // The screen asks for one of the words, to see that they were written down.
    let script = "const words = [...document.querySelectorAll('[data-testid=recovery-words] .code')].map(e => e.innerText.trim()); \
        const label = document.querySelector('[data-testid=recovery-check]').labels[0].innerText; \
        return {count: words.length, word: words[Number(label.match(/\\d+/)[0]) - 1]}";
    let asked = window.script(script, Vec::new()).await?;
    if asked["count"] != 24 {
        return Err(format!("24 recovery words were expected: {}", asked["count"]).into());
    }
    window
        .fill("recovery-check", asked["word"].as_str().unwrap_or_default())
        .await?;
    window.click("recovery-kept").await?;
    window.element("rail-credit").await?;
    Ok(())
}

/// Signs in after a new start: the key comes from the keyring, the person from the password.
pub(super) async fn sign_in(window: &Window) -> Result<(), Failure> {
    window.fill("sign-in-password", PASSWORD).await?;
    window.click("sign-in-submit").await?;
    window.element("rail-credit").await?;
    Ok(())
}

/// Signs in for the first time, which sets the password.
pub(super) async fn sign_in_first(window: &Window) -> Result<(), Failure> {
    window.element("sign-in-first").await?;
    window.fill("sign-in-again", PASSWORD).await?;
    sign_in(window).await
}
