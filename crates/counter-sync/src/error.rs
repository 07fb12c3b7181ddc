//! Why a round with the hub did not come to its end. What was recorded until then stays recorded.

use std::time::Duration;

use counter_store::StoreError;
use hub_api::{
    cbor::DecodeError,
    dataset::{ListError, ManifestError},
    feed::FeedError,
    receipt::ReceiptError,
    refused::RefusedCode,
    stick::StickError,
};

use crate::TransportError;

/// A round that did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// This counter was never bound to a hub.
    #[error("this counter is not enrolled with a hub")]
    NotEnrolled,
    /// No answer.
    #[error(transparent)]
    Transport(#[from] TransportError),
    /// The hub says no.
    #[error("the hub refused: {code}: {message}")]
    Refused {
        /// Its word.
        code: RefusedCode,
        /// For the log.
        message: String,
        /// How long the hub asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The answer is not what was asked for.
    #[error("the hub's answer cannot be read: {0}")]
    Answer(#[from] DecodeError),
    /// The hub answered something that makes no sense here.
    #[error("the hub's answer makes no sense: {0}")]
    Nonsense(&'static str),
    /// A receipt that is not believed. Nothing was marked as delivered by it.
    #[error("a receipt was not believed: {0}")]
    Receipt(#[from] ReceiptError),
    /// A page of the feed that is not believed.
    #[error("a page of the feed was not believed: {0}")]
    Feed(#[from] FeedError),
    /// A list of datasets that is not believed.
    #[error("a list of reference data was not believed: {0}")]
    Datasets(#[from] ListError),
    /// A manifest that is not believed.
    #[error("a manifest of reference data was not believed: {0}")]
    Manifest(#[from] ManifestError),
    /// The hub lives another life than the one this counter knows: it was restored from a backup.
    #[error("the hub was restored from a backup")]
    HubRestored,
    /// The file on the stick.
    #[error(transparent)]
    Stick(#[from] StickError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SyncError {
    /// The stable word; the screen finds its sentence by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotEnrolled => "not_enrolled",
            Self::Transport(_) => "hub_unreachable",
            Self::Refused { code, .. } => code.as_str(),
            Self::Answer(_) | Self::Nonsense(_) => "bad_answer",
            Self::Receipt(_) => "bad_receipt",
            Self::Feed(_) => "bad_feed",
            Self::Datasets(_) | Self::Manifest(_) => "bad_reference_data",
            Self::HubRestored => "hub_restored",
            Self::Stick(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    /// How long the hub asked to be left alone.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        if let Self::Refused { retry_after, .. } = self {
            *retry_after
        } else {
            None
        }
    }

    /// Whether trying again later can help without anybody doing something.
    pub fn passes_by_itself(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Refused { code, .. } => {
                matches!(
                    code,
                    RefusedCode::Busy | RefusedCode::Internal | RefusedCode::Replayed | RefusedCode::ClockSkew
                )
            }
            Self::NotEnrolled
            | Self::Answer(_)
            | Self::Nonsense(_)
            | Self::Receipt(_)
            | Self::Feed(_)
            | Self::Datasets(_)
            | Self::Manifest(_)
            | Self::HubRestored
            | Self::Stick(_)
            | Self::Store(_) => false,
        }
    }
}
