//! SIGTERM to the built program while one request is held open and another is half sent.

use std::time::Duration;

use bytes::Bytes;
use counter_sync::{HttpTransport, Transport, TransportError, sync_once};
use hub_api::protocol::{FEED_PATH, PUSH_PATH};
use jiff::Timestamp;
use test_support::{CounterOffice, HubPlace, delivered};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::Notify,
};

use crate::{
    raw::{self, Answer},
    working::{bound, clock},
};

/// Sends everything as usual, but a push only half until it is told to go on.
struct HalfSent<'a> {
    network: HttpTransport,
    address: &'a str,
    is_half_sent: &'a Notify,
    go_on: &'a Notify,
}

impl Transport for HalfSent<'_> {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        if request.uri().path() != PUSH_PATH {
            return self.network.send(request).await;
        }
        let (parts, body) = request.into_parts();
        let mut head = format!(
            "POST {PUSH_PATH} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        for (name, value) in &parts.headers {
            head.push_str(&format!("{name}: {}\r\n", value.to_str().unwrap()));
        }
        head.push_str("\r\n");
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body[..body.len() / 2]).await.unwrap();
        self.is_half_sent.notify_one();
        self.go_on.notified().await;
        stream.write_all(&body[body.len() / 2..]).await.unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        let answer = Answer::read(&bytes);
        let mut response = http::Response::new(Bytes::from(answer.body));
        *response.status_mut() = http::StatusCode::from_u16(answer.status).unwrap();
        Ok(response)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_told_to_stop_lets_readers_go_answers_the_push_that_runs_and_ends_in_order() {
    let data = tempfile::tempdir().unwrap();
    let place = HubPlace::folder(data.path());
    let mut hub = place.start();
    let office = bound(&place, &hub, "W03").await;
    let reader = bound(&place, &hub, "W04").await;
    sync_once(reader.store(), &HttpTransport::new().unwrap(), &clock())
        .await
        .unwrap();
    office.take_case_in(None);

    let address = hub.address().to_owned();
    let (is_half_sent, go_on) = (Notify::new(), Notify::new());
    let half_sent = HalfSent {
        network: HttpTransport::new().unwrap(),
        address: &address,
        is_half_sent: &is_half_sent,
        go_on: &go_on,
    };
    let clock = clock();
    let pushing = sync_once(office.store(), &half_sent, &clock);
    let stopping = async {
        is_half_sent.notified().await;
        let mut held = held_open(&address, &reader).await;
        hub.tell_to_stop();
        let began = std::time::Instant::now();
        let mut bytes = Vec::new();
        held.read_to_end(&mut bytes).await.unwrap();
        assert_eq!(Answer::read(&bytes).status, 200, "the reader gets its empty page");
        assert!(began.elapsed() < Duration::from_secs(20), "long before its time");
        let refused = async { while TcpStream::connect(&address).await.is_ok() {} };
        tokio::time::timeout(Duration::from_secs(20), refused)
            .await
            .expect("nothing new is taken");
        go_on.notify_one();
    };
    let (pushed, ()) = tokio::join!(pushing, stopping);
    // The push was answered; what comes after it in the round finds nobody.
    assert!(pushed.is_err(), "{pushed:?}");
    assert_eq!(office.unsent(), 0, "the receipt of the push that ran was kept");
    assert!(hub.ended().success());
    let said: Vec<String> = hub
        .log()
        .iter()
        .map(|line| line["fields"]["message"].to_string())
        .collect();
    assert!(said.ends_with(&["\"stopped\"".to_owned()]), "{said:?}");
    delivered::is_recorded_whole(&place.open_sqlite().await, &office).await;
}

/// A request for the feed, which the hub holds since there is nothing new.
async fn held_open(address: &str, reader: &CounterOffice) -> TcpStream {
    let binding = reader
        .store()
        .read::<_, counter_store::StoreError>(counter_store::table::hub_binding::get)
        .unwrap()
        .unwrap();
    let life = hex::encode(binding.hub_incarnation.unwrap());
    // Behind whatever the other counter pushes meanwhile, there is nothing.
    let path = format!("{FEED_PATH}?after={life}.{}&wait=25", binding.cursor);
    let mut request = format!("GET {path} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n");
    for (name, value) in reader.signed_get(&path, Timestamp::now().as_millisecond()) {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str("\r\n");
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    // It is being held when a second one after it has been answered.
    raw::get(address, "/health/ready", &[]).await;
    let mut heard = [0; 1];
    let early = tokio::time::timeout(Duration::from_millis(300), stream.peek(&mut heard)).await;
    assert!(early.is_err(), "nothing is answered yet");
    stream
}
