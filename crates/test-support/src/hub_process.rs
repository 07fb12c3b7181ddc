//! The built program `credit-hub` as a process: started, asked, told to stop, killed.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
};

use ed25519_dalek::SigningKey;
use hub_server::{
    clock::World,
    hub::Hub,
    hub_key,
    store::{
        postgres::{PostgresOptions, PostgresStore},
        sqlite::SqliteStore,
    },
};
use serde_json::Value;

use crate::SITE;

/// Where a hub keeps what it knows, as its command line says it.
#[derive(Clone, Debug)]
pub struct HubPlace {
    data: PathBuf,
    postgres: Option<String>,
    more: Vec<String>,
}

/// How a command of `credit-hub` ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubAnswer {
    /// The exit status.
    pub status: i32,
    /// Standard output.
    pub said: String,
}

impl HubAnswer {
    /// The JSON document on standard output.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.said).unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }
}

impl HubPlace {
    /// A hub of one office in the folder `data`.
    pub fn folder(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            postgres: None,
            more: Vec::new(),
        }
    }

    /// A hub over the PostgreSQL at `url`, whose key lies in the folder `data`.
    pub fn postgres(data: impl Into<PathBuf>, url: impl Into<String>) -> Self {
        Self {
            postgres: Some(url.into()),
            ..Self::folder(data)
        }
    }

    /// With further words on the command line.
    pub fn with(mut self, words: &[&str]) -> Self {
        self.more.extend(words.iter().map(|&word| word.to_owned()));
        self
    }

    /// The folder with the key, and with the database of an office.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The program with its place, to be given what it is to do.
    pub fn program(&self) -> Command {
        let mut command = Command::new(built_hub());
        command.arg("--data").arg(&self.data).args(&self.more);
        if let Some(url) = &self.postgres {
            command.env("CREDIT_HUB_POSTGRES", url);
        }
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, words: &[&str]) -> HubAnswer {
        let output = self.program().args(words).stderr(Stdio::null()).output().unwrap();
        HubAnswer {
            status: output.status.code().unwrap_or(-1),
            said: String::from_utf8(output.stdout).unwrap(),
        }
    }

    /// The hub of an office, looked into from this process.
    pub async fn open_sqlite(&self) -> Hub<SqliteStore> {
        let store = SqliteStore::open(&self.data.join("hub.db")).unwrap();
        Hub::open(store, self.key(), World::system()).await.unwrap()
    }

    /// The hub over a PostgreSQL, looked into from this process.
    pub async fn open_postgres(&self) -> Hub<PostgresStore> {
        let url = self.postgres.as_deref().expect("this place names a PostgreSQL");
        let store = PostgresStore::open(&PostgresOptions::at(url)).await.unwrap();
        Hub::open(store, self.key(), World::system()).await.unwrap()
    }

    fn key(&self) -> SigningKey {
        hub_key::at(&self.data.join(hub_key::FILE), true, &World::system()).unwrap()
    }

    /// A one-time code that binds `counter`.
    pub fn code_for(&self, counter: &str) -> String {
        let printed = self.run(&["enrol", "--site", SITE, "--counter", counter]);
        assert_eq!(printed.status, 0, "{printed:?}");
        printed.said.trim().to_owned()
    }

    /// Starts the hub and waits until it says where it listens: at a port of its own each time, since a counter that
    /// knocks at a port nobody listens at may end up holding it.
    pub fn start(&self) -> HubProcess {
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut child = self
            .program()
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(File::create(log.path()).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let announced: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("the hub said {line:?}"));
        let address = announced["listening"]
            .as_str()
            .unwrap_or_else(|| panic!("the hub said {line}"));
        HubProcess {
            url: format!("http://{address}"),
            child,
            log,
        }
    }
}

/// A running hub; killed when dropped.
#[derive(Debug)]
pub struct HubProcess {
    /// Its address, such as `http://127.0.0.1:41234`.
    pub url: String,
    child: Child,
    log: tempfile::NamedTempFile,
}

impl HubProcess {
    /// SIGKILL, and waits until it is gone.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM, without waiting.
    pub fn tell_to_stop(&self) {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(told.success());
    }

    /// Waits until it has ended.
    pub fn ended(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Its log so far, line by line.
    pub fn log(&self) -> Vec<Value> {
        let text = std::fs::read_to_string(self.log.path()).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
            .collect()
    }

    /// The address without `http://`.
    pub fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }
}

impl Drop for HubProcess {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// The built hub beside the running test; `cargo build --workspace --bins` puts it there.
fn built_hub() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    here.ancestors()
        .skip(1)
        .map(|folder| folder.join("credit-hub"))
        .find(|path| path.is_file())
        .expect("credit-hub is not built beside this test: run cargo build --workspace --bins")
}
