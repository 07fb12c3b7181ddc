//! A key encrypted under another key (XChaCha20-Poly1305).

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::EntropySource;

/// Encrypted bytes and the nonce they were encrypted with, as hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrap {
    nonce: String,
    sealed: String,
}

impl Wrap {
    /// Encrypts `secret` under `under`; `purpose` must be the same to open it.
    pub(crate) fn seal(under: &[u8; 32], secret: &[u8], purpose: &[u8], entropy: &EntropySource) -> Self {
        let mut nonce = [0; 24];
        entropy.fill(&mut nonce);
        let sealed = XChaCha20Poly1305::new(under.into())
            .encrypt(
                XNonce::from_slice(&nonce),
                Payload {
                    msg: secret,
                    aad: purpose,
                },
            )
            .expect("a key is far below the length limit of the cipher");
        Self {
            nonce: hex::encode(nonce),
            sealed: hex::encode(sealed),
        }
    }

    /// The secret, or `None` when `under` or `purpose` is another one or the bytes were touched.
    pub(crate) fn open(&self, under: &[u8; 32], purpose: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let nonce: [u8; 24] = hex::decode(&self.nonce).ok()?.try_into().ok()?;
        let sealed = hex::decode(&self.sealed).ok()?;
        XChaCha20Poly1305::new(under.into())
            .decrypt(
                XNonce::from_slice(&nonce),
                Payload {
                    msg: &sealed,
                    aad: purpose,
                },
            )
            .ok()
            .map(Zeroizing::new)
    }
}
