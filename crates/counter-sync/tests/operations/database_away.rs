//! The database goes away under a running hub and comes back.

use std::time::Duration;

use counter_sync::{HttpTransport, sync_once};
use serde_json::Value;
use test_support::{
    HubPlace, delivered,
    postgres::{Cluster, Database, Durability},
};

use crate::{
    raw,
    working::{bound, clock},
};

async fn ready(address: &str) -> (u16, String) {
    let answer = raw::get(address, "/health/ready", &[]).await;
    let said: Value = serde_json::from_slice(&answer.body).unwrap();
    (answer.status, said["status"].as_str().unwrap().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_whose_database_is_away_lives_is_not_ready_and_serves_again_when_it_is_back() {
    let mut cluster = Cluster::start(Durability::Full).unwrap();
    let database = Database::within(&cluster).unwrap();
    let key = tempfile::tempdir().unwrap();
    let place = HubPlace::postgres(key.path(), database.url());
    let hub = place.start();
    let office = bound(&place, &hub, "W03").await;
    assert_eq!(ready(hub.address()).await, (200, "ok".to_owned()));

    cluster.stop();
    let no = office.take_case_in(None);
    let network = HttpTransport::new().unwrap();
    let failed = sync_once(office.store(), &network, &clock()).await.unwrap_err();
    assert_eq!(failed.code(), "busy", "the counter waits and tries again: {failed}");
    assert!(office.unsent() > 0);
    assert_eq!(raw::get(hub.address(), "/health/live", &[]).await.status, 200);
    assert_eq!(ready(hub.address()).await, (503, "store".to_owned()));

    cluster.start_again().unwrap();
    let back = async {
        while ready(hub.address()).await.0 != 200 {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), back)
        .await
        .expect("it is ready again by itself");
    sync_once(office.store(), &network, &clock()).await.unwrap();
    assert_eq!(office.unsent(), 0);
    assert_eq!(office.delivery(&no), counter_store::Delivery::Delivered);
    delivered::is_recorded_whole(&place.open_postgres().await, &office).await;
}
