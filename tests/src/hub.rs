//! A real hub on a free loopback port.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::{
    Failure,
    programs::{Ended, program, run},
};

/// Where `credit-hub` finds the address of its PostgreSQL, which others would see on its command line.
const POSTGRES: &str = "CREDIT_HUB_POSTGRES";

/// A running `credit-hub`; ended when dropped.
#[derive(Debug)]
pub struct Hub {
    process: Child,
    data: PathBuf,
    postgres: Option<String>,
    /// Its address, such as `http://127.0.0.1:41234`.
    pub url: String,
}

impl Hub {
    /// Starts a hub over `data` and waits until it has said where it listens.
    ///
    /// # Errors
    /// When the program is missing or ends before it listens.
    pub fn start(data: &Path, listen: &str) -> Result<Self, Failure> {
        Self::start_over(data, None, listen)
    }

    /// Starts a hub over the PostgreSQL database at the address `postgres`, with its key in `data`. Without an address
    /// the database is in `data` too.
    ///
    /// # Errors
    /// As for [`Hub::start`].
    pub fn start_over(data: &Path, postgres: Option<&str>, listen: &str) -> Result<Self, Failure> {
        let mut process = Command::new(program("credit-hub")?)
            .args([
                "--data".as_ref(),
                data.as_os_str(),
                "--listen".as_ref(),
                listen.as_ref(),
            ])
            .envs(postgres.map(|url| (POSTGRES, url)))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = process.stdout.take().ok_or("the hub has no standard output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let announced: Value =
            serde_json::from_str(&line).map_err(|error| format!("the hub said {line:?}: {error}"))?;
        let address = announced["listening"]
            .as_str()
            .ok_or_else(|| format!("no address in {line}"))?;
        Ok(Self {
            process,
            data: data.to_owned(),
            postgres: postgres.map(str::to_owned),
            url: format!("http://{address}"),
        })
    }

    /// The process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends the hub, as when the line to the centre is cut.
    ///
    /// # Errors
    /// When the process cannot be ended.
    pub fn stop(&mut self) -> Result<(), Failure> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Starts it again over the same data, at the same address.
    ///
    /// # Errors
    /// As for [`Hub::start`].
    pub fn start_again(&mut self) -> Result<(), Failure> {
        let address = self.url.trim_start_matches("http://").to_owned();
        *self = Self::start_over(&self.data.clone(), self.postgres.clone().as_deref(), &address)?;
        Ok(())
    }

    /// A one-time code that binds counter `W03` of Yuexiu.
    ///
    /// # Errors
    /// When the command fails.
    pub fn enrolment_code(&self) -> Result<String, Failure> {
        self.enrolment_code_for("W03")
    }

    /// A one-time code that binds `counter` of Yuexiu.
    ///
    /// # Errors
    /// When the command fails.
    pub fn enrolment_code_for(&self, counter: &str) -> Result<String, Failure> {
        let ended = self.command(&["enrol", "--site", "440104", "--counter", counter, "--json"])?;
        Ok(ended.json["code"]
            .as_str()
            .ok_or_else(|| format!("no code in {ended:?}"))?
            .to_owned())
    }

    /// Runs `credit-hub` beside the running hub, over the same data.
    ///
    /// # Errors
    /// When it cannot be run.
    pub fn command(&self, arguments: &[&str]) -> Result<Ended, Failure> {
        run(Command::new(program("credit-hub")?)
            .args(arguments)
            .arg("--data")
            .arg(&self.data)
            .envs(self.postgres.as_ref().map(|url| (POSTGRES, url))))
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
