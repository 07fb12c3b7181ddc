//! Fetching back the attachments of changes that this database had lost.

use counter_store::{
    Arrival, StoreError,
    table::wanted_blob::{self, WantedBlob},
};
use hub_api::{
    blob::{BlobHash, BlobRange, BlobRef, range_path},
    cbor,
    protocol::MAX_BLOB_RANGE,
    refused::RefusedCode,
};

use crate::{SyncError, Transport, call::Connection};

/// Fetches what is wanted, part by part, from where it was interrupted. What the hub does not have stays wanted: a
/// copy of this database may still bring it.
pub(crate) async fn fetch_blobs<T: Transport>(connection: &Connection<'_, T>) -> Result<(), SyncError> {
    for wanted in connection.store.read(wanted_blob::all)? {
        match fetch(connection, &wanted).await {
            Ok(()) => connection.store.write(|tx| wanted_blob::forget(tx, &wanted.sha256))?,
            Err(SyncError::Refused {
                code: RefusedCode::NotFound,
                ..
            }) => tracing::warn!(blob = wanted.sha256, "the hub does not have a file that was lost here"),
            // It was forgotten; the next round begins it anew.
            Err(SyncError::Store(StoreError::Contradiction(message))) => {
                tracing::error!(
                    blob = wanted.sha256,
                    message,
                    "a file that came back is not what it was"
                );
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn fetch<T: Transport>(connection: &Connection<'_, T>, wanted: &WantedBlob) -> Result<(), SyncError> {
    let attachments = connection.store.attachments();
    if attachments.length(&wanted.sha256)?.is_some() {
        return Ok(());
    }
    let sha256 = BlobHash::from_hex(&wanted.sha256)
        .ok_or_else(|| StoreError::Damaged(format!("the name of file {}", wanted.sha256)))?;
    let blob = BlobRef {
        sha256,
        length: wanted.length,
    };
    let mut offset = attachments.arrived(&wanted.sha256)?;
    loop {
        let life = connection.identity.incarnation;
        let answer = connection
            .call(http::Method::GET, &range_path(blob, offset), Vec::new(), life)
            .await?;
        let range: BlobRange = cbor::decode(&answer)?;
        if range.offset != offset || range.bytes.len() > MAX_BLOB_RANGE {
            return Err(SyncError::Nonsense("it gave another range than was asked for"));
        }
        match attachments.arrive(&wanted.sha256, blob.length, offset, &range.bytes)? {
            Arrival::Part(reached) => offset = reached,
            Arrival::Whole => return Ok(()),
        }
    }
}
