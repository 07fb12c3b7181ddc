//! The real client against a real hub: in this process over a socket, and as the built program where it stands beside the test.

use std::{
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
    time::Duration,
};

use counter_core::case::CaseState;
use counter_store::Delivery;
use counter_sync::{Clock, HttpTransport, Running, SyncState, enrol, run, sync_once};
use hub_server::authority_act::Outcome;
use jiff::Timestamp;
use tokio::net::TcpListener;

use test_support::{CounterOffice, HubOffice};

#[tokio::test(flavor = "multi_thread")]
async fn the_background_loop_delivers_what_is_saved_and_brings_what_is_decided() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(axum::serve(listener, hub.router()).into_future());
    let transport = HttpTransport::new().unwrap();
    enrol(
        office.store(),
        &transport,
        &office.clock,
        &url,
        &hub.code_for("W03").await,
    )
    .await
    .unwrap();

    let running = Running::default();
    let mut status = running.status();
    let background = tokio::spawn(run(
        office.store().clone(),
        transport,
        office.clock.clone(),
        running.clone(),
    ));
    status
        .wait_for(|status| status.state == SyncState::Connected)
        .await
        .unwrap();

    let no = office.take_case_in(None);
    office.submit(&no);
    // Nobody wakes the loop: it looks for itself.
    until(&mut status, || office.delivery(&no) == Delivery::Delivered).await;
    hub.decide(&no, Outcome::Repaired).await.unwrap();
    until(&mut status, || office.case(&no).state == CaseState::Decided).await;

    // The hub goes away: the loop says so and goes on trying.
    server.abort();
    hub.hub.stop();
    running.wake();
    status
        .wait_for(|status| status.state == SyncState::Offline)
        .await
        .unwrap();
    assert_eq!(status.borrow().code.as_deref(), Some("hub_unreachable"));
    background.abort();
}

/// Waits for the next rounds until `holds`.
async fn until(status: &mut tokio::sync::watch::Receiver<counter_sync::SyncStatus>, holds: impl Fn() -> bool) {
    let waited = tokio::time::timeout(Duration::from_secs(20), async {
        while !holds() {
            status.changed().await.unwrap();
        }
    });
    waited.await.expect("the loop gets there in time");
}

/// The built hub beside this test; `cargo build --workspace --bins` puts it there.
pub fn built_hub() -> PathBuf {
    let here = std::env::current_exe().unwrap();
    here.ancestors()
        .skip(1)
        .map(|folder| folder.join("credit-hub"))
        .find(|path| path.is_file())
        .expect("credit-hub is not built beside this test: run cargo build --workspace --bins")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_built_hub_binds_records_decides_and_stops_when_told() {
    let program = built_hub();
    let data = tempfile::tempdir().unwrap();
    let mut served = Command::new(&program)
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(data.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(served.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let announced: serde_json::Value = serde_json::from_str(&line).unwrap();
    let url = format!("http://{}", announced["listening"].as_str().unwrap());
    let command = |arguments: &[&str]| {
        let output = Command::new(&program)
            .args(arguments)
            .arg("--data")
            .arg(data.path())
            .stderr(Stdio::null())
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };

    let (status, code) = command(&["enrol", "--site", "440104", "--counter", "W03"]);
    assert_eq!(status, 0);
    let office = CounterOffice::new("W03");
    let clock = Clock::new(|| Timestamp::now().as_millisecond());
    let transport = HttpTransport::new().unwrap();
    enrol(office.store(), &transport, &clock, &url, code.trim())
        .await
        .unwrap();
    let no = office.take_case_in(None);

    let decide = [
        "decide",
        &no,
        "--outcome",
        "repaired",
        "--reason",
        "已核实整改",
        "--on",
        "2026-11-26",
    ];
    let (status, output) = command(&decide);
    assert_eq!(status, 3, "the case is not there yet");
    let refused: serde_json::Value = serde_json::from_str(&output).unwrap();
    assert_eq!(refused["error"]["code"], "not_found");

    office.submit(&no);
    sync_once(office.store(), &transport, &clock).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    assert_eq!(command(&decide).0, 0);
    assert_eq!(sync_once(office.store(), &transport, &clock).await.unwrap().pulled, 1);
    assert_eq!(office.case(&no).state, CaseState::Decided);
    assert_eq!(command(&["decide", &no, "--outcome", "nonsense", "--reason", "x"]).0, 2);
    assert_eq!(command(&["enrol", "--site", "44", "--counter", "W03"]).0, 2);

    let told = Command::new("kill")
        .args(["-TERM", &served.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    assert!(served.wait().unwrap().success(), "it ends by itself and in order");
}
