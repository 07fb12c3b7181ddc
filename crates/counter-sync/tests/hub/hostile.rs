//! What is forged, replayed, stolen or too large is refused, with the right word.

use bytes::Bytes;
use counter_store::{Delivery, EntropySource};
use counter_sync::{EnrolError, enrol};
use ed25519_dalek::SigningKey;
use hub_api::{
    cbor,
    protocol::{FEED_PATH, MAX_PUSH_BODY, PROTOCOL, PROTOCOL_HEADER, PUSH_PATH},
    push::PushAnswer,
    receipt::Receipt,
    refused::{RefusedCode, RefusedRequest},
    request_signature::{RequestParts, RequestSignature},
    signed::Signed,
};

use test_support::{
    CounterOffice, HubOffice, NOW, URL,
    network::{Bent, Direct, Told, deliver},
};

fn word(answer: &http::Response<Bytes>) -> RefusedCode {
    let refused: RefusedRequest = cbor::decode(answer.body()).unwrap();
    assert_eq!(answer.status().as_u16(), refused.code.status());
    refused.code
}

#[tokio::test]
async fn a_forged_receipt_delivers_nothing() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let no = office.take_case_in(None);
    let forger = SigningKey::from_bytes(&[66; 32]);
    let hub_key = hub.hub.public_key();
    let forge = |edit: fn(&mut Receipt), key: SigningKey| {
        move |path: &str, body: Bytes| {
            if path != PUSH_PATH {
                return body;
            }
            let PushAnswer::Recorded { receipts } = cbor::decode(&body).unwrap() else {
                return body;
            };
            let mut receipt = receipts[0].open(&hub_key).unwrap();
            edit(&mut receipt);
            cbor::encode(&PushAnswer::Recorded {
                receipts: vec![Signed::seal(&receipt, &key)],
            })
            .into()
        }
    };
    let by_forger = Bent(hub.router(), forge(|_| {}, forger));
    assert_eq!(office.sync(&by_forger).await.unwrap_err().code(), "bad_receipt");
    let hub_signed = hub.hub.key().clone();
    let for_another = Bent(
        hub.router(),
        forge(|receipt| receipt.counter.0 = "W04".into(), hub_signed.clone()),
    );
    assert_eq!(office.sync(&for_another).await.unwrap_err().code(), "bad_receipt");
    let of_another_change = Bent(
        hub.router(),
        forge(|receipt| receipt.hash.0[0] ^= 1, hub_signed.clone()),
    );
    assert_eq!(office.sync(&of_another_change).await.unwrap_err().code(), "bad_receipt");
    let too_short = Bent(hub.router(), forge(|receipt| receipt.from = 2, hub_signed));
    assert_eq!(office.sync(&too_short).await.unwrap_err().code(), "bad_answer");
    assert_eq!(office.delivery(&no), Delivery::Saved);

    office.sync(&Direct(hub.router())).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
}

#[tokio::test]
async fn a_page_of_the_feed_that_was_touched_changes_nothing() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    office.take_case_in(None);
    let touched = Bent(hub.router(), |path: &str, body: Bytes| {
        let mut bytes = body.to_vec();
        if path == FEED_PATH {
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
        }
        bytes.into()
    });
    assert_eq!(office.sync(&touched).await.unwrap_err().code(), "bad_feed");
    office.sync(&Direct(hub.router())).await.unwrap();
}

#[tokio::test]
async fn an_enrolment_code_works_once_for_one_counter_and_one_hub() {
    let (hub, other_hub) = (HubOffice::new().await, HubOffice::new().await);
    let (office, thief) = (CounterOffice::new("W03"), CounterOffice::new("W03"));
    let network = Direct(hub.router());
    let code = hub.code_for("W03").await;
    let try_with = async |office: &CounterOffice, network: &Direct, code: &str| {
        enrol(office.store(), network, &office.clock, URL, code)
            .await
            .map(|_| ())
            .map_err(|error: EnrolError| error.code())
    };
    assert_eq!(
        try_with(&CounterOffice::new("W04"), &network, &code).await,
        Err("wrong_counter")
    );
    assert_eq!(try_with(&office, &network, &code).await, Ok(()));
    assert_eq!(
        try_with(&office, &network, &code).await,
        Ok(()),
        "a lost answer is no loss"
    );
    assert_eq!(try_with(&thief, &network, &code).await, Err("code_used"));
    assert_eq!(try_with(&thief, &network, "ABCDE").await, Err("code_form"));
    let mistyped = if code.starts_with('2') {
        code.replacen('2', "3", 1)
    } else {
        format!("2{}", &code[1..])
    };
    assert_eq!(try_with(&thief, &network, &mistyped).await, Err("code_mistyped"));

    // Another hub that puts itself in the way does not know the code, and could not answer for it.
    let code = hub.code_for("W03").await;
    assert_eq!(
        try_with(&thief, &Direct(other_hub.router()), &code).await,
        Err("code_unknown")
    );
    hub.clock.move_by_days(4);
    assert_eq!(try_with(&thief, &network, &code).await, Err("code_expired"));
}

#[tokio::test]
async fn a_replayed_a_stolen_and_an_oversized_request_are_told_apart() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let router = hub.router();
    let network = Told::new(router.clone(), []);
    office.enrol_with(&hub, &network).await;
    office.take_case_in(None);
    office.sync(&network).await.unwrap();

    let push = network.request(PUSH_PATH);
    assert_eq!(word(&deliver(&router, push.clone()).await), RefusedCode::Replayed);

    let mut touched = push.clone();
    *touched.body_mut() = Bytes::from_static(b"\xa0");
    assert_eq!(word(&deliver(&router, touched).await), RefusedCode::BadSignature);

    let mut unsigned = push.clone();
    unsigned.headers_mut().remove("credit-signature");
    assert_eq!(word(&deliver(&router, unsigned).await), RefusedCode::Malformed);

    let mut newer = push.clone();
    newer.headers_mut().insert(PROTOCOL_HEADER, (PROTOCOL + 1).into());
    assert_eq!(word(&deliver(&router, newer).await), RefusedCode::UnsupportedProtocol);

    let mut huge = push.clone();
    *huge.body_mut() = Bytes::from(vec![0; MAX_PUSH_BODY + 1]);
    assert_eq!(word(&deliver(&router, huge).await), RefusedCode::TooLarge);

    // A key nobody enrolled, and another counter's key over this counter's batch.
    let stranger = SigningKey::from_bytes(&[77; 32]);
    let body = push.body().clone();
    let incarnation = office.store().identity().incarnation;
    let signed_by = |key: &SigningKey, nonce: u8| {
        let parts = RequestParts {
            method: "POST",
            path_and_query: PUSH_PATH,
            body: &body,
        };
        let signature = RequestSignature::sign(parts, key, incarnation, NOW, [nonce; 16]);
        let mut request = http::Request::post(format!("{URL}{PUSH_PATH}"));
        for (name, value) in signature.headers() {
            request = request.header(name, value);
        }
        request.body(body.clone()).unwrap()
    };
    assert_eq!(
        word(&deliver(&router, signed_by(&stranger, 1)).await),
        RefusedCode::UnknownKey
    );
    let other = CounterOffice::new("W04");
    other.enrol_with(&hub, &network).await;
    let seed = other.store().read(|tx| tx.signing_seed()).unwrap();
    let theirs = SigningKey::from_bytes(&seed);
    assert_eq!(
        word(&deliver(&router, signed_by(&theirs, 2)).await),
        RefusedCode::WrongCounter
    );

    hub.clock.move_by_days(500);
    assert_eq!(
        word(&deliver(&router, signed_by(&theirs, 3)).await),
        RefusedCode::KeyExpired
    );
    let nowhere = http::Request::get(format!("{URL}/v1/../etc/passwd"))
        .body(Bytes::new())
        .unwrap();
    assert_eq!(word(&deliver(&router, nowhere).await), RefusedCode::NotFound);
}

#[tokio::test]
async fn a_name_full_of_quotes_and_dots_is_only_a_name() {
    let hub = HubOffice::new().await;
    for (site, counter) in [
        ("440104", "W03'; DROP TABLE change;--"),
        ("../../x", "W03"),
        ("440104", "HUB"),
        ("", ""),
    ] {
        assert!(
            hub_server::enrolment::print_code(&hub.hub, site, counter)
                .await
                .is_err(),
            "{site} {counter}"
        );
    }
    let office = CounterOffice::with_entropy("W03", EntropySource::system());
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let hostile = "'; DROP TABLE change; -- ../../etc";
    assert!(
        hub.decide(hostile, hub_server::authority_act::Outcome::Repaired)
            .await
            .is_err()
    );
    office.sync(&network).await.unwrap();
}
