//! A counter and a real hub over HTTP.

use acceptance_tests::{Failure, hub::Hub};
use serde_json::json;

use crate::office::Office;

#[test]
fn a_case_taken_offline_reaches_the_hub_once_and_the_decision_comes_back() -> Result<(), Failure> {
    let office = Office::with_demo()?;
    let (subject, record) = office.repairable()?;
    let taken = office.take_in(&subject, &record, &[])?;
    let no = taken["cases"][0].as_str().ok_or("no case")?.to_owned();
    assert_eq!(taken["gaps"], json!([]));
    let case = office.done(&["case", &no])?;
    let day = case["received_on"].as_str().ok_or("no day")?.to_owned();
    let submit = json!({"act": "submit", "site": "信用中国", "number": "XF-1", "on": day}).to_string();
    office.done(&["act", &no, &office.file("submit.json", &submit)?, "--as", "chen"])?;

    let hub = Hub::start(&office.path("hub"), "127.0.0.1:0")?;
    let code = hub.enrolment_code()?;
    let enrolled = office.done(&["enrol", "--hub", &hub.url, "--code", &code])?;
    assert_eq!(enrolled["counter"], "W03");
    assert_eq!(
        office.done(&["case", &no])?["delivery"],
        "saved",
        "being enrolled delivers nothing"
    );

    let first = office.done(&["sync"])?;
    assert!(first["pushed"].as_u64().is_some_and(|pushed| pushed > 0), "{first}");
    assert_eq!(office.done(&["sync"])?["pushed"], 0);
    let case = office.done(&["case", &no])?;
    assert_eq!(
        (&case["delivery"], &case["state"]),
        (&json!("delivered"), &json!("submitted"))
    );

    let decided = hub.command(&["decide", &no, "--outcome", "repaired", "--reason", "已核实整改"])?;
    assert_eq!(decided.status, 0, "{decided:?}");
    assert_eq!(office.done(&["sync"])?["pulled"], 1);
    let case = office.done(&["case", &no])?;
    assert_eq!(
        (&case["state"], &case["decision"]["outcome"]),
        (&json!("decided"), &json!("repaired"))
    );

    drop(hub);
    let alone = office.run(&["sync"])?;
    assert_eq!(
        (alone.status, &alone.json["error"]["code"]),
        (1, &json!("hub_unreachable"))
    );
    assert_eq!(office.done(&["check"])?["ok"], true);
    Ok(())
}
