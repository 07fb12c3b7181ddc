//! Why a version is not taken over.

use counter_store::{RecordError, StoreError};
use hub_api::{
    cbor::DecodeError,
    dataset::{ChunkError, ListError, ManifestError},
};

use crate::Coded;

/// A version that is not taken over. The one before stands.
#[derive(Debug, thiserror::Error)]
pub enum TakeOverError {
    /// The list is not the hub's.
    #[error(transparent)]
    List(#[from] ListError),
    /// A manifest is not the one the list names.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A chunk is not the one its manifest names.
    #[error(transparent)]
    Chunk(#[from] ChunkError),
    /// A row cannot be read.
    #[error("a row of the hub cannot be read: {0}")]
    Row(#[from] DecodeError),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A change that goes with it.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl Coded for TakeOverError {
    fn code(&self) -> &'static str {
        match self {
            Self::List(_) | Self::Manifest(_) | Self::Chunk(_) | Self::Row(_) => "reference_not_believed",
            Self::Store(error) => Coded::code(error),
            Self::Record(error) => Coded::code(error),
        }
    }

    fn detail(&self) -> String {
        self.to_string()
    }
}
