//! Whoever opens connections and says nothing, or says it a letter at a time, keeps nobody out for long.

use std::time::{Duration, Instant};

use hub_server::{
    connections::{Limits, serve},
    web::{self, Settings},
};
use test_support::{HubOffice, HubPlace};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::oneshot,
};

use crate::raw;

/// A hub with very little patience; it ends when the sender is dropped.
async fn served(connections: u32, head: Duration) -> (String, HubOffice, oneshot::Sender<()>) {
    let hub = HubOffice::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (end, ended) = oneshot::channel();
    let addresses = hub.router().merge(web::router(hub.hub.clone(), Settings::default()));
    tokio::spawn(serve(listener, addresses, Limits { connections, head }, async move {
        let _told = ended.await;
    }));
    (address, hub, end)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_comes_a_letter_at_a_time_is_not_waited_for() {
    let patience = Duration::from_millis(400);
    let (address, _hub, _end) = served(100, patience).await;
    let began = Instant::now();
    let mut slow = TcpStream::connect(&address).await.unwrap();
    let dripping = async {
        let mut heard = [0; 256];
        for letter in b"GET /health HTTP/1.1\r\nhost: hub\r\nx-slow: "
            .iter()
            .chain(std::iter::repeat(&b'a'))
        {
            if slow.write_all(&[*letter]).await.is_err() {
                return;
            }
            let listening = tokio::time::timeout(Duration::from_millis(20), slow.read(&mut heard)).await;
            if let Ok(Ok(0) | Err(_)) = listening {
                return;
            }
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(20), dripping).await;
    waited.expect("the hub lets it go");
    assert!(began.elapsed() >= patience, "and not before its time");
    assert_eq!(raw::get(&address, "/health/live", &[]).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_say_nothing_give_their_places_to_those_that_wait() {
    let patience = Duration::from_millis(500);
    let (address, _hub, _end) = served(4, patience).await;
    let mut idle = Vec::new();
    for _ in 0..40 {
        idle.push(TcpStream::connect(&address).await.unwrap());
    }
    // Behind ten times as many as there are places for.
    let answered = tokio::time::timeout(Duration::from_secs(60), raw::get(&address, "/health/live", &[]));
    let began = Instant::now();
    assert_eq!(answered.await.expect("it has its turn").status, 200);
    assert!(began.elapsed() >= patience, "there was no place at first");
    drop(idle);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_holds_as_many_connections_as_it_was_told_and_the_next_waits_for_a_place() {
    let data = tempfile::tempdir().unwrap();
    let hub = HubPlace::folder(data.path()).with(&["--connections", "2"]).start();
    let mut held = Vec::new();
    for _ in 0..2 {
        let mut stream = TcpStream::connect(hub.address()).await.unwrap();
        stream
            .write_all(b"GET /health/live HTTP/1.1\r\nhost: hub\r\n\r\n")
            .await
            .unwrap();
        let mut heard = [0; 4096];
        assert!(stream.read(&mut heard).await.unwrap() > 0);
        held.push(stream);
    }
    let address = hub.address().to_owned();
    let mut third = tokio::spawn(async move { raw::get(&address, "/health/live", &[]).await.status });
    let too_early = tokio::time::timeout(Duration::from_millis(500), &mut third).await;
    assert!(too_early.is_err(), "both places are taken: {too_early:?}");
    held.pop();
    let answered = tokio::time::timeout(Duration::from_secs(20), third).await;
    assert_eq!(answered.expect("a place is free").unwrap(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_between_two_requests_is_closed_when_the_hub_ends_and_one_in_the_middle_is_answered() {
    let (address, hub, end) = served(10, Duration::from_secs(30)).await;
    let mut between = TcpStream::connect(&address).await.unwrap();
    between
        .write_all(b"GET /health/live HTTP/1.1\r\nhost: hub\r\n\r\n")
        .await
        .unwrap();
    let mut heard = vec![0; 4096];
    let read = between.read(&mut heard).await.unwrap();
    assert!(heard[..read].starts_with(b"HTTP/1.1 200"));
    let mut middle = TcpStream::connect(&address).await.unwrap();
    middle
        .write_all(b"POST /v1/enrol HTTP/1.1\r\nhost: hub\r\ncontent-length: 3\r\n\r\na")
        .await
        .unwrap();
    // The hub has taken both when it has answered a third one.
    raw::get(&address, "/health/live", &[]).await;
    hub.hub.stop();
    drop(end);
    assert_eq!(between.read(&mut heard).await.unwrap(), 0, "closed in order");
    middle.write_all(b"bc").await.unwrap();
    let mut bytes = Vec::new();
    middle.read_to_end(&mut bytes).await.unwrap();
    assert_eq!(
        raw::Answer::read(&bytes).status,
        400,
        "it was read to its end and answered"
    );
    let refused = async { while TcpStream::connect(&address).await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(20), refused)
        .await
        .expect("nothing new is taken");
}
