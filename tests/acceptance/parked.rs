//! Work the hub did not take, settled by the headless command.

use acceptance_tests::{Failure, hub::Hub};
use serde_json::{Value, json};

use crate::office::Office;

/// A counter whose clerk entered that a case is accepted, while the authority, unknown to it, entered `outcome`.
fn contradicted(outcome: &str) -> Result<(Office, Hub, String), Failure> {
    let office = Office::with_demo()?;
    let hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
    office.done(&["enrol", "--hub", &hub.url, "--code", &hub.enrolment_code()?])?;
    let (subject, record) = office.repairable()?;
    let no = office.take_in(&subject, &record, &[])?["cases"][0]
        .as_str()
        .ok_or("no case")?
        .to_owned();
    let day = office.done(&["case", &no])?["received_on"].clone();
    let act = |name: &str, body: Value| -> Result<Value, Failure> {
        let file = office.file(name, &body.to_string())?;
        office.done(&["act", &no, &file, "--as", "chen"])
    };
    act(
        "submit.json",
        json!({"act": "submit", "site": "信用中国", "number": "XF-1", "on": day}),
    )?;
    office.done(&["sync"])?;
    let decided = hub.command(&["decide", &no, "--outcome", outcome, "--reason", "已核实"])?;
    assert_eq!(decided.status, 0, "{decided:?}");
    act(
        "accept.json",
        json!({"act": "accept", "by": "区市场监管局", "on": day, "number": null}),
    )?;
    office.done(&["sync"])?;
    Ok((office, hub, no))
}

fn only_parked(office: &Office) -> Result<Value, Failure> {
    let listed = office.done(&["parked", "list"])?;
    assert_eq!(listed["open"].as_array().map(Vec::len), Some(1), "{listed}");
    Ok(listed["open"][0].clone())
}

#[test]
fn what_the_hub_refused_is_given_up_with_a_reason_and_only_once() -> Result<(), Failure> {
    let (office, _hub, no) = contradicted("repaired")?;
    let parked = only_parked(&office)?;
    assert_eq!(
        (&parked["lane_id"], &parked["why"]["verdict"]),
        (&json!(no), &json!("refused")),
        "{parked}"
    );
    let id = parked["id"].as_str().ok_or("no id")?;

    let again = office.run(&["parked", "amend", id, "--as", "chen"])?;
    assert_eq!(
        (again.status, &again.json["error"]["code"]),
        (3, &json!("wrong_state")),
        "{again:?}"
    );
    let silent = office.run(&["parked", "withdraw", id, "--reason", " ", "--as", "chen"])?;
    assert_eq!(
        (silent.status, &silent.json["error"]["code"]),
        (3, &json!("field_empty")),
        "{silent:?}"
    );
    assert_eq!(only_parked(&office)?["id"], *id, "it is still there");

    let given_up = office.done(&["parked", "withdraw", id, "--reason", "认定单位已经决定", "--as", "chen"])?;
    assert_eq!(given_up["withdrawn"], *id);
    assert_eq!(office.done(&["sync"])?["pushed"], 1);
    let listed = office.done(&["parked", "list"])?;
    assert_eq!(
        (&listed["open"], &listed["settled"][0]["taken"]),
        (&json!([]), &json!(true)),
        "{listed}"
    );
    let twice = office.run(&["parked", "withdraw", id, "--reason", "再次", "--as", "chen"])?;
    assert_eq!(
        (twice.status, &twice.json["error"]["code"]),
        (3, &json!("nothing_to_settle")),
        "{twice:?}"
    );
    assert_eq!(office.done(&["case", &no])?["state"], "decided");
    Ok(())
}

#[test]
fn what_the_hub_refused_is_done_again_on_what_it_knows() -> Result<(), Failure> {
    let (office, _hub, no) = contradicted("supplement")?;
    let parked = only_parked(&office)?;
    let id = parked["id"].as_str().ok_or("no id")?;
    assert_eq!(office.done(&["parked", "amend", id, "--as", "chen"])?["amended"], *id);
    assert_eq!(office.done(&["sync"])?["pushed"], 1);
    let listed = office.done(&["parked", "list"])?;
    assert_eq!(
        (&listed["open"], &listed["settled"][0]["way"]),
        (&json!([]), &json!("amended")),
        "{listed}"
    );
    assert_eq!(office.done(&["case", &no])?["state"], "accepted");
    Ok(())
}
