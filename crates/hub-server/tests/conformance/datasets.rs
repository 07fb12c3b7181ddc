//! What a hub promises of reference data, whatever it stands on.

use hub_api::{
    cbor,
    dataset::{ChunkRequest, ChunkRow, DatasetKind, DatasetList, Manifest, SubjectRow, unpack},
    feed::FeedEvent,
};
use hub_server::{
    dataset::{GiveError, Mode, Publication, PublishError, Published, chunks, list, publish},
    hub::Hub,
    store::{HubStore, LogStore},
};
use jiff::civil::date;

use crate::place::{Place, hub, on_every_store};

on_every_store!(
    what_is_published_is_given_out_whole_and_told_in_the_log,
    a_version_that_says_the_same_is_none_and_the_last_two_are_kept,
    rows_are_added_to_those_before_where_that_is_asked_for,
    another_district_is_given_nothing,
);

const SITE: &str = "440104";

fn subjects(numbers: std::ops::Range<u32>, name: &str) -> Vec<ChunkRow> {
    let row = |number| SubjectRow {
        identity: format!("9144{number:014}"),
        uscc: None,
        name: format!("{name}{number}"),
        former_names: Vec::new(),
    };
    numbers.map(|number| row(number).to_chunk_row()).collect()
}

async fn put<S: HubStore>(hub: &Hub<S>, mode: Mode, rows: Vec<ChunkRow>) -> Result<Published, PublishError> {
    let publication = Publication {
        district: SITE,
        kind: DatasetKind::Subject,
        source: "主体.csv",
        data_as_of: Some(date(2026, 11, 24)),
        mode,
        by: "test",
    };
    publish(hub, &publication, rows).await
}

async fn listed<S: HubStore>(hub: &Hub<S>, site: &str) -> DatasetList {
    let list = list(hub, site).await.unwrap();
    list.believe(&hub.public_key(), site).unwrap()
}

/// The rows of the version in force, each chunk asked for and believed as a counter does.
async fn rows<S: HubStore>(hub: &Hub<S>) -> Vec<ChunkRow> {
    let list = listed(hub, SITE).await;
    let named = &list.datasets[0];
    let request = |name| ChunkRequest { chunks: vec![name] };
    let manifest = chunks(hub, SITE, &request(named.manifest)).await.unwrap();
    let manifest = Manifest::read(&manifest.chunks[0], SITE, named).unwrap();
    let mut rows = Vec::new();
    for (chunk, next) in manifest.ranges() {
        let answer = chunks(hub, SITE, &request(chunk.sha256)).await.unwrap();
        rows.extend(unpack(&answer.chunks[0], chunk, next).unwrap());
    }
    rows
}

async fn what_is_published_is_given_out_whole_and_told_in_the_log(place: impl Place) {
    let hub = hub(&place).await;
    assert!(listed(&hub, SITE).await.datasets.is_empty());
    assert!(matches!(
        put(&hub, Mode::Replace, Vec::new()).await,
        Err(PublishError::Empty)
    ));
    let published = put(&hub, Mode::Replace, subjects(0..1_000, "甲")).await.unwrap();
    assert_eq!((published.rows, published.new_chunks), (1_000, published.chunks));
    assert_eq!(rows(&hub).await, subjects(0..1_000, "甲"));
    let entries = hub
        .store
        .begin_read()
        .await
        .unwrap()
        .log_after(SITE, 0, 10)
        .await
        .unwrap();
    let told: FeedEvent = cbor::decode(&entries[0].event).unwrap();
    let expected = FeedEvent::DatasetPublished {
        kind: "subject".into(),
        version: published.version,
    };
    assert_eq!((entries.len(), told), (1, expected));
}

async fn a_version_that_says_the_same_is_none_and_the_last_two_are_kept(place: impl Place) {
    let hub = hub(&place).await;
    let first = put(&hub, Mode::Replace, subjects(0..500, "甲")).await.unwrap();
    let again = put(&hub, Mode::Replace, subjects(0..500, "甲")).await.unwrap();
    assert_eq!((again.is_new, again.version), (false, first.version));

    let manifest_of = async || listed(&hub, SITE).await.datasets[0].manifest;
    let mut manifests = vec![manifest_of().await];
    for name in ["乙", "丙"] {
        let next = put(&hub, Mode::Replace, subjects(0..500, name)).await.unwrap();
        assert!(next.is_new && next.version > first.version);
        manifests.push(manifest_of().await);
    }
    let mut kept = Vec::new();
    for manifest in manifests {
        let request = ChunkRequest { chunks: vec![manifest] };
        kept.push(match chunks(&hub, SITE, &request).await {
            Ok(_) => true,
            Err(GiveError::NotKept) => false,
            Err(error) => panic!("{error}"),
        });
    }
    assert_eq!(kept, [false, true, true]);
    assert_eq!(rows(&hub).await, subjects(0..500, "丙"));
}

async fn rows_are_added_to_those_before_where_that_is_asked_for(place: impl Place) {
    let hub = hub(&place).await;
    put(&hub, Mode::Replace, subjects(0..300, "甲")).await.unwrap();
    let added = put(&hub, Mode::Add, subjects(290..310, "乙")).await.unwrap();
    assert_eq!(added.rows, 310);
    assert!(added.new_chunks < added.chunks, "the others are named again");
    let expected = [subjects(0..290, "甲"), subjects(290..310, "乙")].concat();
    assert_eq!(rows(&hub).await, expected);
}

async fn another_district_is_given_nothing(place: impl Place) {
    let hub = hub(&place).await;
    put(&hub, Mode::Replace, subjects(0..50, "甲")).await.unwrap();
    let manifest = listed(&hub, SITE).await.datasets[0].manifest;
    assert!(listed(&hub, "440105").await.datasets.is_empty());
    let request = ChunkRequest { chunks: vec![manifest] };
    assert!(matches!(
        chunks(&hub, "440105", &request).await,
        Err(GiveError::NotKept)
    ));
}
