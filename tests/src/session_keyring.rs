//! The keyring of the session that the tests run in.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    os::unix::ffi::OsStrExt,
    process::{Command, Stdio},
    time::Duration,
};

use crate::Failure;

/// So long after its client died it has ended, if it ends.
const ENDED_BY_THEN: Duration = Duration::from_millis(100);

/// Starts the session's keyring again, unlocked, where it ended; as it is, it stays. A client that dies in the middle of
/// a question can take gnome-keyring-daemon with it (`gkd_secret_service_get_pkcs11_session: assertion 'client' failed`);
/// on a desktop its service manager starts it again. A keyring of the user's own is left alone.
///
/// # Errors
/// When it cannot be started.
pub(crate) async fn stands_again() -> Result<(), Failure> {
    if std::env::var_os("IN_PRIVATE_SESSION").is_none() {
        return Ok(());
    }
    tokio::time::sleep(ENDED_BY_THEN).await;
    if stands()? {
        return Ok(());
    }
    let mut daemon = Command::new("gnome-keyring-daemon")
        .args(["--unlock", "--components=secrets"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut password) = daemon.stdin.take() {
        password.write_all(b"test")?;
    }
    let ended = daemon.wait()?;
    if ended.success() {
        Ok(())
    } else {
        Err(format!("the session's keyring: {ended}").into())
    }
}

/// Whether a keyring works on the bus of this session.
fn stands() -> Result<bool, Failure> {
    let bus = std::env::var_os("DBUS_SESSION_BUS_ADDRESS").ok_or("a private session without a bus")?;
    let here = [OsStr::new("DBUS_SESSION_BUS_ADDRESS=").as_bytes(), bus.as_bytes()].concat();
    for entry in fs::read_dir("/proc")? {
        let process = entry?.path();
        // A process that ended while we looked is none.
        let is_keyring = fs::read(process.join("comm")).is_ok_and(|name| name == b"gnome-keyring-d\n");
        let is_here = || {
            fs::read(process.join("environ"))
                .is_ok_and(|variables| variables.split(|byte| *byte == 0).any(|one| one == here))
        };
        if is_keyring && is_here() {
            return Ok(true);
        }
    }
    Ok(false)
}
