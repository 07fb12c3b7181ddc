//! PostgreSQL's programs, and the ordinary user they run as.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use crate::PostgresError;

/// Where Debian puts each version.
const VERSIONS: &str = "/usr/lib/postgresql";
/// Who runs the server where the test runs as root, which the server refuses.
const ORDINARY_USER: &str = "postgres";

/// The program `name` of the newest version that is here.
pub(crate) fn program(name: &str) -> Result<PathBuf, PostgresError> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir(VERSIONS)
        .map_err(|_| PostgresError::NotInstalled)?
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin").join(name)))
        })
        .filter(|(_, path)| path.exists())
        .collect();
    found.sort();
    found.pop().map(|(_, path)| path).ok_or(PostgresError::NotInstalled)
}

/// The user and group to run the server as; `None` where this process is an ordinary user itself.
pub(crate) fn ordinary_user() -> Result<Option<(u32, u32)>, PostgresError> {
    if ids_of(&fs::read_to_string("/proc/self/status").unwrap_or_default()) != Some(0) {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|source| PostgresError::Io {
        program: "/etc/passwd".into(),
        source,
    })?;
    let line = users
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|fields| fields.first() == Some(&ORDINARY_USER))
        .ok_or(PostgresError::NotInstalled)?;
    let number = |at: usize| line.get(at).and_then(|field| field.parse().ok());
    number(2).zip(number(3)).map(Some).ok_or(PostgresError::NotInstalled)
}

/// The effective user id, second of the four numbers of the line `Uid:`.
fn ids_of(status: &str) -> Option<u32> {
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// `program` run as `user`, ended when the thread that starts it ends.
pub(crate) fn as_user(program: &Path, user: Option<(u32, u32)>) -> Command {
    let mut command = Command::new("setpriv");
    if let Some((uid, gid)) = user {
        command
            .arg(format!("--reuid={uid}"))
            .arg(format!("--regid={gid}"))
            .arg("--clear-groups");
    }
    // SIGINT is PostgreSQL's fast shutdown.
    command.arg("--pdeathsig=INT").arg("--").arg(program);
    command
}

/// Runs `command` to its end.
pub(crate) fn run(command: &mut Command) -> Result<Output, PostgresError> {
    let name = || {
        command
            .get_args()
            .chain([command.get_program()])
            .map(OsStr::to_string_lossy)
            .find(|word| word.starts_with(VERSIONS))
            .unwrap_or_default()
            .into_owned()
    };
    let program = name();
    let output = command.output().map_err(|source| PostgresError::Io {
        program: program.clone(),
        source,
    })?;
    if output.status.success() {
        return Ok(output);
    }
    Err(PostgresError::Failed {
        program,
        said: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}
