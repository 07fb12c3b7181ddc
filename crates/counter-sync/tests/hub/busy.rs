//! A hub that has no time says when to come again, and is left alone until then.

use bytes::Bytes;
use counter_sync::{Running, SyncState, Transport, TransportError, run};
use hub_api::{
    cbor,
    refused::{RefusedCode, RefusedRequest},
};
use test_support::{CounterOffice, HubOffice, NOW, network::Direct};

/// A hub that sends everybody away for a while.
struct Busy(&'static str);

impl Transport for Busy {
    async fn send(&self, _request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let refused = RefusedRequest {
            code: RefusedCode::Busy,
            message: "too many requests".into(),
            hub_now: NOW,
        };
        let answer = http::Response::builder()
            .status(refused.code.status())
            .header(http::header::RETRY_AFTER, self.0);
        Ok(answer.body(Bytes::from(cbor::encode(&refused))).unwrap())
    }
}

#[tokio::test]
async fn the_loop_waits_as_long_as_a_busy_hub_asks_and_not_for_ever() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    // What the hub asks for, and between which pauses, in ms, the counter comes again: its own first one is 2 s.
    for (asked, from, to) in [
        ("90", 90_000, 91_001),
        ("1", 1_000, 2_001),
        ("86400", 300_000, 301_001),
        ("Sun, 29 Nov 2026 00:00:00 GMT", 1_000, 2_001),
    ] {
        let running = Running::default();
        let mut status = running.status();
        let loop_on = tokio::spawn(run(
            office.store().clone(),
            Busy(asked),
            office.clock.clone(),
            running.clone(),
        ));
        let shown = status
            .wait_for(|status| status.next_try_at.is_some())
            .await
            .unwrap()
            .clone();
        loop_on.abort();
        assert_eq!((shown.state, shown.code.as_deref()), (SyncState::Offline, Some("busy")));
        let pause = shown.next_try_at.unwrap() - office.clock.now();
        assert!((from..to).contains(&pause), "{asked}: {pause}");
    }
}
