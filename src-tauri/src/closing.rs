//! Closing the window: it stays, and says why, until its last backup is made or a person does not want to wait for it.

use tauri::{CloseRequestApi, Manager, Window};
use tokio::sync::watch;

use crate::app::App;

/// Whether the window was asked to close and waits for its last backup.
#[derive(Debug, Default)]
pub struct Closing(watch::Sender<bool>);

impl Closing {
    /// Waits until it does.
    pub async fn begun(&self) {
        // The sender lives as long as this, so that waiting does not fail.
        let _ = self.0.subscribe().wait_for(|begun| *begun).await;
    }

    /// Whether it does.
    pub fn is_begun(&self) -> bool {
        *self.0.borrow()
    }
}

/// The window was asked to close.
pub fn close(window: &Window, asked: &CloseRequestApi) {
    let app = window.state::<App>();
    if app.closing().is_begun() {
        return asked.prevent_close();
    }
    let Ok(desk) = app.desk() else { return };
    if !app.keeper().owes_a_backup(&desk) {
        return;
    }
    asked.prevent_close();
    app.closing().0.send_replace(true);
    let window = window.clone();
    tauri::async_runtime::spawn_blocking(move || {
        window.state::<App>().keeper().back_up_at_the_end(&desk);
        drop(desk);
        leave(&window);
    });
}

/// Takes the window away without asking again.
pub fn leave(window: &Window) {
    if let Err(error) = window.destroy() {
        tracing::error!(%error, "the window does not go");
    }
}
