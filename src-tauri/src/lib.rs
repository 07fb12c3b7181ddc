//! The desktop shell: the only code that names Tauri. It opens the data folder, holds who is signed in, and passes
//! each command of the screens to one use case.

mod app;
mod bindings;
mod closing;
mod commands;
mod error;
mod keeper;
mod launch;
mod line;
mod papers;
mod start_again;
mod stop;

use std::process::ExitCode;

use counter_desk::exam::timer::ExamTimers;
use tauri::Manager;

use crate::{
    app::App,
    commands::{import::ImportCancel, stick::StickStop},
    launch::Launch,
};

/// Runs the window to its end.
pub fn run() -> ExitCode {
    let launch = Launch::read(std::env::args().skip(1));
    let commands = bindings::builder();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window("counter") {
                // Best effort: a window that cannot come forward is still there.
                let _ = window.unminimize();
                let _ = window.set_focus();
            }
        }))
        .plugin(log())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .invoke_handler(commands.invoke_handler())
        .on_window_event(|window, event| {
            if let tauri::WindowEvent::CloseRequested { api, .. } = event {
                closing::close(window, api);
            }
        })
        .setup(move |tauri| {
            let folder = match launch.data_dir {
                Some(folder) => folder,
                None => tauri.path().app_data_dir()?,
            };
            tauri.manage(App::over(folder));
            let handle = tauri.handle().clone();
            tauri::async_runtime::spawn_blocking(move || handle.state::<App>().open_at_start());
            tauri.manage(ImportCancel::default());
            tauri.manage(StickStop::default());
            tauri.manage(ExamTimers::default());
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => {
            tauri.run(|handle, event| {
                if matches!(event, tauri::RunEvent::Exit) {
                    handle.state::<App>().end();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not start");
            if matches!(&error, tauri::Error::PluginInitialization(plugin, _) if plugin == "single-instance") {
                start_again::start_again();
            }
            ExitCode::FAILURE
        }
    }
}

/// Only our own crates tell what they do: a library may write down the messages it carries, the keyring's among them.
fn log() -> tauri::plugin::TauriPlugin<tauri::Wry> {
    use tauri_plugin_log::log::LevelFilter;
    const OURS: [&str; 5] = [
        "credit_counter",
        "counter_core",
        "counter_store",
        "counter_desk",
        "counter_sync",
    ];
    OURS.into_iter()
        .fold(
            tauri_plugin_log::Builder::new().level(LevelFilter::Warn),
            |log, ours| log.level_for(ours, LevelFilter::Info),
        )
        .build()
}
