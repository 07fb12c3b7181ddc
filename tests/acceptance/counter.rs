//! One counter alone, without a network.

use acceptance_tests::{Failure, programs::repository};
use serde_json::{Value, json};

use crate::office::Office;

#[test]
fn a_penalty_of_the_demo_becomes_a_case_and_its_papers_print_twice_alike() -> Result<(), Failure> {
    let office = Office::with_demo()?;
    let (subject, record) = office.repairable()?;
    let assessed = office.done(&["assess", "--subject", &subject])?;
    let same = |assessment: &&Value| assessment["record"] == record["id"];
    let assessment = assessed["assessments"].as_array().and_then(|all| all.iter().find(same));
    assert_eq!(
        assessment.map(|assessment| &assessment["verdict"]),
        Some(&json!("eligible"))
    );

    let left_out = record["checklist"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|paper| paper["required"] == true);
    let left_out = left_out
        .and_then(|paper| paper["code"].as_str())
        .ok_or("no paper is required")?;
    let taken = office.take_in(&subject, &record, &[left_out])?;
    let no = taken["cases"][0].as_str().ok_or("no case")?.to_owned();
    assert_eq!(taken["gaps"][0]["case"], no);

    let open = office.done(&["cases", "--state", "gaps_open"])?;
    assert_eq!(open["cases"][0]["no"], no);
    let case = office.done(&["case", &no])?;
    assert_eq!(case["delivery"], "saved");
    assert_eq!(case["changes"][0]["receipt"], serde_json::Value::Null);
    assert_eq!(case["changes"][0]["actor"], "chen");

    for kind in ["acceptance_receipt", "supplement_notice", "commitment"] {
        let mut printed = Vec::new();
        for name in ["first.pdf", "second.pdf"] {
            let out = office.path(name).display().to_string();
            let answer = office.done(&["print", &no, kind, "--out", &out, "--as", "chen"])?;
            printed.push((std::fs::read(&out)?, answer["sha256"].clone()));
        }
        assert!(printed[0].0.starts_with(b"%PDF"), "{kind}");
        assert_eq!(printed[0], printed[1], "{kind}");
    }
    let again = office.file("again.json", &std::fs::read_to_string(office.path("visit.json"))?)?;
    let again = office.run(&["intake", &again, "--as", "chen"])?;
    assert_eq!(
        (again.status, &again.json["error"]["code"]),
        (3, &json!("case_running"))
    );
    assert_eq!(office.done(&["check"])?, json!({"ok": true, "problems": []}));
    Ok(())
}

#[test]
fn importing_the_same_file_again_changes_nothing() -> Result<(), Failure> {
    let office = Office::new()?;
    let file = repository()
        .join("tests/fixtures/import/synthetic_xzcf_2021_gb18030.csv")
        .display()
        .to_string();
    let report = office.path("findings.xlsx").display().to_string();
    let first = office.done(&["import", &file, "--report", &report])?;
    let count = |answer: &Value, key: &str| answer[key].as_u64().unwrap_or_default();
    let parts = [
        "accepted",
        "accepted_with_warnings",
        "kept_for_check",
        "duplicates",
        "updated",
    ];
    assert_eq!(
        count(&first, "read"),
        parts.iter().map(|part| count(&first, part)).sum::<u64>()
    );
    assert!(count(&first, "accepted") > 0);
    assert!(std::fs::read(&report)?.starts_with(b"PK"));

    let before = office.done(&["search", "9144"])?;
    let again = office.done(&["import", &file])?;
    assert_eq!(count(&again, "duplicates"), count(&again, "read"));
    assert_eq!(again["run"], Value::Null);
    assert_eq!(office.done(&["search", "9144"])?, before);
    Ok(())
}

#[test]
fn what_cannot_be_meant_ends_with_2_and_what_is_refused_with_3_and_its_reason() -> Result<(), Failure> {
    let office = Office::new()?;
    let unknown = office.file("unknown.json", r#"{"CF_WSH": "1", "severity": "high"}"#)?;
    let torn = office.file("torn.xlsx", "PK\u{3}\u{4}torn")?;
    for (arguments, status, code) in [
        (&["assess", "--record", &unknown][..], 2, "arguments"),
        (&["cases", "--state", "nonsense"], 2, "arguments"),
        (&["import", &torn], 3, "import_file_damaged"),
        (&["import", &torn, "--as", "nobody"], 3, "unknown_account"),
        (&["case", "YX-0"], 3, "no_case"),
        (&["sync"], 3, "not_enrolled"),
        (
            &["init", "--site", "440104", "--counter", "W03", "--prefix", "YX"],
            3,
            "already_exists",
        ),
    ] {
        let ended = office.run(arguments)?;
        assert_eq!(
            (ended.status, &ended.json["error"]["code"]),
            (status, &json!(code)),
            "{arguments:?}: {ended:?}"
        );
        assert!(
            !ended.json["error"]["message"].as_str().unwrap_or_default().is_empty(),
            "{arguments:?}"
        );
    }
    Ok(())
}

#[test]
fn a_counter_comes_back_from_its_backup_with_the_recovery_words_alone() -> Result<(), Failure> {
    let office = Office::with_demo()?;
    let backup = office.path("counter.backup").display().to_string();
    office.done(&["backup", &backup])?;
    let words = office.file("words.txt", &office.recovery_words.join(" "))?;
    let elsewhere = office.path("elsewhere");
    let restored = office.run_in(&elsewhere, &["restore", &backup, "--recovery-words", &words])?;
    assert_eq!(
        (restored.status, &restored.json["ok"]),
        (0, &json!(true)),
        "{restored:?}"
    );
    let found = office.run_in(&elsewhere, &["search", "演示"])?;
    assert_eq!(found.json["hits"], office.done(&["search", "演示"])?["hits"]);
    Ok(())
}
