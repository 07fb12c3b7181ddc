//! Attachments: offered, put in ranges, checked as a whole, acknowledged by a signed receipt.

use hub_api::{
    blob::{BlobHash, BlobOffer, BlobOfferAnswer, BlobProgress, BlobReceipt, BlobRef},
    protocol::{MAX_BLOB_BYTES, MAX_BLOB_OFFERS, MAX_BLOB_RANGE},
    refused::RefusedCode,
    signed::Signed,
};
use sha2::{Digest, Sha256};

use crate::{
    hub::Hub,
    store::{BlobStore, HubLifeStore, HubStore, HubTransaction, StoreError},
};

/// A range that was not kept.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// Too many offers, too long a range or attachment.
    #[error(
        "an attachment is longer than {MAX_BLOB_BYTES} bytes, a range longer than {MAX_BLOB_RANGE}, or more than {MAX_BLOB_OFFERS} are offered"
    )]
    TooLarge,
    /// The range is empty or reaches beyond the attachment's length.
    #[error("the range does not lie within the attachment")]
    OutOfRange,
    /// The whole is not what its name says; it was forgotten and can be sent again from the beginning.
    #[error("the attachment is not what its name says")]
    Mismatch,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BlobError {
    /// The word a counter gets for it.
    pub fn code(&self) -> RefusedCode {
        match self {
            Self::Store(error) => error.refused_code(),
            Self::TooLarge => RefusedCode::TooLarge,
            Self::OutOfRange => RefusedCode::Malformed,
            Self::Mismatch => RefusedCode::BlobMismatch,
        }
    }
}

/// How far each offered attachment is here.
///
/// # Errors
/// [`BlobError`].
pub async fn offer<S: HubStore>(hub: &Hub<S>, district: &str, offer: &BlobOffer) -> Result<BlobOfferAnswer, BlobError> {
    if offer.blobs.len() > MAX_BLOB_OFFERS {
        return Err(BlobError::TooLarge);
    }
    let mut transaction = hub.store.begin_read().await?;
    let mut progress = Vec::with_capacity(offer.blobs.len());
    for blob in &offer.blobs {
        progress.push(progress_of(&mut transaction, district, *blob).await?);
    }
    Ok(BlobOfferAnswer { progress })
}

/// Keeps the range of `blob` that begins at `offset` and says how far it is now.
/// A range that was here before, or begins elsewhere than the last ended, changes nothing.
///
/// # Errors
/// [`BlobError`].
pub async fn put_range<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    blob: BlobRef,
    offset: u64,
    bytes: &[u8],
) -> Result<BlobProgress, BlobError> {
    if bytes.len() > MAX_BLOB_RANGE || blob.length > MAX_BLOB_BYTES {
        return Err(BlobError::TooLarge);
    }
    let end = offset.saturating_add(bytes.len() as u64);
    if end > blob.length || (bytes.is_empty() && blob.length > 0) {
        return Err(BlobError::OutOfRange);
    }
    let mut transaction = hub.store.begin().await?;
    let row = transaction.blob(district, blob).await?;
    let received = row.as_ref().map_or(0, |row| row.received);
    if row.is_some_and(|row| row.receipt.is_some()) || offset != received {
        return Ok(progress_of(&mut transaction, district, blob).await?);
    }
    transaction.append_blob(district, blob, offset, bytes).await?;
    if end == blob.length {
        if hash_of(&mut transaction, district, blob).await? != blob.sha256 {
            transaction.forget_blob(district, blob).await?;
            transaction.commit().await?;
            return Err(BlobError::Mismatch);
        }
        let receipt = BlobReceipt {
            hub_incarnation: transaction.life_now().await?,
            site: district.to_owned(),
            blob,
            at: hub.world.now(),
        };
        transaction
            .complete_blob(district, blob, Signed::seal(&receipt, hub.key()).as_bytes())
            .await?;
    }
    let progress = progress_of(&mut transaction, district, blob).await?;
    transaction.commit().await?;
    Ok(progress)
}

/// The part of a whole attachment that begins at `offset`, as it came; `None` where the hub does not have that.
///
/// # Errors
/// [`StoreError`].
pub async fn get_range<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    blob: BlobRef,
    offset: u64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let mut transaction = hub.store.begin_read().await?;
    let whole = transaction
        .blob(district, blob)
        .await?
        .is_some_and(|row| row.receipt.is_some());
    if whole {
        transaction.blob_range(district, blob, offset).await
    } else {
        Ok(None)
    }
}

async fn progress_of(
    transaction: &mut impl HubTransaction,
    district: &str,
    blob: BlobRef,
) -> Result<BlobProgress, StoreError> {
    if blob.length > MAX_BLOB_BYTES {
        return Ok(BlobProgress::TooLong);
    }
    Ok(match transaction.blob(district, blob).await? {
        None => BlobProgress::Wanted { offset: 0 },
        Some(row) => match row.receipt {
            Some(receipt) => BlobProgress::Complete {
                receipt: Signed::from_bytes(receipt),
            },
            None => BlobProgress::Wanted { offset: row.received },
        },
    })
}

async fn hash_of(transaction: &mut impl HubTransaction, district: &str, blob: BlobRef) -> Result<BlobHash, StoreError> {
    let (mut hash, mut offset) = (Sha256::new(), 0);
    while offset < blob.length {
        let range = transaction
            .blob_range(district, blob, offset)
            .await?
            .filter(|range| !range.is_empty());
        let range = range.ok_or_else(|| StoreError::Damaged(format!("attachment {} lacks a range", blob.sha256)))?;
        hash.update(&range);
        offset += range.len() as u64;
    }
    Ok(BlobHash(hash.finalize().into()))
}
