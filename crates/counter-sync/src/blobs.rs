//! Sending attachments in ranges. They go first and never hold the changes up.

use std::collections::BTreeSet;

use counter_store::{CHUNK_BYTES, StoreError};
use hub_api::{
    blob::{BlobHash, BlobOffer, BlobOfferAnswer, BlobProgress, BlobRef, range_path, verify_blob_receipt},
    cbor,
    protocol::{BLOB_OFFER_PATH, MAX_BLOB_OFFERS},
    refused::RefusedCode,
};

use crate::{
    SyncError, Transport,
    call::{Binding, Connection},
};

/// Offers the attachments the hub may lack and sends what it wants.
pub(crate) async fn send_blobs<T: Transport>(connection: &Connection<'_, T>) -> Result<(), SyncError> {
    let mut blobs = Vec::new();
    for sha256 in wanted(connection)? {
        let (Some(hash), Some(length)) = (
            BlobHash::from_hex(&sha256),
            connection.store.attachments().length(&sha256)?,
        ) else {
            continue; // Cited by a change from elsewhere, or still to come from a backup.
        };
        blobs.push(BlobRef { sha256: hash, length });
    }
    for offered in blobs.chunks(MAX_BLOB_OFFERS) {
        let body = cbor::encode(&BlobOffer {
            blobs: offered.to_vec(),
        });
        let life = connection.identity.incarnation;
        let answer = connection.call(http::Method::POST, BLOB_OFFER_PATH, body, life).await?;
        let BlobOfferAnswer { progress } = cbor::decode(&answer)?;
        if progress.len() != offered.len() {
            return Err(SyncError::Nonsense("it answered another offer"));
        }
        for (blob, progress) in offered.iter().zip(progress) {
            send_blob(connection, *blob, progress).await?;
        }
    }
    Ok(())
}

pub(crate) fn wanted(binding: &Binding<'_>) -> Result<BTreeSet<String>, StoreError> {
    binding.store.read(|tx| {
        let mut wanted: BTreeSet<String> = tx.unsent_blobs()?.into_iter().collect();
        wanted.extend(tx.missing_blobs()?);
        Ok(wanted)
    })
}

async fn send_blob<T: Transport>(
    connection: &Connection<'_, T>,
    blob: BlobRef,
    mut progress: BlobProgress,
) -> Result<(), SyncError> {
    loop {
        let offset = match progress {
            BlobProgress::TooLong => {
                tracing::warn!(blob = %blob.sha256, length = blob.length, "the hub does not take an attachment that long");
                return Ok(());
            }
            BlobProgress::Complete { receipt } => {
                verify_blob_receipt(&receipt, &connection.hub_key, &connection.identity.site, blob)
                    .map_err(|_| SyncError::Nonsense("its receipt for an attachment does not hold"))?;
                connection
                    .store
                    .write(|tx| tx.blob_delivered(&blob.sha256.to_string()))?;
                return Ok(());
            }
            BlobProgress::Wanted { offset } => offset,
        };
        let range = range_at(connection, blob, offset)?;
        let end = offset + range.len() as u64;
        let life = connection.identity.incarnation;
        let answer = connection
            .call(http::Method::PUT, &range_path(blob, offset), range, life)
            .await;
        progress = match answer {
            Ok(answer) => cbor::decode(&answer)?,
            // The hub forgot it and says why; the next round begins it anew.
            Err(SyncError::Refused {
                code: RefusedCode::BlobMismatch,
                message,
                ..
            }) => {
                tracing::error!(blob = %blob.sha256, message, "an attachment was not taken");
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if matches!(progress, BlobProgress::Wanted { offset } if offset < end) {
            return Err(SyncError::Nonsense("it wants a range that was sent"));
        }
    }
}

/// The bytes from `offset` to the end of the chunk it lies in.
pub(crate) fn range_at(binding: &Binding<'_>, blob: BlobRef, offset: u64) -> Result<Vec<u8>, SyncError> {
    let chunk_bytes = CHUNK_BYTES as u64;
    let number =
        u32::try_from(offset / chunk_bytes).map_err(|_| SyncError::Nonsense("it wants a range beyond the end"))?;
    let within = usize::try_from(offset % chunk_bytes).unwrap_or(CHUNK_BYTES);
    let mut chunk = binding.store.attachments().chunk(&blob.sha256.to_string(), number)?;
    if within > chunk.len() || (within == chunk.len() && blob.length > 0) {
        return Err(SyncError::Nonsense("it wants a range beyond the end"));
    }
    Ok(chunk.split_off(within))
}
