//! A long outbox goes packed where the hub unpacks, and as it is where it does not; nothing packed is trusted.

use std::sync::Mutex;

use axum::Router;
use bytes::Bytes;
use counter_sync::{Transport, TransportError};
use ed25519_dalek::SigningKey;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use hub_api::{
    cbor,
    packing::{PACKING, pack},
    protocol::{MAX_PUSH_BODY, PUSH_PATH},
    refused::{RefusedCode, RefusedRequest},
    request_signature::{RequestParts, RequestSignature},
};

use test_support::{
    CounterOffice, HubOffice, NOW, URL,
    network::{Told, deliver},
};

/// More changes than go before the hub is known to unpack.
fn work_a_morning(office: &CounterOffice) {
    for _ in 0..30 {
        office.take_case_in(None);
    }
}

#[tokio::test]
async fn a_long_outbox_goes_packed_as_soon_as_the_hub_says_that_it_unpacks() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Told::new(hub.router(), []);
    office.enrol_with(&hub, &network).await;
    work_a_morning(&office);
    let made = office.own_changes();
    office.sync(&network).await.unwrap();
    assert_eq!(office.unsent(), 0);
    assert!(made > 100, "{made}");

    let seen = network.seen.lock().unwrap();
    let bodies: Vec<_> = seen
        .iter()
        .filter(|(request, _)| request.uri().path() == PUSH_PATH)
        .map(|(request, _)| (request.headers().get(CONTENT_ENCODING).is_some(), request.body().len()))
        .collect();
    assert!(!bodies[0].0, "nothing was known of the hub yet");
    assert!(
        bodies.len() > 1 && bodies[1..].iter().all(|(packed, _)| *packed),
        "{bodies:?}"
    );
    assert!(
        bodies[1].1 * 3 < bodies[0].1,
        "as many changes, a third of the bytes: {bodies:?}"
    );
}

/// A hub of before packing: it never says that it unpacks.
struct Old(Router, Mutex<u32>);

impl Transport for Old {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        *self.1.lock().unwrap() += u32::from(request.headers().contains_key(CONTENT_ENCODING));
        let mut answer = deliver(&self.0, request).await;
        answer.headers_mut().remove(ACCEPT_ENCODING);
        Ok(answer)
    }
}

#[tokio::test]
async fn an_older_hub_is_sent_everything_as_it_is() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Old(hub.router(), Mutex::new(0));
    office.enrol_with(&hub, &network).await;
    work_a_morning(&office);
    office.sync(&network).await.unwrap();
    assert_eq!((office.unsent(), *network.1.lock().unwrap()), (0, 0));
}

#[tokio::test]
async fn what_is_packed_wrongly_is_refused_with_the_right_word_and_records_nothing() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Told::new(hub.router(), []);
    office.enrol_with(&hub, &network).await;
    office.take_case_in(None);
    let key = SigningKey::from_bytes(&office.store().read(|tx| tx.signing_seed()).unwrap());
    let life = office.store().identity().incarnation;
    let mut nonce = 0;
    let mut send = |body: Vec<u8>, packing: Option<&str>| {
        nonce += 1;
        let parts = RequestParts {
            method: "POST",
            path_and_query: PUSH_PATH,
            body: &body,
        };
        let signature = RequestSignature::sign(parts, &key, life, NOW, [nonce; 16]);
        let mut request = http::Request::post(format!("{URL}{PUSH_PATH}"));
        for (name, value) in signature.headers() {
            request = request.header(name, value);
        }
        if let Some(packing) = packing {
            request = request.header(CONTENT_ENCODING, packing);
        }
        let (router, request) = (hub.router(), request.body(Bytes::from(body)).unwrap());
        async move {
            let answer = deliver(&router, request).await;
            cbor::decode::<RefusedRequest>(answer.body()).unwrap().code
        }
    };
    let bomb = pack(&vec![0; MAX_PUSH_BODY + 1]);
    assert!(bomb.len() < 20_000, "{}", bomb.len());
    assert_eq!(send(bomb, Some(PACKING)).await, RefusedCode::TooLarge);
    assert_eq!(
        send(b"\0\0\0\x09no stream".to_vec(), Some(PACKING)).await,
        RefusedCode::Malformed
    );
    let packed = pack(b"\xa0");
    assert_eq!(send(packed.clone(), Some("gzip")).await, RefusedCode::Malformed);
    assert_eq!(
        send(packed, None).await,
        RefusedCode::Malformed,
        "packed, and it does not say so"
    );
    office.sync(&network).await.unwrap();
    assert_eq!(office.unsent(), 0);
}
