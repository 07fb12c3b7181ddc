//! The built programs, found beside the running one.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{Failure, driver::Launch};

/// The built program `name`; `cargo build --workspace --bins` puts it beside the test's folder.
///
/// # Errors
/// When it is not there, with the command that builds it.
pub fn program(name: &str) -> Result<PathBuf, Failure> {
    let here = std::env::current_exe()?;
    here.ancestors()
        .skip(1)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
        .ok_or_else(|| {
            format!(
                "{name} is not built beside {}: run cargo build --workspace --bins",
                here.display()
            )
            .into()
        })
}

/// The repository's root.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests' folder lies in the repository")
}

/// How a headless command ended.
#[derive(Debug)]
pub struct Ended {
    /// The exit status.
    pub status: i32,
    /// The JSON document on standard output; null when there is none.
    pub json: Value,
    /// Standard error.
    pub log: String,
}

/// Runs `credit-counter-cli` on `data` and reads its JSON.
///
/// # Errors
/// When it cannot be started or prints something that is not JSON.
pub fn counter_cli(data: &Path, arguments: &[&str]) -> Result<Ended, Failure> {
    counter_cli_as(&Launch::default(), data, arguments)
}

/// Runs `credit-counter-cli`, started as `launch` says, on `data` and reads its JSON.
///
/// # Errors
/// When it cannot be started or prints something that is not JSON.
pub fn counter_cli_as(launch: &Launch, data: &Path, arguments: &[&str]) -> Result<Ended, Failure> {
    let mut command = launch.command(program("credit-counter-cli")?);
    command.arg("--data-dir").arg(data).arg("--json").args(arguments);
    run(&mut command)
}

/// Runs `command` to its end.
///
/// # Errors
/// When it cannot be started or prints something that is not JSON.
pub fn run(command: &mut Command) -> Result<Ended, Failure> {
    let output = command.stdin(Stdio::null()).output()?;
    let text = String::from_utf8(output.stdout)?;
    let json = if text.trim().is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text)?
    };
    Ok(Ended {
        status: output.status.code().unwrap_or(-1),
        json,
        log: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
