//! Reference data between real programs: published by a command, fetched and taken over by another, killed in between.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use acceptance_tests::{
    Failure,
    hub::Hub,
    programs::{program, repository},
};
use encoding_rs::GB18030;
use serde_json::{Value, json};

use crate::office::{Office, PASSPHRASE};

const KILLS: u32 = 8;
/// Rows between the first and the last day, so that taking over takes a while.
const BULK: usize = 4_000;

#[test]
fn what_the_hub_publishes_is_searched_at_the_counter_after_one_sync() -> Result<(), Failure> {
    let (office, hub) = bound()?;
    let file = repository()
        .join("assets/demo/演示-行政处罚.xlsx")
        .display()
        .to_string();
    let published = publish(&hub, &file, "2026-11-23")?;
    assert!(published["kept_for_check"].as_u64() > Some(0), "{published}");
    let synced = office.done(&["sync"])?;
    let taken = &synced["reference"]["taken_over"][0];
    assert_eq!(
        (&taken["kind"], &taken["rows"], &taken["data_as_of"]),
        (&json!("penalty"), &published["rows"], &json!("2026-11-23"))
    );
    let hits = office.done(&["search", "演示", "--limit", "5"])?;
    let subject = hits["hits"][0]["uscc"].as_str().ok_or("nobody found")?;
    assert_eq!(office.done(&["subject", subject])?["data_as_of"], "2026-11-23");
    assert_eq!(publish(&hub, &file, "2026-11-23")?["is_new"], false);
    assert_eq!(office.done(&["sync"])?["reference"]["taken_over"], json!([]));
    Ok(())
}

#[test]
fn a_counter_killed_while_it_takes_a_version_over_shows_the_old_or_the_new_one_whole() -> Result<(), Failure> {
    let (office, hub) = bound()?;
    let rows = Rows::from_demo()?;
    let version = |number: u32| -> Result<(), Failure> {
        let file = office.file("处罚.csv", &rows.version(number))?;
        publish(&hub, &file, "2026-11-23").map(drop)
    };
    version(1)?;
    let begin = Instant::now();
    office.done(&["sync"])?;
    let whole = begin.elapsed();
    assert_eq!(rows.seen(&office)?, 1);

    let mut stands = 1;
    for kill in 1..=KILLS {
        version(kill + 1)?;
        let mut sync = Command::new(program("credit-counter-cli")?)
            .env("CREDIT_COUNTER_PASSPHRASE", PASSPHRASE)
            .arg("--data-dir")
            .arg(office.path("data"))
            .arg("sync")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let until = moment_of(kill, whole);
        let began = Instant::now();
        while began.elapsed() < until && sync.try_wait()?.is_none() {
            std::thread::yield_now();
        }
        sync.kill()?;
        sync.wait()?;
        let seen = rows.seen(&office)?;
        assert!(
            seen == stands || seen == kill + 1,
            "{stands} stood, {} came, {seen} is seen",
            kill + 1
        );
        stands = seen;
    }
    office.done(&["sync"])?;
    assert_eq!(rows.seen(&office)?, KILLS + 1);
    assert_eq!(office.done(&["check"])?["ok"], true);
    Ok(())
}

/// Kills fall from the beginning of a sync to its end.
fn moment_of(kill: u32, whole: Duration) -> Duration {
    whole * kill / KILLS
}

fn bound() -> Result<(Office, Hub), Failure> {
    let office = Office::new()?;
    let hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
    let code = hub.enrolment_code()?;
    office.done(&["enrol", "--hub", &hub.url, "--code", &code])?;
    Ok((office, hub))
}

fn publish(hub: &Hub, file: &str, as_of: &str) -> Result<Value, Failure> {
    let arguments = [
        "publish", file, "--site", "440104", "--kind", "penalty", "--as-of", as_of,
    ];
    let ended = hub.command(&arguments)?;
    if ended.status == 0 {
        Ok(ended.json)
    } else {
        Err(format!("publishing ended with {ended:?}").into())
    }
}

/// Penalties of two subjects, at the first and at the last day, with others between.
struct Rows {
    header: String,
    early: Template,
    late: Template,
}

/// A row of the demo as cells, and the places that are filled in.
struct Template {
    cells: Vec<String>,
    document: usize,
    content: usize,
    day: usize,
    code: usize,
}

impl Rows {
    fn from_demo() -> Result<Self, Failure> {
        let bytes = std::fs::read(repository().join("assets/demo/演示-行政处罚-GB18030.csv"))?;
        let (text, ..) = GB18030.decode(&bytes);
        let mut lines = text.lines();
        let header = lines.next().ok_or("no header")?.to_owned();
        let lines: Vec<&str> = lines.collect();
        let code = column(&header, "统一社会信用代码")?;
        let cell = |line: &str| line.split(',').nth(code).map(str::to_owned);
        let other = lines
            .iter()
            .find(|line| cell(line) != cell(lines[0]))
            .ok_or("one subject only")?;
        Ok(Self {
            early: Template::new(&header, lines[0])?,
            late: Template::new(&header, other)?,
            header,
        })
    }

    /// Every row says which version it is of.
    fn version(&self, number: u32) -> String {
        let mut text = format!("{}\n", self.header);
        for row in 0..BULK + 4 {
            let (template, day) = match row {
                0 | 1 => (&self.early, "2024/01/02".to_owned()),
                row if row >= BULK + 2 => (&self.late, "2026/10/09".to_owned()),
                row => (&self.early, format!("2025/{:02}/{:02}", 1 + row % 12, 1 + row % 28)),
            };
            // Those between are about nobody who is asked for.
            let document = format!("演示罚〔2026〕{row}号");
            text.push_str(&template.filled(&document, &format!("第{number}版"), &day, (2..BULK + 2).contains(&row)));
        }
        text
    }

    /// The one version that the first and the last rows say.
    fn seen(&self, office: &Office) -> Result<u32, Failure> {
        let mut seen: Vec<u32> = Vec::new();
        for template in [&self.early, &self.late] {
            let file = office.done(&["subject", &template.cells[template.code]])?;
            for row in file["penalties"].as_array().into_iter().flatten() {
                let text = row.to_string();
                let said = text.split("第").find_map(|rest| rest.split_once("版")?.0.parse().ok());
                seen.push(said.ok_or_else(|| format!("no version in {text}"))?);
            }
        }
        let first = *seen.first().ok_or("nothing is seen")?;
        if seen.len() == 4 && seen.iter().all(|version| *version == first) {
            Ok(first)
        } else {
            Err(format!("versions {seen:?} beside each other").into())
        }
    }
}

impl Template {
    fn new(header: &str, line: &str) -> Result<Self, Failure> {
        Ok(Self {
            cells: line.split(',').map(str::to_owned).collect(),
            document: column(header, "文号")?,
            content: column(header, "处罚内容")?,
            day: column(header, "处罚决定日期")?,
            code: column(header, "统一社会信用代码")?,
        })
    }

    fn filled(&self, document: &str, content: &str, day: &str, of_others: bool) -> String {
        let mut cells = self.cells.clone();
        cells[self.document] = document.into();
        cells[self.content] = content.into();
        cells[self.day] = day.into();
        if of_others {
            cells[0] = "广州市越秀区其余（演示）商行".into();
            cells[self.code] = String::new();
        }
        format!("{}\n", cells.join(","))
    }
}

fn column(header: &str, name: &str) -> Result<usize, Failure> {
    let found = header.split(',').position(|cell| cell.contains(name));
    found.ok_or_else(|| format!("no column {name}").into())
}
