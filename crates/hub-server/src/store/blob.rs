//! Attachments by content, in the ranges they came in.

use std::future::Future;

use hub_api::blob::BlobRef;

use super::Stored;

/// How far an attachment is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// Bytes received, from the beginning.
    pub received: u64,
    /// The signed receipt, once it is whole.
    pub receipt: Option<Vec<u8>>,
}

/// Attachments by district, hash and length.
pub trait BlobStore {
    /// How far an attachment is here.
    fn blob(&mut self, district: &str, blob: BlobRef) -> impl Future<Output = Stored<Option<BlobRow>>> + Send;
    /// Which of `blobs` are whole, in their order.
    fn whole_blobs(&mut self, district: &str, blobs: &[BlobRef]) -> impl Future<Output = Stored<Vec<bool>>> + Send
    where
        Self: Send,
    {
        async move {
            let mut whole = Vec::with_capacity(blobs.len());
            for blob in blobs {
                let row = self.blob(district, *blob).await?;
                whole.push(row.is_some_and(|row| row.receipt.is_some()));
            }
            Ok(whole)
        }
    }
    /// Keeps a range that begins where the last ended.
    fn append_blob(
        &mut self,
        district: &str,
        blob: BlobRef,
        offset: u64,
        bytes: &[u8],
    ) -> impl Future<Output = Stored<()>> + Send;
    /// The range that begins at `offset`.
    fn blob_range(
        &mut self,
        district: &str,
        blob: BlobRef,
        offset: u64,
    ) -> impl Future<Output = Stored<Option<Vec<u8>>>> + Send;
    /// Forgets the ranges of an attachment that turned out to be something else.
    fn forget_blob(&mut self, district: &str, blob: BlobRef) -> impl Future<Output = Stored<()>> + Send;
    /// The attachment is whole.
    fn complete_blob(
        &mut self,
        district: &str,
        blob: BlobRef,
        receipt: &[u8],
    ) -> impl Future<Output = Stored<()>> + Send;
}
