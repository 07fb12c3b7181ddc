//! Promises of chunks and manifests: stable under change, and nothing hostile is unpacked.

use counter_core::publicity::{ContentHash, RowKey};
use ed25519_dalek::SigningKey;
use jiff::{ToSpan, civil::date};
use sha2::{Digest, Sha256};

use super::*;
use crate::{blob::BlobHash, cbor, key::PublicKey, signed::Signed};

/// Rows as a district has them: some dozen decisions a day.
fn district(rows: u64) -> Vec<ChunkRow> {
    let mut all: Vec<ChunkRow> = (0..rows).map(row).collect();
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all
}

fn row(number: u64) -> ChunkRow {
    let digest = Sha256::digest(number.to_be_bytes());
    let half: [u8; 16] = digest[..16].try_into().unwrap();
    let names = RowNames {
        key: RowKey(half),
        content: ContentHash(half),
    };
    let days = i64::try_from(number / 14).unwrap();
    let mut row = PublicityRow::new(
        names,
        format!("{number:018}"),
        format!("广州市越秀区第{number}餐饮店"),
        format!(
            "{{\"CF_WSH\":\"穗越市监罚〔2024〕{number}号\",\"CF_NR\":\"罚款{}元\"}}",
            number * 7
        ),
    );
    row.decided_on = Some(date(2016, 1, 1).checked_add(days.days()).unwrap());
    row.to_chunk_row()
}

fn build(rows: &[ChunkRow], version: u64, known: &KnownChunks) -> (Manifest, Vec<(BlobHash, Vec<u8>)>) {
    let new = NewVersion {
        site: "440104",
        kind: DatasetKind::Penalty,
        version,
        data_as_of: Some(date(2026, 11, 24)),
        source: "双公示.xlsx",
        published_at: 0,
    };
    Manifest::build(new, rows, known)
}

/// The share of chunks of `after` that `before` does not have.
fn moved(before: &Manifest, after: &Manifest) -> f64 {
    let new = after
        .chunks
        .iter()
        .filter(|chunk| !before.chunks.iter().any(|known| known.sha256 == chunk.sha256));
    new.count() as f64 / after.chunks.len() as f64
}

#[test]
fn a_day_that_brings_a_hundredth_moves_a_hundredth_of_the_chunks() {
    let before = build(&district(20_000), 1, &KnownChunks::new()).0;
    // A hundredth of new decisions at the end, a hundredth of the oldest gone.
    let mut rows = district(20_200);
    rows.drain(..200);
    let after = build(&rows, 2, &KnownChunks::new()).0;
    let share = moved(&before, &after);
    assert!(share < 0.02, "{share} of the chunks moved");
}

#[test]
fn a_row_that_comes_goes_or_changes_touches_its_own_chunk_only() {
    let rows = district(5_000);
    let before = build(&rows, 1, &KnownChunks::new()).0;
    let (mut fewer, mut more, mut other) = (rows.clone(), rows.clone(), rows.clone());
    fewer.remove(2_500);
    let between = [&rows[2_500].key[..], &[0]].concat();
    more.insert(
        2_501,
        ChunkRow {
            key: between,
            body: cbor::encode(&1),
        },
    );
    other[2_500].body = cbor::encode(&2);
    for changed in [fewer, more, other] {
        let after = build(&changed, 2, &KnownChunks::new()).0;
        let new = after
            .chunks
            .iter()
            .filter(|chunk| !before.chunks.contains(chunk))
            .count();
        // Two where the row begins a chunk, or is the one that parts a chunk in two.
        assert!((1..=2).contains(&new), "{new} chunks moved");
    }
}

#[test]
fn chunks_come_back_as_they_were_and_are_named_again_without_packing() {
    let rows = district(3_000);
    let (manifest, packed) = build(&rows, 1, &KnownChunks::new());
    assert_eq!(manifest.chunks.len(), packed.len());
    let mut back = Vec::new();
    let mut known = KnownChunks::new();
    for ((chunk, next), (name, bytes)) in manifest.ranges().zip(&packed) {
        assert_eq!(chunk.sha256, *name);
        let rows = unpack(bytes, chunk, next).unwrap();
        known.insert(chunk.first.to_vec(), (chunk.clone(), rows.clone()));
        back.extend(rows);
    }
    assert_eq!(back, rows);
    let (again, packed) = build(&rows, 2, &known);
    assert_eq!((again.chunks, packed.len()), (manifest.chunks, 0));
}

#[test]
fn a_chunk_that_is_altered_a_bomb_or_of_another_range_is_refused() {
    let (manifest, packed) = build(&district(500), 1, &KnownChunks::new());
    let (chunk, next) = manifest.ranges().next().unwrap();
    let bytes = &packed[0].1;
    for at in [0, bytes.len() / 2, bytes.len() - 1] {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        assert_eq!(unpack(&altered, chunk, next), Err(ChunkError::OtherBytes));
    }
    assert_eq!(unpack(&bytes[1..], chunk, next), Err(ChunkError::OtherBytes));

    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; 64 << 20], 6);
    let named = ChunkRef {
        sha256: BlobHash::of(&bomb),
        bytes: u32::try_from(bomb.len()).unwrap(),
        ..chunk.clone()
    };
    assert_eq!(unpack(&bomb, &named, next), Err(ChunkError::OtherLength));
    let boasting = ChunkRef {
        raw_bytes: u32::MAX,
        ..named
    };
    assert_eq!(unpack(&bomb, &boasting, next), Err(ChunkError::OtherLength));

    let early = chunk.first.to_vec();
    assert_eq!(unpack(bytes, chunk, Some(&early)), Err(ChunkError::OtherRows));
    let fewer = ChunkRef {
        rows: chunk.rows + 1,
        ..chunk.clone()
    };
    assert_eq!(unpack(bytes, &fewer, next), Err(ChunkError::OtherRows));
}

#[test]
fn a_manifest_is_believed_only_as_the_signed_list_names_it() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let (manifest, _) = build(&district(500), 3, &KnownChunks::new());
    let bytes = manifest.to_bytes();
    let named = DatasetVersion::of(&manifest, &bytes);
    let list = DatasetList {
        site: "440104".into(),
        at: 0,
        datasets: vec![named.clone()],
    };
    let signed = Signed::seal(&list, &key);
    let hub_key = PublicKey::of(&key);
    assert_eq!(signed.believe(&hub_key, "440104"), Ok(list.clone()));
    assert_eq!(signed.believe(&hub_key, "440105"), Err(ListError::OtherDistrict));
    let other_key = PublicKey::of(&SigningKey::from_bytes(&[8; 32]));
    assert!(matches!(signed.believe(&other_key, "440104"), Err(ListError::Open(_))));

    assert_eq!(Manifest::read(&bytes, "440104", &named).as_ref(), Ok(&manifest));
    let mut altered = bytes.clone();
    *altered.last_mut().unwrap() ^= 1;
    assert_eq!(
        Manifest::read(&altered, "440104", &named),
        Err(ManifestError::OtherBytes)
    );
    let promoted = DatasetVersion { version: 4, ..named };
    assert_eq!(
        Manifest::read(&bytes, "440104", &promoted),
        Err(ManifestError::OtherDataset)
    );

    let mut turned = manifest;
    turned.chunks.swap(0, 1);
    let bytes = turned.to_bytes();
    let named = DatasetVersion::of(&turned, &bytes);
    assert_eq!(Manifest::read(&bytes, "440104", &named), Err(ManifestError::Chunks));
}

#[test]
fn only_the_day_of_reporting_is_nothing_new() {
    let names = RowNames {
        key: RowKey([1; 16]),
        content: ContentHash([2; 16]),
    };
    let row = |cells: &str| PublicityRow::new(names, "x".into(), "甲".into(), cells.into());
    let (before, later) = (row("{\"a\":\"1\"}"), row("{\"a\":\"2\"}"));
    let mut otherwise = row("{\"a\":\"2\"}");
    otherwise.check_notes = Some("[]".into());
    let same = |now: &PublicityRow| says_the_same(DatasetKind::Penalty, &before.to_chunk_row(), &now.to_chunk_row());
    assert!(same(&later));
    assert!(!same(&otherwise));
    assert_eq!(DatasetKind::Penalty.name_in(&before.to_chunk_row().key), [1; 16]);
}
