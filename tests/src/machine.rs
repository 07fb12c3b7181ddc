//! Another computer, as far as a program can tell: a session bus, a keyring and folders of its own. Only the display is
//! shared.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;

use crate::Failure;

/// Where programs keep what is theirs, one folder each.
const FOLDERS: [&str; 4] = ["XDG_DATA_HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"];

/// A computer nobody has worked at yet, with an empty, unlocked keyring. It is gone when dropped.
#[derive(Debug)]
pub struct Machine {
    bus: Child,
    address: String,
    home: TempDir,
}

impl Machine {
    /// Starts one.
    ///
    /// # Errors
    /// When there is no D-Bus or no keyring.
    pub fn new() -> Result<Self, Failure> {
        let home = tempfile::tempdir()?;
        for name in FOLDERS {
            fs::create_dir(home.path().join(name))?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let runtime = home.path().join("XDG_RUNTIME_DIR");
            fs::set_permissions(runtime, fs::Permissions::from_mode(0o700))?;
        }
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .envs(folders(&home))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("dbus-daemon: {error}"))?;
        let output = bus.stdout.take().ok_or("the bus has no standard output")?;
        let mut address = String::new();
        BufReader::new(output).read_line(&mut address)?;
        let machine = Self {
            bus,
            address: address.trim().to_owned(),
            home,
        };
        machine.unlock_the_keyring()?;
        Ok(machine)
    }

    /// What a program has to be told to be on this computer.
    pub fn environment(&self) -> Vec<(String, String)> {
        let bus = ("DBUS_SESSION_BUS_ADDRESS".to_owned(), self.address.clone());
        folders(&self.home).into_iter().chain([bus]).collect()
    }

    fn unlock_the_keyring(&self) -> Result<(), Failure> {
        let mut keyring = Command::new("gnome-keyring-daemon")
            .args(["--unlock", "--components=secrets"])
            .envs(self.environment())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("gnome-keyring-daemon: {error}"))?;
        // It reads to the end of what it is given; the one that goes on in the background ends with the bus.
        keyring
            .stdin
            .take()
            .ok_or("no way to tell the password")?
            .write_all(b"test")?;
        let ended = keyring.wait()?;
        if ended.success() {
            Ok(())
        } else {
            Err(format!("the keyring did not open: {ended}").into())
        }
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.bus.kill();
        let _ = self.bus.wait();
    }
}

fn folders(home: &TempDir) -> Vec<(String, String)> {
    let path = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    FOLDERS.map(|name| (name.to_owned(), path(name))).to_vec()
}
