//! Personal numbers inside a change: only the sealed form is hashed and sent.

use serde::{Deserialize, Serialize};

/// A personal number encrypted under the key of its lane. Destroying the key erases it; the chain stays whole.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(#[serde(with = "serde_bytes")] pub Vec<u8>);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealed({} bytes)", self.0.len())
    }
}
