//! Counter and hub one version apart go on together; further apart, nothing is lost and the word is said.

use std::sync::Mutex;

use axum::Router;
use bytes::Bytes;
use counter_core::case::CaseState;
use counter_store::Delivery;
use counter_sync::{EnrolError, Running, SyncError, SyncState, Transport, TransportError, enrol, run};
use ed25519_dalek::SigningKey;
use hub_api::{
    cbor,
    enrolment::{EnrolmentClaim, EnrolmentRequest},
    protocol::{
        BLOB_PATH, CHUNKS_PATH, DATASETS_PATH, ENROL_PATH, FEED_PATH, HAND_BACK_PATH, PROTOCOL, PROTOCOL_HEADER,
        PROTOCOLS, RENEW_PATH,
    },
    refused::{RefusedCode, RefusedRequest},
    request_signature::{RequestParts, RequestSignature},
};
use test_support::{
    CounterOffice, HubOffice, NOW, URL,
    network::{Direct, deliver},
};

/// A hub that speaks one version only: requests in any other are refused, and the addresses in `unknown` are not known.
/// What it serves is served by a hub of this version, so the counter's older words meet it as well.
struct SpeaksOnly {
    hub: Router,
    version: u16,
    unknown: &'static [&'static str],
    heard: Mutex<Vec<(u16, String)>>,
}

impl SpeaksOnly {
    fn new(hub: Router, version: u16, unknown: &'static [&'static str]) -> Self {
        Self {
            hub,
            version,
            unknown,
            heard: Mutex::default(),
        }
    }

    fn version_of(request: &http::Request<Bytes>) -> u16 {
        if request.uri().path() == ENROL_PATH {
            let request: EnrolmentRequest = cbor::decode(request.body()).unwrap();
            return cbor::decode::<EnrolmentClaim>(&request.claim).unwrap().protocol;
        }
        request.headers()[PROTOCOL_HEADER].to_str().unwrap().parse().unwrap()
    }
}

impl Transport for SpeaksOnly {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let (version, path) = (Self::version_of(&request), request.uri().path().to_owned());
        self.heard.lock().unwrap().push((version, path.clone()));
        let is_blob_back = request.method() == http::Method::GET && path.starts_with(BLOB_PATH);
        if version != self.version {
            Ok(refused(RefusedCode::UnsupportedProtocol))
        } else if is_blob_back || self.unknown.contains(&path.as_str()) {
            Ok(refused(RefusedCode::NotFound))
        } else {
            let mut answer = deliver(&self.hub, request).await;
            answer.headers_mut().remove(http::header::ACCEPT_ENCODING);
            Ok(answer)
        }
    }
}

fn refused(code: RefusedCode) -> http::Response<Bytes> {
    let body = RefusedRequest {
        code,
        message: String::new(),
        hub_now: NOW,
    };
    let mut answer = http::Response::new(Bytes::from(cbor::encode(&body)));
    *answer.status_mut() = http::StatusCode::from_u16(code.status()).unwrap();
    answer
}

const ADDED_LATER: &[&str] = &[RENEW_PATH, HAND_BACK_PATH, DATASETS_PATH, CHUNKS_PATH];

#[tokio::test]
async fn with_a_hub_of_the_version_before_a_counter_speaks_that_and_everything_is_delivered() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = SpeaksOnly::new(hub.router(), PROTOCOL - 1, ADDED_LATER);
    let code = hub.code_for("W03").await;
    enrol(office.store(), &network, &office.clock, URL, &code)
        .await
        .unwrap();
    // Soon the delegation has to be renewed, which this hub does not know yet.
    office.now.move_by_days(360);
    hub.clock.move_by_days(360);

    let scan = office
        .store()
        .attachments()
        .put("承诺书.pdf", "application/pdf", &[7; 5000])
        .unwrap();
    let no = office.take_case_in(Some(&scan));
    office.submit(&no);
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (6, 0));
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    assert_eq!(office.case(&no).state, CaseState::Submitted);

    let heard = network.heard.lock().unwrap();
    let first: Vec<u16> = heard.iter().take(2).map(|(version, _)| *version).collect();
    assert_eq!(first, [PROTOCOL, PROTOCOL - 1], "the code is tried in both");
    let refused = heard.iter().filter(|(version, _)| *version == PROTOCOL).count();
    assert_eq!(refused, 2, "once for the code and once for the round: {heard:?}");
    for asked in [RENEW_PATH, DATASETS_PATH, FEED_PATH] {
        assert!(heard.iter().any(|(_, path)| path == asked), "{asked}: {heard:?}");
    }
}

#[tokio::test]
async fn outside_of_the_window_nothing_is_lost_and_the_counter_asks_for_an_update() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let newer = SpeaksOnly::new(hub.router(), PROTOCOL + 1, &[]);
    let code = hub.code_for("W03").await;
    let unbound = enrol(office.store(), &newer, &office.clock, URL, &code)
        .await
        .unwrap_err();
    assert!(matches!(
        unbound,
        EnrolError::Sync(SyncError::Refused {
            code: RefusedCode::UnsupportedProtocol,
            ..
        })
    ));
    enrol(office.store(), &Direct(hub.router()), &office.clock, URL, &code)
        .await
        .unwrap();
    let no = office.take_case_in(None);

    let running = Running::default();
    let mut status = running.status();
    let loop_on = tokio::spawn(run(office.store().clone(), newer, office.clock.clone(), running));
    let shown = status
        .wait_for(|status| status.state == SyncState::NeedsAttention)
        .await
        .unwrap()
        .clone();
    assert_eq!(shown.code.as_deref(), Some("unsupported_protocol"));
    loop_on.abort();
    assert_eq!((office.delivery(&no), office.unsent()), (Delivery::Saved, 5));

    // Once the program was updated, what had been saved goes by itself.
    office.sync(&Direct(hub.router())).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
}

#[tokio::test]
async fn a_hub_takes_the_versions_of_its_window_and_no_other() {
    assert_eq!(PROTOCOLS, PROTOCOL - 1..=PROTOCOL);
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let key = SigningKey::from_bytes(&office.store().read(|tx| tx.signing_seed()).unwrap());
    let life = office.store().identity().incarnation;
    for (version, spoken) in [
        (PROTOCOL - 2, false),
        (PROTOCOL - 1, true),
        (PROTOCOL, true),
        (PROTOCOL + 1, false),
    ] {
        let parts = RequestParts {
            method: "GET",
            path_and_query: DATASETS_PATH,
            body: b"",
        };
        let nonce = [u8::try_from(version).unwrap(); 16];
        let signature = RequestSignature::sign_in(version, parts, &key, life, NOW, nonce);
        let mut request = http::Request::get(format!("{URL}{DATASETS_PATH}"));
        for (name, value) in signature.headers() {
            request = request.header(name, value);
        }
        let answer = deliver(&hub.router(), request.body(Bytes::new()).unwrap()).await;
        if spoken {
            assert!(answer.status().is_success(), "{version}: {}", answer.status());
        } else {
            let refused: RefusedRequest = cbor::decode(answer.body()).unwrap();
            assert_eq!(refused.code, RefusedCode::UnsupportedProtocol, "{version}");
        }
    }
}
