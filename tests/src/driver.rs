//! Drivers: how a window is come by over WebKitGTK's, and the process behind it; a session at any driver.

use std::{
    ffi::OsStr,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::{Failure, machine::Machine, programs::program};

const PATIENCE: Duration = Duration::from_secs(20);
const POLL: Duration = Duration::from_millis(5);

/// How programs are started: in whose session, and with what rights. By default as the test itself.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// What is set for them.
    pub environment: Vec<(String, String)>,
    /// A program that starts them, with its arguments; none where they start by themselves.
    pub under: Vec<String>,
}

impl Launch {
    /// As on another computer.
    pub fn on(machine: &Machine) -> Self {
        Self {
            environment: machine.environment(),
            ..Self::default()
        }
    }

    /// A command that starts `program` so.
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = match self.under.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
            None => Command::new(program),
        };
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }
}

/// Starts a driver whose programs are started as `launch` says; gives it with its port.
///
/// # Errors
/// When the driver is not installed.
pub fn start(launch: &Launch) -> Result<(Child, u16), Failure> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let driver = launch
        .command("WebKitWebDriver")
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
    open(
        port,
        &program("credit-counter")?,
        &["--data-dir".as_ref(), data.as_os_str()],
    )
    .await
}

/// Has the driver at `port` open a program with a window, and waits until its page stands.
///
/// # Errors
/// When the window does not come up.
pub async fn open(port: u16, program: &Path, arguments: &[&OsStr]) -> Result<Client, Failure> {
    let arguments: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let capabilities = json!({"webkitgtk:browserOptions": {"binary": program, "args": arguments}});
    loaded(session(port, capabilities).await?).await
}

/// Begins a session at the driver at `port`, which may still be starting.
pub(crate) async fn session(port: u16, capabilities: Value) -> Result<Client, Failure> {
    let Value::Object(capabilities) = capabilities else {
        return Err("capabilities are an object".into());
    };
    let (begin, address) = (Instant::now(), format!("http://127.0.0.1:{port}"));
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities);
    loop {
        // The driver waits without end for a program that ended before it showed a window.
        let attempt = tokio::time::timeout(PATIENCE, builder.connect(&address)).await;
        match attempt.map_err(|_| "no window: the driver does not answer")? {
            Ok(client) => return Ok(client),
            Err(error) if begin.elapsed() > PATIENCE => return Err(format!("no window: {error}").into()),
            Err(_) => tokio::time::sleep(POLL).await,
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
        tokio::time::sleep(POLL).await;
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
    let _ = Command::new("kill")
        .args(["-9", &process.to_string()])
        .stderr(Stdio::null())
        .status();
}
