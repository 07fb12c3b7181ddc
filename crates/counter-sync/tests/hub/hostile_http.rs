//! What comes over a socket from somebody who does not keep to the rules, at either end.

use std::{net::SocketAddr, time::Duration};

use counter_core::{
    account::{AccountChange, Role},
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{Delivery, RecordError, StoreError};
use counter_sync::{HttpTransport, enrol};
use test_support::{
    CounterOffice, HubOffice,
    network::{Direct, Impatient},
    work,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

async fn served(hub: &HubOffice) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(axum::serve(listener, hub.router()).into_future());
    address
}

/// Sends `request` as it stands and reads what comes until the other end closes or has said enough.
async fn say(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_header_or_a_path_full_of_tricks_comes_back_in_no_answer() {
    let hub = HubOffice::new().await;
    let address = served(&hub).await;
    for path in [
        "/v1/blobs/%0d%0aset-cookie:%20a=b",
        "/v1/feed?after=%0d%0aset-cookie:%20a=b",
        "/v1/blobs/..%2f..%2fetc%2fpasswd?offset=0&length=1",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/v1/trust?site=440104'%20OR%20'1'='1",
    ] {
        for method in ["GET", "PUT", "POST"] {
            let answer = say(
                address,
                &format!("{method} {path} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"),
            )
            .await;
            let (head, _) = answer.split_once("\r\n\r\n").unwrap();
            assert!(head.starts_with("HTTP/1.1 4"), "{method} {path}: {head}");
            assert!(!head.to_lowercase().contains("set-cookie"), "{method} {path}: {head}");
            assert!(!answer.contains("root:"), "{method} {path}");
        }
    }
    let two_lengths = "POST /v1/push HTTP/1.1\r\nhost: hub\r\nconnection: close\r\ncontent-length: 5\r\n\
                       transfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nhost: hub\r\n\r\n";
    let answer = say(address, two_lengths).await;
    assert!(
        !answer.contains("200 OK"),
        "nothing is smuggled behind another request: {answer}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_that_never_end_keep_no_honest_counter_waiting() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let address = served(&hub).await;
    let mut lingering = Vec::new();
    for _ in 0..60 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = "POST /v1/enrol HTTP/1.1\r\nhost: hub\r\ncontent-length: 60000\r\n\r\na";
        stream.write_all(request.as_bytes()).await.unwrap();
        lingering.push(stream);
    }
    let network = Impatient(HttpTransport::new().unwrap(), Duration::from_secs(20));
    let url = format!("http://{address}");
    enrol(
        office.store(),
        &network,
        &office.clock,
        &url,
        &hub.code_for("W03").await,
    )
    .await
    .unwrap();
    let no = office.take_case_in(None);
    office.sync(&network).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    drop(lingering);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_ends_is_cut_off_and_nothing_is_believed() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut asked = [0; 16 * 1024];
                // Something of the request has to be there before an answer is one.
                let _ = stream.read(&mut asked).await;
                let head = b"HTTP/1.1 200 OK\r\ncontent-type: application/cbor\r\n\r\n";
                let filler = [0xa0; 64 * 1024];
                let mut sent = stream.write_all(head).await;
                while sent.is_ok() {
                    sent = stream.write_all(&filler).await;
                }
            });
        }
    });
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let no = office.take_case_in(None);
    let url = format!("http://{address}");
    office.move_hub_to(&url);
    let network = Impatient(HttpTransport::new().unwrap(), Duration::from_secs(20));
    let failed = office.sync(&network).await.unwrap_err();
    assert_eq!(failed.code(), "hub_unreachable", "{failed}");
    assert!(failed.to_string().contains("longer than allowed"), "{failed}");
    assert_eq!(office.delivery(&no), Delivery::Saved);
}

#[tokio::test]
async fn names_full_of_quotes_dots_and_controls_are_names_at_both_ends() {
    let hub = HubOffice::new().await;
    let network = Direct(hub.router());
    let (office, other) = (CounterOffice::new("W03"), CounterOffice::new("W04"));
    for office in [&office, &other] {
        office.enrol_with(&hub, &network).await;
    }
    let names = [
        "'; DROP TABLE change; --",
        "../../../etc/passwd",
        "a\r\nset-cookie: b=c",
        "名\u{0}字\u{202e}",
        "%00%2e%2e",
    ];
    let mut cases = Vec::new();
    for name in names {
        let body = AccountChange::Created {
            display_name: name.into(),
            roles: vec![Role::Clerk],
        };
        office
            .store()
            .write::<_, RecordError>(|tx| {
                tx.record(
                    &work::act(),
                    Lane::new(LaneKind::Account, name),
                    ChangeBody::Account(body),
                )
                .map(|_| ())
            })
            .unwrap();
        let scan = office.store().attachments().put(name, name, name.as_bytes()).unwrap();
        cases.push((office.take_case_in(Some(&scan)), scan));
    }
    office.sync(&network).await.unwrap();
    assert_eq!(office.unsent(), 0);
    other.sync(&network).await.unwrap();
    for (no, scan) in cases {
        assert_eq!(office.delivery(&no), Delivery::Delivered, "{}", scan.name);
        let lane = Lane::new(LaneKind::Case, &no);
        let read = |office: &CounterOffice| office.store().read::<_, StoreError>(|tx| tx.lane(&lane)).unwrap();
        assert_eq!(read(&office), read(&other), "{}", scan.name);
    }
    assert!(office.store().check().unwrap().ok && other.store().check().unwrap().ok);
    assert_eq!(hub.recorded_to(&office.store().identity()).await, office.own_changes());
}
