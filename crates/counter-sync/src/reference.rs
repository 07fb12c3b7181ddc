//! Fetching reference data: the signed list, then the manifests and chunks that are not here.
//!
//! Every chunk is held against its name and kept as it comes, so that a cut costs at most one answer. Nothing is taken
//! over here: that is a use case of the counter, once a version is whole.

use bytes::Bytes;
use counter_store::{
    ReadTx, StoreError,
    table::hub_dataset::{self, PublishedList},
};
use hub_api::{
    blob::BlobHash,
    cbor,
    dataset::{ChunkAnswer, ChunkRequest, DatasetKind, DatasetList, DatasetVersion, Manifest},
    protocol::{CHUNKS_PATH, DATASETS_PATH, MAX_CHUNKS_ASKED},
    refused::RefusedCode,
    signed::Signed,
};
use serde::Serialize;

use crate::{SyncError, Transport, call::Connection};

/// How long a list serves where the hub's log says nothing newer.
const LIST_SERVES_MS: i64 = 60 * 60 * 1000;

/// Chunks that one transaction keeps.
const CHUNKS_AT_ONCE: usize = 8;

/// What came of reference data in one round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceProgress {
    /// Manifests and chunks that came.
    pub chunks: u32,
    /// What they weigh.
    #[specta(type = f64)]
    pub bytes: u64,
    /// Some are still lacking: the next round goes on.
    pub more: bool,
    /// A version is whole and newer than what stands: it can be taken over.
    pub whole: bool,
    /// Why the rest did not come, a stable word. It comes with a later round; what was sent and read stays so.
    pub code: Option<String>,
}

/// Fetches what is lacking, in at most `answers` answers.
pub(crate) async fn fetch<T: Transport>(connection: &Connection<'_, T>, answers: usize) -> ReferenceProgress {
    let mut progress = ReferenceProgress::default();
    if let Err(error) = fetch_into(connection, answers, &mut progress).await {
        tracing::warn!(%error, "reference data waits; what was sent and read stays so");
        progress.code = Some(error.code().to_owned());
    }
    progress
}

async fn fetch_into<T: Transport>(
    connection: &Connection<'_, T>,
    answers: usize,
    progress: &mut ReferenceProgress,
) -> Result<(), SyncError> {
    let Some(list) = current_list(connection).await? else {
        return Ok(());
    };
    for _ in 0..answers {
        let lacking = connection
            .store
            .read(|tx| lacking(tx, &connection.identity.site, &list))?;
        if lacking.is_empty() {
            break;
        }
        match ask(connection, lacking).await {
            Ok(came) => {
                progress.chunks += u32::try_from(came.len()).unwrap_or(u32::MAX);
                progress.bytes += came.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>();
                // Whoever saves meanwhile waits for a few of them only.
                for some in came.chunks(CHUNKS_AT_ONCE) {
                    connection.store.write(|tx| {
                        some.iter()
                            .try_for_each(|(name, bytes)| hub_dataset::put_chunk(tx, &name.0, bytes))
                    })?;
                }
            }
            Err(SyncError::Refused {
                code: RefusedCode::NotFound,
                ..
            }) => {
                // The version is no longer kept: there is a newer one.
                connection.store.write(|tx| hub_dataset::mark_outdated(tx))?;
                progress.more = true;
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
    connection.store.read(|tx| {
        progress.more = !lacking(tx, &connection.identity.site, &list)?.is_empty();
        progress.whole = !progress.more && !newer(tx, &list)?.is_empty();
        Ok(())
    })
}

/// The list in force: the one that is here where it still serves.
async fn current_list<T: Transport>(connection: &Connection<'_, T>) -> Result<Option<DatasetList>, SyncError> {
    let (store, site) = (connection.store, &connection.identity.site);
    let known = store.read::<_, StoreError>(hub_dataset::list)?;
    let known = match known {
        None => None,
        // What another hub signed is not this one's.
        Some(kept) => Signed::<DatasetList>::from_bytes(kept.bytes.clone())
            .believe(&connection.hub_key, site)
            .ok()
            .map(|list| (kept, list)),
    };
    let now = connection.clock.now();
    let serves = |kept: &PublishedList| !kept.outdated && (0..LIST_SERVES_MS).contains(&(now - kept.asked_at));
    if let Some((kept, list)) = &known
        && serves(kept)
    {
        return Ok(Some(list.clone()));
    }
    let life = connection.identity.incarnation;
    let answer = connection
        .call(http::Method::GET, DATASETS_PATH, Vec::new(), life)
        .await;
    let answer = match answer {
        // A hub that does not know reference data yet.
        Err(SyncError::Refused {
            code: RefusedCode::NotFound,
            ..
        }) => return Ok(None),
        answer => answer?,
    };
    let signed = Signed::<DatasetList>::from_bytes(answer.to_vec());
    let list = signed.believe(&connection.hub_key, site)?;
    if let Some((kept, known)) = known
        && let Some(older) = goes_back(&known, &list)
    {
        // A list from before, repeated by somebody or by a hub restored from a backup: what is known stays.
        tracing::warn!(kind = older, "the hub's list of datasets is older than the one known");
        store.write(|tx| hub_dataset::put_list(tx, &kept.bytes, now))?;
        return Ok(Some(known));
    }
    store.write(|tx| hub_dataset::put_list(tx, signed.as_bytes(), now))?;
    Ok(Some(list))
}

/// The kind whose version in `list` is lower than in `known`, or that it no longer has.
fn goes_back<'k>(known: &'k DatasetList, list: &DatasetList) -> Option<&'k str> {
    let version = |kind: &str| {
        let found = list.datasets.iter().find(|dataset| dataset.kind == kind);
        found.map(|dataset| dataset.version)
    };
    let older = known
        .datasets
        .iter()
        .find(|dataset| version(&dataset.kind) < Some(dataset.version));
    older.map(|dataset| dataset.kind.as_str())
}

/// The datasets of known kinds that are newer than what stands.
fn newer<'l>(tx: &ReadTx<'_>, list: &'l DatasetList) -> Result<Vec<&'l DatasetVersion>, StoreError> {
    let mut newer = Vec::new();
    for dataset in &list.datasets {
        if DatasetKind::from_word(&dataset.kind).is_none() {
            continue;
        }
        let standing = hub_dataset::taken_over(tx, &dataset.kind)?.map(|taken| taken.version);
        if standing < Some(dataset.version) {
            newer.push(dataset);
        }
    }
    Ok(newer)
}

/// What is not here, as much as can be asked for at once.
fn lacking(tx: &ReadTx<'_>, site: &str, list: &DatasetList) -> Result<Vec<BlobHash>, SyncError> {
    let mut lacking = Vec::new();
    for dataset in newer(tx, list)? {
        let Some(bytes) = hub_dataset::chunk(tx, &dataset.manifest.0)? else {
            lacking.push(dataset.manifest);
            continue;
        };
        for chunk in Manifest::read(&bytes, site, dataset)?.chunks {
            if lacking.len() >= MAX_CHUNKS_ASKED {
                return Ok(lacking);
            }
            if !hub_dataset::has_chunk(tx, &chunk.sha256.0)? {
                lacking.push(chunk.sha256);
            }
        }
    }
    Ok(lacking)
}

/// Asks for `names`; answers those that came, each held against its name.
async fn ask<T: Transport>(
    connection: &Connection<'_, T>,
    names: Vec<BlobHash>,
) -> Result<Vec<(BlobHash, Bytes)>, SyncError> {
    let request = ChunkRequest { chunks: names };
    let life = connection.identity.incarnation;
    let answer = connection
        .call(http::Method::POST, CHUNKS_PATH, cbor::encode(&request), life)
        .await?;
    let answer: ChunkAnswer = cbor::decode(&answer)?;
    if answer.chunks.is_empty() || answer.chunks.len() > request.chunks.len() {
        return Err(SyncError::Nonsense("it gave no chunk, or more than were asked for"));
    }
    let came: Vec<(BlobHash, Bytes)> = request
        .chunks
        .into_iter()
        .zip(answer.chunks)
        .map(|(name, bytes)| (name, Bytes::from(bytes.into_vec())))
        .collect();
    if came.iter().all(|(name, bytes)| BlobHash::of(bytes) == *name) {
        Ok(came)
    } else {
        Err(SyncError::Nonsense("a chunk is not the one its name stands for"))
    }
}
