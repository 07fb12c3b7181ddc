//! Carrying out the items of a file and writing down what a network round would have answered.

use std::{collections::BTreeMap, time::Duration};

use counter_core::change::IncarnationId;
use hub_api::{
    blob::{BlobOffer, BlobProgress, BlobRef},
    feed::{Cursor, FeedPage},
    push::{PushAnswer, PushBatch},
    refused::RefusedCode,
    signed::Signed,
    stick::{AnswerItem, StickFile, StickWriter},
};

use super::{TakeError, Taken};
use crate::{
    attachment::{self, BlobError},
    feed::{FeedError, Reader, page},
    hub::Hub,
    recording::{RecordError, Sender, record},
    store::HubStore,
    trust,
};

/// A file that is being answered.
pub(super) struct Answering<'h, S> {
    hub: &'h Hub<S>,
    sender: Sender,
    writer: StickWriter<StickFile>,
    taken: Taken,
    /// How far each attachment of the file is, and why it went no further.
    blobs: BTreeMap<BlobRef, Option<RefusedCode>>,
}

impl<'h, S: HubStore> Answering<'h, S> {
    pub(super) fn new(hub: &'h Hub<S>, sender: Sender, writer: StickWriter<StickFile>) -> Self {
        let taken = Taken {
            site: sender.life.district.clone(),
            counter: sender.life.counter.to_string(),
            changes: 0,
            receipts: 0,
            refused: 0,
            answer_bytes: 0,
        };
        Self {
            hub,
            sender,
            writer,
            taken,
            blobs: BTreeMap::new(),
        }
    }

    /// As `POST /v1/push`.
    pub(super) async fn batch(&mut self, incarnation: IncarnationId, batch: &PushBatch) -> Result<(), TakeError> {
        let mut sender = self.sender.clone();
        sender.life.incarnation = incarnation;
        let item = match record(self.hub, &sender, batch).await {
            Ok(answer) => {
                if let PushAnswer::Recorded { receipts } = &answer {
                    self.taken.changes += batch.changes.len() as u64;
                    self.taken.receipts += receipts.len() as u64;
                }
                AnswerItem::Pushed { incarnation, answer }
            }
            Err(RecordError::Store(error)) => return Err(error.into()),
            Err(error) => {
                let code = error.code();
                tracing::warn!(%code, %error, "a batch of a stick was not recorded");
                self.taken.refused += 1;
                AnswerItem::NotRecorded { incarnation, code }
            }
        };
        Ok(self.writer.put(&item)?)
    }

    /// As `PUT /v1/blobs/…`. Where a part came before, over the network or on another stick, only the rest is kept.
    pub(super) async fn range(&mut self, blob: BlobRef, offset: u64, bytes: &[u8]) -> Result<(), TakeError> {
        let kept = self.keep_range(blob, offset, bytes).await;
        let code = match kept {
            Ok(()) => None,
            Err(BlobError::Store(error)) => return Err(error.into()),
            Err(error) => Some(error.code()),
        };
        let noted = self.blobs.entry(blob).or_insert(None);
        *noted = noted.or(code);
        Ok(())
    }

    async fn keep_range(&self, blob: BlobRef, offset: u64, bytes: &[u8]) -> Result<(), BlobError> {
        let district = &self.sender.life.district;
        let progress = attachment::put_range(self.hub, district, blob, offset, bytes).await?;
        let end = offset.saturating_add(bytes.len() as u64);
        if let BlobProgress::Wanted { offset: wanted } = progress
            && wanted > offset
            && wanted < end
            && let Some(rest) = usize::try_from(wanted - offset).ok().and_then(|from| bytes.get(from..))
        {
            attachment::put_range(self.hub, district, blob, wanted, rest).await?;
        }
        Ok(())
    }

    /// As `GET /v1/feed`, page after page to the end of the log; before it what is known of the attachments.
    pub(super) async fn feed(&mut self, after: Cursor) -> Result<(), TakeError> {
        self.attachments().await?;
        let life = &self.sender.life;
        let reader = Reader {
            district: life.district.clone(),
            counter: life.counter.clone(),
            incarnation: life.incarnation,
        };
        let mut after = after;
        loop {
            let page: Signed<FeedPage> = page(self.hub, &reader, Some(after), Duration::ZERO).await?;
            let read = page
                .open(&self.hub.public_key())
                .map_err(|error| FeedError::Store(crate::store::StoreError::Damaged(error.to_string())))?;
            self.writer.put(&AnswerItem::Page { page })?;
            if read.next == read.head || read.next == after {
                return Ok(());
            }
            after = read.next;
        }
    }

    async fn attachments(&mut self) -> Result<(), TakeError> {
        for (blob, code) in std::mem::take(&mut self.blobs) {
            let offer = BlobOffer { blobs: vec![blob] };
            let known = attachment::offer(self.hub, &self.sender.life.district, &offer).await;
            let progress = match known {
                Ok(answer) => answer.progress.into_iter().next(),
                Err(BlobError::Store(error)) => return Err(error.into()),
                Err(_) => None,
            };
            let item = match progress {
                Some(BlobProgress::Complete { receipt }) => {
                    self.taken.receipts += 1;
                    AnswerItem::Blob { blob, receipt }
                }
                Some(BlobProgress::Wanted { .. } | BlobProgress::TooLong) | None => AnswerItem::BlobNotWhole {
                    blob,
                    code: code.unwrap_or(RefusedCode::Malformed),
                },
            };
            self.writer.put(&item)?;
        }
        Ok(())
    }

    /// Adds the trust list and seals the answer.
    pub(super) async fn end(mut self) -> Result<Taken, TakeError> {
        self.attachments().await?;
        if let Some(bundle) = trust::bundle(self.hub, &self.sender.life.district).await? {
            self.writer.put(&AnswerItem::Trust { bundle })?;
        }
        self.taken.answer_bytes = self.writer.seal(self.hub.key())?.keep()?;
        Ok(self.taken)
    }
}
