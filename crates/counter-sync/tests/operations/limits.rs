//! How much may be sent, and how fast one may ask: on the built program.

use counter_sync::{HttpTransport, sync_once};
use hub_api::{
    cbor,
    protocol::{KEY_HEADER, MAX_SMALL_BODY},
    refused::{RefusedCode, RefusedRequest},
};
use test_support::HubPlace;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    raw::{self, Answer},
    working::{bound, clock},
};

fn code_of(answer: &Answer) -> RefusedCode {
    let refused: RefusedRequest = cbor::decode(&answer.body).unwrap();
    refused.code
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_asks_without_a_pause_is_told_to_wait_and_others_are_not() {
    let data = tempfile::tempdir().unwrap();
    let place = HubPlace::folder(data.path());
    let hub = place.start();
    let office = bound(&place, &hub, "W03").await;

    // One connection, so that nothing but the hub sets the pace.
    let mut stream = TcpStream::connect(hub.address()).await.unwrap();
    let request = format!("GET /v1/feed HTTP/1.1\r\nhost: hub\r\n{KEY_HEADER}: 00112233445566aa\r\n\r\n");
    let requests = 1500;
    let all = request.repeat(requests);
    let (mut reading, mut writing) = stream.split();
    let asking = async { writing.write_all(all.as_bytes()).await.unwrap() };
    let hearing = async {
        let (mut heard, mut statuses) = (Vec::new(), (0, 0));
        let mut part = vec![0; 64 * 1024];
        while statuses.0 + statuses.1 < requests {
            let read = reading.read(&mut part).await.unwrap();
            assert!(read > 0, "the hub goes on answering");
            heard.extend_from_slice(&part[..read]);
            statuses = (count(&heard, b"HTTP/1.1 400"), count(&heard, b"HTTP/1.1 503"));
        }
        statuses
    };
    let ((), (looked_at, told_to_wait)) = tokio::join!(asking, hearing);
    assert!(looked_at >= 500, "so many at once are nobody's fault: {looked_at}");
    assert!(told_to_wait > 0, "of {requests} without a pause some are too many");

    // Another key is served at once.
    office.take_case_in(None);
    sync_once(office.store(), &HttpTransport::new().unwrap(), &clock())
        .await
        .unwrap();
    assert_eq!(office.unsent(), 0);
}

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|window| *window == part).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_over_its_limit_is_too_large_and_one_at_its_limit_is_read() {
    let data = tempfile::tempdir().unwrap();
    let hub = HubPlace::folder(data.path()).start();
    for (bytes, code) in [
        (MAX_SMALL_BODY, RefusedCode::Malformed),
        (MAX_SMALL_BODY + 1, RefusedCode::TooLarge),
        (64 * MAX_SMALL_BODY, RefusedCode::TooLarge),
    ] {
        let mut request =
            format!("POST /v1/enrol HTTP/1.1\r\nhost: hub\r\nconnection: close\r\ncontent-length: {bytes}\r\n\r\n")
                .into_bytes();
        request.resize(request.len() + bytes, 0);
        let answer = raw::send(hub.address(), &request).await;
        assert_eq!(code_of(&answer), code, "{bytes} bytes");
    }
    let long = "a".repeat(1 << 20);
    let answer = raw::get(hub.address(), "/health/live", &[&format!("x-long: {long}")]).await;
    assert_eq!(answer.status, 431, "a head has a limit too");
    // A form of the pages has one as well, before anybody has signed in.
    let form = "a=".to_owned() + &"b".repeat(100_000);
    let request = format!(
        "POST /sign-in HTTP/1.1\r\nhost: hub\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         cookie: hub-before=x\r\ncontent-length: {}\r\n\r\n{form}",
        form.len()
    );
    assert_eq!(raw::send(hub.address(), request.as_bytes()).await.status, 403);
}
