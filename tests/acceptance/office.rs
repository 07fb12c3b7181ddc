//! A counter in a fresh folder, worked by the headless command.

use std::path::{Path, PathBuf};

use acceptance_tests::{
    Failure,
    programs::{Ended, program, run},
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Opens every folder of these tests.
pub const PASSPHRASE: &str = "越秀窗口-试验用口令";

/// A counter for practice with its administrator `admin`.
pub struct Office {
    folder: TempDir,
    /// The words shown at its making.
    pub recovery_words: Vec<String>,
}

impl Office {
    /// A new, empty counter.
    pub fn new() -> Result<Self, Failure> {
        Self::of("W03")
    }

    /// A new, empty counter with this code.
    pub fn of(counter: &str) -> Result<Self, Failure> {
        let mut office = Self {
            folder: tempfile::tempdir()?,
            recovery_words: Vec::new(),
        };
        let made = office.done(&[
            "init",
            "--site",
            "440104",
            "--counter",
            counter,
            "--prefix",
            "YX",
            "--test",
        ])?;
        office.recovery_words = serde_json::from_value(made["recovery_words"].clone())?;
        Ok(office)
    }

    /// A counter with the small demo.
    pub fn with_demo() -> Result<Self, Failure> {
        let office = Self::new()?;
        office.done(&["demo", "--scale", "small"])?;
        Ok(office)
    }

    /// A place for a file of the test.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file of the test.
    pub fn file(&self, name: &str, content: &str) -> Result<String, Failure> {
        let path = self.path(name);
        std::fs::write(&path, content)?;
        Ok(path.display().to_string())
    }

    /// Runs a subcommand over the counter's data.
    pub fn run(&self, arguments: &[&str]) -> Result<Ended, Failure> {
        self.run_in(&self.path("data"), arguments)
    }

    /// Runs a subcommand over another data folder.
    pub fn run_in(&self, data: &Path, arguments: &[&str]) -> Result<Ended, Failure> {
        let mut command = std::process::Command::new(program("credit-counter-cli")?);
        command
            .env("CREDIT_COUNTER_PASSPHRASE", PASSPHRASE)
            .arg("--data-dir")
            .arg(data)
            .arg("--json")
            .args(arguments);
        run(&mut command)
    }

    /// Runs a subcommand that must be done and gives its answer.
    pub fn done(&self, arguments: &[&str]) -> Result<Value, Failure> {
        let ended = self.run(arguments)?;
        if ended.status == 0 {
            Ok(ended.json)
        } else {
            Err(format!("{arguments:?} ended with {ended:?}").into())
        }
    }

    /// A subject of the demo with a penalty that may be repaired today and has no case yet, and that penalty.
    pub fn repairable(&self) -> Result<(String, Value), Failure> {
        let found = self.done(&["search", "演示", "--limit", "360"])?;
        for hit in found["hits"].as_array().into_iter().flatten() {
            if hit["penalties"] == 0 {
                continue;
            }
            let subject = hit["id"].as_str().unwrap_or_default();
            let file = self.done(&["subject", subject])?;
            for record in file["penalties"].as_array().into_iter().flatten() {
                let wanted = record["assessment"]["verdict"] == "eligible"
                    && record["open_case"].is_null()
                    && record["checklist"].as_array().is_some_and(|papers| !papers.is_empty());
                if wanted {
                    return Ok((subject.to_owned(), record.clone()));
                }
            }
        }
        Err("no penalty of the demo may be repaired today".into())
    }

    /// Takes one case in with every paper but those in `left_out`, and gives the answer of `intake`.
    pub fn take_in(&self, subject: &str, record: &Value, left_out: &[&str]) -> Result<Value, Failure> {
        let visit = visit(subject, record, left_out, &[]);
        let file = self.file("visit.json", &visit.to_string())?;
        self.done(&["intake", &file, "--as", "chen"])
    }

    /// A visit with one case and every paper of it, the first with `scans`.
    pub fn visit(&self, subject: &str, record: &Value, scans: &[PathBuf]) -> Value {
        visit(subject, record, &[], scans)
    }
}

fn visit(subject: &str, record: &Value, left_out: &[&str], scans: &[PathBuf]) -> Value {
    let papers = record["checklist"].as_array().into_iter().flatten();
    let brought: Vec<Value> = papers
        .filter(|paper| !left_out.iter().any(|code| paper["code"] == *code))
        .enumerate()
        .map(|(place, paper)| {
            let scans = if place == 0 { scans } else { &[] };
            json!({"code": paper["code"], "original_seen": true, "copy_kept": true, "scans": scans})
        })
        .collect();
    json!({
        "subject": subject,
        "agent": {
            "name": "陈晓", "capacity": "agent", "identityChecked": true, "authority": "original_seen",
            "idNumber": null, "phone": "13800138000",
        },
        "records": [{
            "record": record["id"],
            "facts": {"fulfilled": true, "rectified": true, "committed": true, "published": true},
            "materials": brought,
        }],
    })
}
