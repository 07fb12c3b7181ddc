//! What the sender signs: this header, these items, all of them.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    key::Purpose,
    signed::{Signed, SignedMessage},
};

/// The sender's word for the whole file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickSeal {
    /// How many items stand before it.
    pub items: u64,
    /// SHA-256 over the bytes of the header and of every item with its length.
    #[serde(with = "serde_bytes")]
    pub digest: Vec<u8>,
}

impl SignedMessage for StickSeal {
    const PURPOSE: Purpose = Purpose::Stick;
}

/// One frame of the encrypted part.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Frame<T> {
    Item(T),
    Seal(Signed<StickSeal>),
}

/// What the seal covers, counted up while writing or reading.
pub(super) struct Covered {
    items: u64,
    digest: Sha256,
}

impl Covered {
    pub(super) fn new(header: &[u8]) -> Self {
        Self {
            items: 0,
            digest: Sha256::new_with_prefix(header),
        }
    }

    pub(super) fn add(&mut self, length: [u8; 4], item: &[u8]) {
        self.items += 1;
        self.digest.update(length);
        self.digest.update(item);
    }

    pub(super) fn seal(&self) -> StickSeal {
        StickSeal {
            items: self.items,
            digest: self.digest.clone().finalize().to_vec(),
        }
    }
}
