//! A counter and a hub that never meet: work goes over on a stick, and receipts come back on it.

use std::{fs, path::Path};

use acceptance_tests::{Failure, hub::Hub};
use serde_json::{Value, json};

use crate::office::Office;

/// A counter that met its hub once, to be enrolled, and the hub's data folder.
struct Apart {
    office: Office,
    hub: Hub,
}

impl Apart {
    fn new() -> Result<Self, Failure> {
        let office = Office::with_demo()?;
        let mut hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
        let code = hub.enrolment_code()?;
        office.done(&["enrol", "--hub", &hub.url, "--code", &code])?;
        hub.stop()?;
        Ok(Self { office, hub })
    }

    /// A case, taken in with its papers.
    fn take_case_in(&self) -> Result<String, Failure> {
        let (subject, record) = self.office.repairable()?;
        let taken = self.office.take_in(&subject, &record, &[])?;
        Ok(taken["cases"][0].as_str().ok_or("no case")?.to_owned())
    }

    /// Notes that it was entered at a national site.
    fn submit(&self, no: &str) -> Result<(), Failure> {
        let day = self.office.done(&["case", no])?["received_on"].clone();
        let act = json!({"act": "submit", "site": "信用中国", "number": "XF-1", "on": day});
        let file = self.office.file("submit.json", &act.to_string())?;
        self.office.done(&["act", no, &file, "--as", "chen"]).map(|_| ())
    }

    fn export(&self, name: &str) -> Result<Value, Failure> {
        self.office.done(&["outbox", "export", &self.at(name)])
    }

    fn import(&self, name: &str) -> Result<Value, Failure> {
        self.office.done(&["outbox", "import", &self.at(name)])
    }

    /// The word a command ends with, and its exit status.
    fn refused(&self, arguments: &[&str]) -> Result<(i32, String), Failure> {
        let ended = self.office.run(arguments)?;
        Ok((
            ended.status,
            ended.json["error"]["code"].as_str().unwrap_or_default().to_owned(),
        ))
    }

    /// What the hub makes of a file; the answer gets the name `answer`.
    fn take(&self, outbox: &str, answer: &str) -> Result<Value, Failure> {
        let ended = self
            .hub
            .command(&["stick", "take", &self.at(outbox), "--answer", &self.at(answer)])?;
        if ended.status == 0 {
            Ok(ended.json)
        } else {
            Err(format!("the hub ended with {ended:?}").into())
        }
    }

    fn not_taken(&self, outbox: &Path) -> Result<(i32, String), Failure> {
        let answer = self.at("never.answer");
        let ended = self
            .hub
            .command(&["stick", "take", &outbox.display().to_string(), "--answer", &answer])?;
        assert!(!Path::new(&answer).exists(), "a refused file has no answer");
        Ok((
            ended.status,
            ended.json["error"]["code"].as_str().unwrap_or_default().to_owned(),
        ))
    }

    fn at(&self, name: &str) -> String {
        self.office.path(name).display().to_string()
    }

    fn delivery(&self, no: &str) -> Result<Value, Failure> {
        Ok(self.office.done(&["case", no])?["delivery"].clone())
    }
}

#[test]
fn a_case_is_delivered_and_decided_by_stick_and_a_later_network_round_finds_nothing_to_send() -> Result<(), Failure> {
    let mut apart = Apart::new()?;
    let no = apart.take_case_in()?;
    apart.submit(&no)?;
    assert_eq!(apart.delivery(&no)?, "saved");

    let exported = apart.export("w03.outbox")?;
    let sent = exported["changes"].as_u64().ok_or("no count")?;
    assert!(sent > 0, "{exported}");
    assert_eq!(apart.delivery(&no)?, "saved", "writing a file delivers nothing");

    let taken = apart.take("w03.outbox", "w03.answer")?;
    assert_eq!(
        (&taken["counter"], &taken["changes"], &taken["refused"]),
        (&json!("W03"), &json!(sent), &json!(0))
    );
    let imported = apart.import("w03.answer")?;
    assert_eq!(imported["changes"], sent);
    assert!(
        imported["receipts"].as_u64().is_some_and(|receipts| receipts > 0),
        "{imported}"
    );
    assert_eq!(apart.delivery(&no)?, "delivered");

    let again = apart.import("w03.answer")?;
    assert_eq!(
        (&again["changes"], &again["pulled"]),
        (&json!(0), &json!(0)),
        "twice is once"
    );

    let decided = apart
        .hub
        .command(&["decide", &no, "--outcome", "repaired", "--reason", "已核实整改"])?;
    assert_eq!(decided.status, 0, "{decided:?}");
    assert_eq!(apart.export("second.outbox")?["changes"], 0);
    apart.take("second.outbox", "second.answer")?;
    assert_eq!(apart.import("second.answer")?["pulled"], 1);
    assert_eq!(apart.office.done(&["case", &no])?["state"], "decided");
    assert_eq!(
        apart.import("w03.answer")?["pulled"],
        0,
        "an old answer after a newer one"
    );
    assert_eq!(apart.office.done(&["case", &no])?["state"], "decided");

    apart.hub.start_again()?;
    let synced = apart.office.done(&["sync"])?;
    assert_eq!(
        (&synced["pushed"], &synced["receipts"], &synced["pulled"]),
        (&json!(0), &json!(0), &json!(0))
    );
    assert_eq!(apart.office.done(&["check"])?["ok"], true);
    Ok(())
}

#[test]
fn a_stick_that_got_lost_is_written_again_and_both_may_arrive_in_any_order() -> Result<(), Failure> {
    let mut apart = Apart::new()?;
    let no = apart.take_case_in()?;
    apart.export("lost.outbox")?;
    apart.submit(&no)?;
    apart.export("again.outbox")?;

    // Beside a running hub, the newer file before the one that was thought lost.
    apart.hub.start_again()?;
    let newer = apart.take("again.outbox", "again.answer")?;
    let older = apart.take("lost.outbox", "lost.answer")?;
    assert!(newer["changes"].as_u64() > older["changes"].as_u64());

    // The hub had the newer file by then: the receipt that touches the older one covers both.
    apart.import("lost.answer")?;
    assert_eq!(apart.delivery(&no)?, "delivered");
    assert_eq!(apart.import("again.answer")?["changes"], 0);
    assert_eq!(apart.delivery(&no)?, "delivered");
    assert_eq!(apart.office.done(&["sync"])?["pushed"], 0);
    Ok(())
}

#[test]
fn two_counters_may_share_a_stick_but_not_an_answer() -> Result<(), Failure> {
    let mut apart = Apart::new()?;
    apart.hub.start_again()?;
    let other = Office::of("W07")?;
    let code = apart.hub.enrolment_code_for("W07")?;
    other.done(&["enrol", "--hub", &apart.hub.url, "--code", &code])?;
    apart.hub.stop()?;

    apart.take_case_in()?;
    apart.export("w03.outbox")?;
    other.done(&["outbox", "export", &apart.at("w07.outbox")])?;
    apart.take("w07.outbox", "w07.answer")?;
    apart.take("w03.outbox", "w03.answer")?;

    let swapped = other.run(&["outbox", "import", &apart.at("w03.answer")])?;
    assert_eq!(
        (swapped.status, &swapped.json["error"]["code"]),
        (3, &json!("stick_other_counter"))
    );
    assert_eq!(
        apart.refused(&["outbox", "import", &apart.at("w07.answer")])?,
        (3, "stick_other_counter".into())
    );

    other.done(&["outbox", "import", &apart.at("w07.answer")])?;
    assert_eq!(
        other.done(&["outbox", "export", &apart.at("w07.outbox")])?["changes"],
        0
    );
    apart.import("w03.answer")?;
    assert_eq!(apart.export("w03.outbox")?["changes"], 0);
    Ok(())
}

#[test]
fn a_file_that_is_not_whole_or_not_ours_is_named_and_nothing_is_written() -> Result<(), Failure> {
    let apart = Apart::new()?;
    let no = apart.take_case_in()?;
    apart.export("w03.outbox")?;
    let whole = fs::read(apart.office.path("w03.outbox"))?;

    let altered = apart.office.path("altered.outbox");
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    fs::write(&altered, bytes)?;
    assert_eq!(apart.not_taken(&altered)?, (3, "stick_damaged".into()));
    fs::write(&altered, &whole[..whole.len() - 1])?;
    assert_eq!(apart.not_taken(&altered)?, (3, "stick_damaged".into()));
    fs::write(&altered, b"PK\x03\x04 a workbook with a wrong name")?;
    assert_eq!(apart.not_taken(&altered)?, (3, "stick_not_one".into()));
    // A file that claims more than any stick holds, though the disk holds none of it.
    fs::File::create(&altered)?.set_len(u64::from(u32::MAX) + 1)?;
    assert_eq!(apart.not_taken(&altered)?, (3, "stick_too_large".into()));
    fs::remove_file(&altered)?;
    assert_eq!(apart.not_taken(&altered)?, (3, "stick_no_such_file".into()));

    let stranger = Apart::new()?;
    assert_eq!(
        stranger.not_taken(&apart.office.path("w03.outbox"))?,
        (3, "stick_other_hub".into())
    );

    apart.take("w03.outbox", "w03.answer")?;
    assert_eq!(
        apart.not_taken(&apart.office.path("w03.answer"))?,
        (3, "stick_other_direction".into())
    );
    let answer = fs::read(apart.office.path("w03.answer"))?;
    fs::write(apart.office.path("cut.answer"), &answer[..answer.len() - 20])?;
    for (name, word) in [
        ("cut.answer", "stick_damaged"),
        ("w03.outbox", "stick_other_direction"),
        ("missing.answer", "stick_no_such_file"),
    ] {
        assert_eq!(
            apart.refused(&["outbox", "import", &apart.at(name)])?,
            (3, word.to_owned()),
            "{name}"
        );
        assert_eq!(apart.delivery(&no)?, "saved", "{name}");
    }
    assert_eq!(
        apart.refused(&["outbox", "export", &apart.at("no/such/folder/w03.outbox")])?,
        (3, "stick_no_such_file".into())
    );
    let left: Vec<_> = fs::read_dir(apart.office.path("."))?
        .filter_map(|entry| entry.ok().map(|entry| entry.file_name()))
        .filter(|name| name.to_string_lossy().ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    apart.import("w03.answer")?;
    assert_eq!(apart.delivery(&no)?, "delivered");
    Ok(())
}

#[test]
fn without_an_enrolment_there_is_nobody_to_write_a_stick_for() -> Result<(), Failure> {
    let office = Office::new()?;
    let ended = office.run(&["outbox", "export", &office.path("w03.outbox").display().to_string()])?;
    assert_eq!(
        (ended.status, &ended.json["error"]["code"]),
        (3, &json!("not_enrolled"))
    );
    Ok(())
}
