//! The largest attachment, over a real socket: cut in the middle it goes on from there, and neither end holds it in memory.

use std::io::Read;

use counter_store::Delivery;
use counter_sync::{HttpTransport, enrol, sync_once};
use hub_api::{
    blob::{BlobHash, BlobRef},
    protocol::{MAX_BLOB_BYTES, MAX_BLOB_RANGE},
};
use hub_server::store::{BlobStore, HubStore};
use test_support::{CounterOffice, HubOffice, SITE};
use tokio::net::TcpListener;

/// Both ends in one process may hold so much of it: some ranges on their way, and what SQLite keeps of pages.
const HELD_BYTES: u64 = 64 * 1024 * 1024;

/// A scan that no compression makes smaller.
struct Noise {
    state: u64,
}

impl Read for Noise {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        for word in buffer.chunks_mut(8) {
            // xorshift64: all that is asked of it is to be different everywhere.
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            word.copy_from_slice(&self.state.to_le_bytes()[..word.len()]);
        }
        Ok(buffer.len())
    }
}

/// The most memory this process ever had, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_megabytes_survive_a_cut_and_are_never_held_whole() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(axum::serve(listener, hub.router()).into_future());
    let transport = HttpTransport::new().unwrap();
    let code = hub.code_for("W03").await;
    enrol(office.store(), &transport, &office.clock, &url, &code)
        .await
        .unwrap();

    let before = peak();
    let scan = office
        .store()
        .attachments()
        .put_reader(
            "scan.pdf",
            "application/pdf",
            Noise { state: 88_172 }.take(MAX_BLOB_BYTES),
            MAX_BLOB_BYTES,
        )
        .unwrap();
    let no = office.take_case_in(Some(&scan));
    let blob = BlobRef {
        sha256: BlobHash::from_hex(&scan.sha256).unwrap(),
        length: scan.length,
    };
    let received = async || {
        let mut transaction = hub.hub.store.begin_read().await.unwrap();
        transaction
            .blob(SITE, blob)
            .await
            .unwrap()
            .map_or(0, |row| row.received)
    };

    // The line is cut in the middle of whatever goes over it then.
    let cut = async {
        while received().await < MAX_BLOB_BYTES / 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answered = sync_once(office.store(), &transport, &office.clock) => panic!("it was not cut: {answered:?}"),
        () = cut => {}
    }
    let reached = received().await;
    assert!((MAX_BLOB_BYTES / 2..MAX_BLOB_BYTES).contains(&reached));
    assert_eq!(reached % MAX_BLOB_RANGE as u64, 0);

    sync_once(office.store(), &transport, &office.clock).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    assert_eq!(received().await, MAX_BLOB_BYTES);
    let held = peak().saturating_sub(before);
    assert!(held < HELD_BYTES, "{held} bytes more than before");
    server.abort();
}
