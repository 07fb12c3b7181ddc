//! A counter made ready by the headless command, for journeys that begin in the middle.

use std::path::{Path, PathBuf};

use counter_store::{Access, EntropySource, Environment, Store, Unlock};
use serde_json::{Value, json};

use super::{CODE, ENTERPRISE, import_file, set_up, sheet};
use crate::{
    Failure,
    hub::Hub,
    programs::{Ended, counter_cli},
    window::Window,
};

/// Another enterprise of the imported file, and the part of a document number that finds its record.
pub(super) const OTHER: (&str, &str) = ("91440104MAD272HD09", "〔2026〕20号");

/// A counter's data folder.
pub(super) struct Counter {
    pub data: PathBuf,
    /// The recovery words, as they are typed.
    pub words: String,
}

impl Counter {
    /// A new counter with its administrator.
    pub(super) fn new(folder: &Path) -> Result<Self, Failure> {
        Self::made(folder, "W03", &[])
    }

    /// A new counter of another window, without records.
    pub(super) fn of_window(folder: &Path, code: &str) -> Result<Self, Failure> {
        Self::made(folder, code, &[])
    }

    /// A new counter for practice, whose clock may be set, with records.
    pub(super) fn for_practice(folder: &Path) -> Result<Self, Failure> {
        Self::made(folder, "W03", &["--test"])?.import(folder)
    }

    fn made(folder: &Path, code: &str, more: &[&str]) -> Result<Self, Failure> {
        std::fs::create_dir_all(folder)?;
        let mut counter = Self {
            data: folder.join("counter"),
            words: String::new(),
        };
        let place = "越秀区政务服务中心";
        let init = [
            "init",
            "--site",
            "440104",
            "--counter",
            code,
            "--prefix",
            "YX",
            "--site-name",
            place,
        ];
        let made = counter.done(&[&init, more].concat())?;
        let words: Vec<String> = serde_json::from_value(made["recovery_words"].clone())?;
        counter.words = words.join(" ");
        Ok(counter)
    }

    /// A counter whose records are imported.
    pub(super) fn with_records(folder: &Path) -> Result<Self, Failure> {
        Self::new(folder)?.import(folder)
    }

    pub(super) fn import(self, folder: &Path) -> Result<Self, Failure> {
        for file in [import_file::write(folder)?, super::workbook::write(folder)?] {
            self.done(&["import", &file.to_string_lossy()])?;
        }
        Ok(self)
    }

    /// Takes a case of the journey's enterprise in, with every paper but the last.
    pub(super) fn take_first_in(&self) -> Result<String, Failure> {
        self.take_first_in_with(&[])
    }

    /// Takes the same case in with scans of its first paper.
    pub(super) fn take_first_in_with(&self, scans: &[PathBuf]) -> Result<String, Failure> {
        self.take_in(CODE, &self.record(CODE, "〔2026〕12号")?, scans, &[])
    }

    /// Takes the same case in at another moment, `--now` as the command has it.
    pub(super) fn take_first_in_at(&self, now: &str) -> Result<String, Failure> {
        self.take_in(CODE, &self.record(CODE, "〔2026〕12号")?, &[], &["--now", now])
    }

    /// Takes the same case in without the paper `code`; `more` goes before the subcommand, such as `--now`.
    pub(super) fn take_first_in_without(&self, code: &str, more: &[&str]) -> Result<String, Failure> {
        let mut record = self.record(CODE, "〔2026〕12号")?;
        if let Some(papers) = record["checklist"].as_array_mut() {
            papers.retain(|paper| paper["code"] != code);
        }
        self.take_in(CODE, &record, &[], more)
    }

    /// Takes a case in with every paper there is; `more` goes before the subcommand, such as `--now`.
    pub(super) fn take_in_all(&self, subject: &str, part: &str, more: &[&str]) -> Result<String, Failure> {
        let mut record = self.record(subject, part)?;
        // The last one is the one that is not brought.
        if let Some(papers) = record["checklist"].as_array_mut() {
            papers.push(json!({"code": "none"}));
        }
        self.take_in(subject, &record, &[], more)
    }

    /// Takes a case of [`OTHER`] in.
    pub(super) fn take_other_in(&self) -> Result<String, Failure> {
        self.take_in(OTHER.0, &self.record(OTHER.0, OTHER.1)?, &[], &[])
    }

    /// Runs a subcommand, done or not.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Ended, Failure> {
        counter_cli(&self.data, arguments)
    }

    /// Runs a subcommand that must be done and gives its answer.
    pub(super) fn done(&self, arguments: &[&str]) -> Result<Value, Failure> {
        let ended = self.run(arguments)?;
        if ended.status == 0 {
            Ok(ended.json)
        } else {
            Err(format!("{arguments:?} ended with {ended:?}").into())
        }
    }

    /// Runs a subcommand that reads its particulars from a file.
    pub(super) fn done_with(&self, arguments: &[&str], particulars: &Value) -> Result<Value, Failure> {
        let file = self.data.with_file_name("particulars.json");
        std::fs::write(&file, particulars.to_string())?;
        let file = file.to_string_lossy();
        self.done(&[arguments, &[&file]].concat())
    }

    /// The record of a subject whose document number holds `part`.
    pub(super) fn record(&self, subject: &str, part: &str) -> Result<Value, Failure> {
        let file = self.done(&["subject", subject])?;
        let records = file["penalties"].as_array().into_iter().flatten();
        let mut found = records.filter(|record| record.to_string().contains(part));
        found
            .next()
            .cloned()
            .ok_or_else(|| format!("no record {part} in {file}").into())
    }

    /// Takes a record in with every paper but the last.
    fn take_in(&self, subject: &str, record: &Value, scans: &[PathBuf], more: &[&str]) -> Result<String, Failure> {
        let papers: Vec<&Value> = record["checklist"].as_array().into_iter().flatten().collect();
        let brought = papers.iter().rev().skip(1).enumerate();
        let brought: Vec<Value> = brought
            .map(|(place, paper)| {
                let scans = if place == 0 { scans } else { &[] };
                json!({"code": paper["code"], "original_seen": true, "copy_kept": true, "scans": scans})
            })
            .collect();
        let taken = self.done_with(
            &[more, &["intake"]].concat(),
            &json!({
                "subject": subject,
                "agent": {
                    "name": "李明", "capacity": "agent", "identityChecked": true, "authority": "original_seen",
                    "idNumber": "11010519491231002X", "phone": "13800138000",
                },
                "records": [{
                    "record": record["id"],
                    "facts": {"fulfilled": true, "rectified": true, "committed": true, "published": true},
                    "materials": brought,
                }],
            }),
        )?;
        word(&taken["cases"][0])
    }

    /// A class with one trainee who may sit the exam; gives the numbers of the class and of the sitting.
    pub(super) fn open_class(&self) -> Result<(String, String), Failure> {
        let on = sheet::today().to_string();
        let opened = self.done_with(
            &["class", "open"],
            &json!({
                "title": "信用修复培训班（第一期）", "kind": "public", "host": "越秀区信用办", "coHosts": [],
                "teachingBody": "越秀区信用培训中心", "issuingBody": "越秀区信用办", "place": "越秀区政务服务中心三楼",
                "startsOn": on, "hours": 3,
                "exam": {
                    "bank": "credit-repair-2026", "questionCount": 20, "minutes": 45, "pointsPerQuestion": 5, "passMark": 60,
                    "retakesAllowed": 1,
                },
            }),
        )?;
        let class = word(&opened["class"])?;
        self.done_with(
            &["class", "enrol"],
            &json!({
                "class": class, "name": "林晓", "position": "legal_representative", "subjectName": ENTERPRISE, "uscc": CODE,
                "idNumber": "11010519491231002X", "identityChecked": true,
            }),
        )?;
        let drawn = self.done(&["exam", "draw", "--class", &class])?;
        Ok((class, word(&drawn["sessions"][0]["session"])?))
    }

    /// Binds it to `hub` and fetches whom to believe.
    pub(super) fn bind(&self, hub: &Hub, code: &str) -> Result<(), Failure> {
        let once = hub.enrolment_code_for(code)?;
        self.done(&["enrol", "--hub", &hub.url, "--code", &once])?;
        self.done(&["sync"])?;
        Ok(())
    }

    /// Opens the database as a program would whose clock stands at `now_at`, ms UTC.
    pub(super) fn store_at(&self, now_at: i64) -> Result<Store, Failure> {
        let environment = Environment {
            entropy: EntropySource::system(),
            now_at,
        };
        let unlock = Unlock::from_environment();
        Ok(Store::open(&self.data, &unlock, Access::ReadWrite, &environment)?)
    }

    /// Opens the window and signs the administrator in for the first time.
    pub(super) async fn open(&self, out: &Path) -> Result<Window, Failure> {
        let window = Window::open(&self.data, out).await?;
        set_up::sign_in_first(&window).await?;
        Ok(window)
    }
}

pub(super) fn word(value: &Value) -> Result<String, Failure> {
    Ok(value.as_str().ok_or_else(|| format!("{value} is no word"))?.to_owned())
}
