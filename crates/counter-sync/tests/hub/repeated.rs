//! Every request sent two to five times, late and out of order, makes nothing twice.
//!
//! Repeat one run with `SEED=17 cargo nextest run -p counter-sync --test hub repeated`.

use std::collections::BTreeMap;

use counter_core::case::CaseState;
use counter_store::Delivery;
use counter_sync::{HttpTransport, SyncError, Transport, TransportError, enrol};
use hub_api::feed::{FeedEvent, Verdict};
use hub_server::authority_act::Outcome;
use test_support::{
    Chance, CounterOffice, HubOffice, URL,
    network::{Direct, Repeated},
};
use tokio::net::TcpListener;

use crate::certificate::issue;

/// Rounds enough for a request whose every first answer is lost.
const PATIENCE: usize = 40;

#[tokio::test]
async fn two_to_five_of_every_request_make_one_of_everything() {
    for seed in test_support::seeds(12) {
        let hub = HubOffice::new().await;
        let network = Repeated::new(Direct(hub.router()), Chance::new(seed));
        whole_delivery(seed, &hub, &network, URL).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_to_five_of_every_request_make_one_of_everything_over_real_http() {
    for seed in test_support::seeds(4) {
        let hub = HubOffice::new().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = tokio::spawn(axum::serve(listener, hub.router()).into_future());
        let network = Repeated::new(HttpTransport::new().unwrap(), Chance::new(seed));
        whole_delivery(seed, &hub, &network, &url).await;
        server.abort();
    }
}

/// Enrolment, changes, attachments in ranges, a certificate, officers' acts, the feed: the whole of a counter's life.
async fn whole_delivery(seed: u64, hub: &HubOffice, network: &Repeated<impl Transport>, url: &str) {
    let office = CounterOffice::new("W03");
    let code = hub.code_for("W03").await;
    let mut bound = false;
    for _ in 0..PATIENCE {
        bound = enrol(office.store(), network, &office.clock, url, &code).await.is_ok();
        if bound {
            break;
        }
    }
    assert!(bound, "seed {seed}: one code binds, however often it is shown");

    let content: Vec<u8> = (0..2_500_000_u32).map(|index| (index * 7 % 251) as u8).collect();
    let scan = office
        .store()
        .attachments()
        .put("scan.pdf", "application/pdf", &content)
        .unwrap();
    let cases = [office.take_case_in(None), office.take_case_in(Some(&scan))];
    issue(&office, None);
    let more = settled(seed, &office, network).await;
    assert_eq!(more, 0, "seed {seed}");
    for no in &cases {
        office.submit(no);
        settled(seed, &office, network).await;
        hub.decide(no, Outcome::Repaired).await.unwrap();
    }
    network.settle().await;
    settled(seed, &office, network).await;
    network.settle().await;

    for no in &cases {
        assert_eq!(office.case(no).state, CaseState::Decided, "seed {seed}: {no}");
        assert_eq!(office.delivery(no), Delivery::Delivered, "seed {seed}: {no}");
    }
    let identity = office.store().identity();
    assert_eq!(hub.recorded_to(&identity).await, office.own_changes(), "seed {seed}");
    let mut recorded_to = 0;
    let mut verdicts: BTreeMap<_, u32> = BTreeMap::new();
    for event in hub.log().await {
        match event {
            FeedEvent::Recorded { from, to, .. } => {
                assert_eq!(from, recorded_to + 1, "seed {seed}: recorded once, in order");
                recorded_to = to;
            }
            FeedEvent::Judged {
                incarnation,
                seq,
                verdict,
                ..
            } => {
                assert_eq!(verdict, Verdict::Applied, "seed {seed}: change {seq}");
                *verdicts.entry((incarnation, seq)).or_default() += 1;
            }
            FeedEvent::TrustPublished { .. } | FeedEvent::DatasetPublished { .. } | FeedEvent::Unknown => {}
        }
    }
    // A countersignature and an act for each case are the hub's own.
    assert_eq!(
        verdicts.len() as u64,
        office.own_changes() + 3,
        "seed {seed}: nothing is there twice"
    );
    assert!(verdicts.values().all(|times| *times == 1), "seed {seed}: {verdicts:?}");
    assert!(office.store().check().unwrap().ok, "seed {seed}");
}

/// Syncs until a round comes to its end with nothing left to send; returns what is unsent then.
async fn settled(seed: u64, office: &CounterOffice, network: &impl Transport) -> u64 {
    for _ in 0..PATIENCE {
        match office.sync(network).await {
            Ok(_) if office.unsent() == 0 && !blobs_wait(office) => return 0,
            Ok(_) | Err(SyncError::Transport(TransportError::NotSent(_) | TransportError::MaybeSent(_))) => {}
            Err(error) => assert!(error.passes_by_itself(), "seed {seed}: {error}"),
        }
    }
    office.unsent()
}

fn blobs_wait(office: &CounterOffice) -> bool {
    let outbox = office.store().read::<_, counter_store::StoreError>(|tx| tx.outbox());
    outbox.unwrap().blobs > 0
}
