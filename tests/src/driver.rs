//! WebKitGTK's driver: how a window is come by, and the process behind it.

use std::{
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{Failure, programs::program};

const PATIENCE: Duration = Duration::from_secs(20);

/// Starts a driver; gives it with its port.
pub(crate) fn start() -> Result<(Child, u16), Failure> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let driver = Command::new("WebKitWebDriver")
        .arg(format!("--port={port}"))
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("WebKitWebDriver (package webkit2gtk-driver): {error}"))?;
    Ok((driver, port))
}

/// Has the driver at `port` open the program over `data`, and waits until its page stands.
pub(crate) async fn connect(port: u16, data: &Path) -> Result<Client, Failure> {
    let capabilities = json!({
        "webkitgtk:browserOptions": {
            "binary": program("credit-counter")?,
            "args": ["--data-dir", data],
        }
    });
    let Value::Object(capabilities) = capabilities else {
        return Err("capabilities are an object".into());
    };
    let begin = Instant::now();
    loop {
        let attempt = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities.clone())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        match attempt {
            Ok(client) => return loaded(client).await,
            Err(error) if begin.elapsed() > PATIENCE => return Err(format!("no window: {error}").into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Waits until the page stands. The driver answers nothing it was asked while the first page was still being swapped
/// in, so only the title is asked for, which the shell's own process knows.
async fn loaded(client: Client) -> Result<Client, Failure> {
    let begin = Instant::now();
    while client.title().await?.is_empty() {
        if begin.elapsed() > PATIENCE {
            return Err("the window stays empty".into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(client)
}

/// The number of the window's process that works over `data`.
pub(crate) fn process_over(data: &Path) -> Result<u32, Failure> {
    let data = data.to_string_lossy();
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        // A process that ended while we looked is not the one.
        let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let words: Vec<_> = command.split(|byte| *byte == 0).map(String::from_utf8_lossy).collect();
        if words
            .first()
            .is_some_and(|program| program.ends_with("/credit-counter"))
            && words.contains(&data)
        {
            return Ok(pid);
        }
    }
    Err(format!("no window works over {data}").into())
}

/// Ends a process at once.
pub(crate) fn kill(process: u32) {
    // One that has ended meanwhile is as good.
    let _ = Command::new("kill").args(["-9", &process.to_string()]).status();
}
