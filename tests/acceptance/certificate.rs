//! A certificate from the class to the verdict of a stranger.

use std::collections::BTreeMap;

use acceptance_tests::{Failure, hub::Hub, programs::repository};
use serde_json::{Value, json};

use crate::office::Office;

#[test]
fn a_certificate_issued_offline_is_provisional_then_final_and_a_changed_one_invalid() -> Result<(), Failure> {
    let office = Office::with_demo()?;
    let hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
    office.done(&["enrol", "--hub", &hub.url, "--code", &hub.enrolment_code()?])?;
    let (no, text) = certified(&office)?;
    let pdf = office.path("certificate.pdf").display().to_string();
    office.done(&["print", &no, "training_certificate", "--out", &pdf])?;
    let status = |arguments: &[&str]| {
        office
            .run(arguments)
            .map(|ended| (ended.status, ended.json["status"].clone()))
    };
    assert_eq!(status(&["verify", &pdf])?, (0, json!("provisional")));
    assert_eq!(status(&["verify", &text])?, (0, json!("provisional")));

    office.done(&["sync"])?;
    assert_eq!(status(&["verify", &pdf])?, (0, json!("final")));
    // A stranger has nothing but the certificate and the list the hub gives to everybody.
    let list = office.path("trust.list").display().to_string();
    assert_eq!(hub.command(&["trust", "--out", &list])?.status, 0);
    let nowhere = office.path("nowhere");
    let stranger = office.run_in(&nowhere, &["verify", &pdf, "--trust", &list])?;
    assert_eq!(
        (stranger.status, &stranger.json["status"]),
        (0, &json!("final")),
        "{stranger:?}"
    );
    assert_eq!(stranger.json["certificate"]["number"], no);

    let middle = text.len() / 2;
    let other = if text.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let changed = format!("{}{other}{}", &text[..middle], &text[middle + 1..]);
    assert_eq!(status(&["verify", &changed])?, (3, json!("invalid")));
    Ok(())
}

/// Holds a class of one who knows everything; gives the number of the certificate and the text of its QR.
pub fn certified(office: &Office) -> Result<(String, String), Failure> {
    let (subject, _) = office.repairable()?;
    let subject = office.done(&["subject", &subject])?;
    let class = json!({
        "title": "信用修复培训班", "kind": "public", "host": "区发展和改革局", "coHosts": [], "teachingBody": "区信用中心",
        "issuingBody": "区信用中心", "place": "二楼会议室", "startsOn": subject["assessed_on"], "hours": 3,
        "exam": {
            "bank": "credit-repair-2026", "questionCount": 20, "minutes": 45, "pointsPerQuestion": 5, "passMark": 60,
            "retakesAllowed": 1,
        },
    });
    let opened = office.done(&[
        "class",
        "open",
        &office.file("class.json", &class.to_string())?,
        "--as",
        "chen",
    ])?;
    let class = opened["class"].as_str().ok_or("no class")?.to_owned();
    let trainee = json!({
        "class": class, "name": "李敏", "position": "legal_representative", "subjectName": subject["name"],
        "uscc": subject["uscc"], "idNumber": null, "identityChecked": true,
    });
    office.done(&[
        "class",
        "enrol",
        &office.file("trainee.json", &trainee.to_string())?,
        "--as",
        "chen",
    ])?;
    let drawn = office.done(&["exam", "draw", "--class", &class, "--as", "chen"])?;
    let session = drawn["sessions"][0]["session"]
        .as_str()
        .ok_or_else(|| format!("no paper: {drawn}"))?
        .to_owned();
    let known = known_answers()?;
    let paper = office.done(&["exam", "show", "--session", &session])?;
    let questions = paper["questions"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|question| question["id"].as_str());
    let answers: BTreeMap<&str, &String> = questions.filter_map(|id| Some((id, known.get(id)?))).collect();
    let answers = office.file("answers.json", &json!(answers).to_string())?;
    let outcome = office.done(&[
        "exam",
        "run",
        "--session",
        &session,
        "--answers",
        &answers,
        "--as",
        "chen",
    ])?;
    assert_eq!(
        (&outcome["passed"], &outcome["score"]),
        (&json!(true), &json!(100)),
        "{outcome}"
    );
    let issued = office.done(&["certificate", "issue", "--class", &class, "--as", "chen"])?;
    let certificate: &Value = &issued["certificates"][0];
    let word = |key: &str| {
        certificate[key]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| format!("no {key} in {issued}"))
    };
    Ok((word("no")?, word("qr_text")?))
}

/// The right letters of the shipped bank, by question.
fn known_answers() -> Result<BTreeMap<String, String>, Failure> {
    let bank = std::fs::read_to_string(repository().join("assets/question-banks/credit-repair-2026.toml"))?;
    let (mut answers, mut id) = (BTreeMap::new(), String::new());
    for line in bank.lines() {
        if let Some(value) = line.strip_prefix("id = ") {
            id = value.trim_matches('"').to_owned();
        } else if let Some(value) = line.strip_prefix("answer = ") {
            answers.insert(id.clone(), value.trim_matches('"').to_owned());
        }
    }
    Ok(answers)
}
