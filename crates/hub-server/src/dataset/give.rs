//! Giving reference data out: the signed list, and chunks by name.

use hub_api::{
    cbor,
    dataset::{ChunkAnswer, ChunkRequest, DatasetKind, DatasetList},
    protocol::{MAX_CHUNK_ANSWER_BYTES, MAX_CHUNKS_ASKED},
    signed::Signed,
};
use serde_bytes::ByteBuf;

use crate::{
    hub::Hub,
    store::{DatasetStore, HubStore, StoreError},
};

/// Why chunks are not given out.
#[derive(Debug, thiserror::Error)]
pub enum GiveError {
    /// None or too many were asked for.
    #[error("between 1 and {MAX_CHUNKS_ASKED} chunks can be asked for at once")]
    HowMany,
    /// A chunk is not here, or no longer: the reader has to read the list again.
    #[error("a chunk is not of a version that is kept")]
    NotKept,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The versions in force in `district`.
///
/// # Errors
/// [`StoreError`].
pub async fn list<S: HubStore>(hub: &Hub<S>, district: &str) -> Result<Signed<DatasetList>, StoreError> {
    let mut transaction = hub.store.begin_read().await?;
    let mut datasets = Vec::new();
    for kind in DatasetKind::ALL {
        if let Some(newest) = transaction.dataset_versions(district, kind).await?.first() {
            datasets.push(cbor::decode(&newest.entry).map_err(|error| StoreError::Damaged(error.to_string()))?);
        }
    }
    let list = DatasetList {
        site: district.to_owned(),
        at: hub.world.now(),
        datasets,
    };
    Ok(Signed::seal(&list, hub.key()))
}

/// The first of the chunks asked for, as many as fit into an answer.
///
/// # Errors
/// [`GiveError`].
pub async fn chunks<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    request: &ChunkRequest,
) -> Result<ChunkAnswer, GiveError> {
    if request.chunks.is_empty() || request.chunks.len() > MAX_CHUNKS_ASKED {
        return Err(GiveError::HowMany);
    }
    let mut transaction = hub.store.begin_read().await?;
    let mut answer = ChunkAnswer { chunks: Vec::new() };
    let mut bytes = 0;
    for name in &request.chunks {
        let chunk = transaction.chunk(district, *name).await?.ok_or(GiveError::NotKept)?;
        bytes += chunk.len();
        if bytes > MAX_CHUNK_ANSWER_BYTES && !answer.chunks.is_empty() {
            break;
        }
        answer.chunks.push(ByteBuf::from(chunk));
    }
    Ok(answer)
}
