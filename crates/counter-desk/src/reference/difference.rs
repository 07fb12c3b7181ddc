//! What a version says otherwise than the one that stands, row by row; made before anything is written.

use std::collections::{HashMap, HashSet};

use counter_store::{ReadTx, StoreError, table::hub_dataset};
use hub_api::{
    blob::BlobHash,
    dataset::{ChunkRef, ChunkRow, DatasetKind, Manifest, unpack},
};

use super::TakeOverError;

/// The rows to be put and to be taken away.
pub(super) struct Difference {
    /// New, or with another body than before.
    pub put: Vec<ChunkRow>,
    /// In the version that stands, and not in the new one.
    pub gone: Vec<ChunkRow>,
}

/// What `new` says otherwise than `standing`.
pub(super) fn difference(
    tx: &ReadTx<'_>,
    kind: DatasetKind,
    new: &Manifest,
    standing: Option<&Manifest>,
) -> Result<Difference, TakeOverError> {
    let known: HashSet<BlobHash> = standing
        .iter()
        .flat_map(|standing| standing.chunks.iter().map(|chunk| chunk.sha256))
        .collect();
    let kept: HashSet<BlobHash> = new.chunks.iter().map(|chunk| chunk.sha256).collect();
    let mut before: HashMap<Vec<u8>, ChunkRow> = HashMap::new();
    if let Some(standing) = standing {
        for (chunk, next) in standing.ranges().filter(|(chunk, _)| !kept.contains(&chunk.sha256)) {
            for row in rows_of(tx, chunk, next)? {
                before.insert(kind.name_in(&row.key).to_vec(), row);
            }
        }
    }
    let mut put = Vec::new();
    for (chunk, next) in new.ranges().filter(|(chunk, _)| !known.contains(&chunk.sha256)) {
        for row in rows_of(tx, chunk, next)? {
            let same = before
                .remove(kind.name_in(&row.key))
                .is_some_and(|before| before.body == row.body);
            if !same {
                put.push(row);
            }
        }
    }
    Ok(Difference {
        put,
        gone: before.into_values().collect(),
    })
}

/// The rows of `manifest` that `wanted` names, wherever they stand.
pub(super) fn named_rows(
    tx: &ReadTx<'_>,
    kind: DatasetKind,
    manifest: &Manifest,
    wanted: &HashSet<Vec<u8>>,
) -> Result<Vec<ChunkRow>, TakeOverError> {
    let mut found = Vec::new();
    for (chunk, next) in manifest.ranges() {
        let rows = rows_of(tx, chunk, next)?;
        found.extend(rows.into_iter().filter(|row| wanted.contains(kind.name_in(&row.key))));
    }
    Ok(found)
}

/// The rows of a chunk that has come.
pub(super) fn rows_of(tx: &ReadTx<'_>, chunk: &ChunkRef, next: Option<&[u8]>) -> Result<Vec<ChunkRow>, TakeOverError> {
    let bytes = hub_dataset::chunk(tx, &chunk.sha256.0)?
        .ok_or_else(|| StoreError::Damaged("a chunk of reference data in use".to_owned()))?;
    Ok(unpack(&bytes, chunk, next)?)
}
