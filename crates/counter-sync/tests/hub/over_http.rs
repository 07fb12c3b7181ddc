//! The real client against a real hub: in this process over a socket, and as the built program where it stands beside the test.

use std::time::Duration;

use counter_core::case::CaseState;
use counter_store::Delivery;
use counter_sync::{Clock, HttpTransport, Running, SyncState, enrol, run, sync_once};
use hub_server::authority_act::Outcome;
use jiff::Timestamp;
use tokio::net::TcpListener;

use test_support::{CounterOffice, HubOffice, HubPlace};

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

#[tokio::test(flavor = "multi_thread")]
async fn the_built_hub_binds_records_decides_and_stops_when_told() {
    let data = tempfile::tempdir().unwrap();
    let place = HubPlace::folder(data.path());
    let mut served = place.start();

    let code = place.code_for("W03");
    let office = CounterOffice::new("W03");
    let clock = Clock::new(|| Timestamp::now().as_millisecond());
    let transport = HttpTransport::new().unwrap();
    enrol(office.store(), &transport, &clock, &served.url, &code)
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
    let refused = place.run(&decide);
    assert_eq!(refused.status, 3, "the case is not there yet");
    assert_eq!(refused.json()["error"]["code"], "not_found");

    office.submit(&no);
    sync_once(office.store(), &transport, &clock).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    assert_eq!(place.run(&decide).status, 0);
    assert_eq!(sync_once(office.store(), &transport, &clock).await.unwrap().pulled, 1);
    assert_eq!(office.case(&no).state, CaseState::Decided);
    assert_eq!(
        place
            .run(&["decide", &no, "--outcome", "nonsense", "--reason", "x"])
            .status,
        2
    );
    assert_eq!(place.run(&["enrol", "--site", "44", "--counter", "W03"]).status, 2);

    served.tell_to_stop();
    assert!(served.ended().success(), "it ends by itself and in order");
}
