//! Looking at a screen: in a window of 1280×720 in which nothing may be cut off, by day and in the dark.

use serde_json::json;

use crate::{Failure, fit, window::Window};

/// The smallest window the screens are made for.
pub(super) async fn small(window: &Window) -> Result<(), Failure> {
    window.resize(1280, 720).await?;
    window
        .holds("return innerWidth === 1280 && innerHeight === 720", Vec::new())
        .await
}

/// Looks at the whole screen by day and in the dark.
pub(super) async fn look_twice(window: &mut Window, name: &str) -> Result<(), Failure> {
    fit::check(window, name).await?;
    window.look(name).await?;
    wear(window, "dark").await?;
    window.look(&format!("{name}-深色")).await?;
    wear(window, "light").await
}

/// Brings an element to the top of the screen, then looks at it.
pub(super) async fn look_at(window: &mut Window, id: &str, name: &str) -> Result<(), Failure> {
    let element = window.element(id).await?;
    window
        .script(
            "arguments[0].scrollIntoView({block: 'start'})",
            vec![serde_json::to_value(&element)?],
        )
        .await?;
    look_twice(window, name).await
}

/// The colours of the moment; what the clerk chose in the settings stays chosen.
async fn wear(window: &Window, theme: &str) -> Result<(), Failure> {
    window
        .script(
            "document.documentElement.dataset.theme = arguments[0]",
            vec![json!(theme)],
        )
        .await?;
    Ok(())
}
