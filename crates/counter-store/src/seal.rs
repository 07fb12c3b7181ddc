//! Sealing personal numbers under the key of their lane (XChaCha20-Poly1305, the lane as associated data).

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use counter_core::{change::Lane, sealed::Sealed};
use zeroize::Zeroizing;

use crate::{ReadTx, StoreError, WriteTx, table::lane_key};

const NONCE: usize = 24;

impl WriteTx<'_> {
    /// Seals `plain` under the key of `lane`, making the key with the first number.
    ///
    /// # Errors
    /// [`StoreError::Contradiction`] when the key of the lane was destroyed.
    pub fn seal(&mut self, lane: &Lane, plain: &str) -> Result<Sealed, StoreError> {
        let key = match lane_key::get(self, lane)? {
            Some(key) => key,
            None if lane_key::is_destroyed(self, lane)? => {
                return Err(StoreError::Contradiction(format!(
                    "the personal numbers of {lane} were erased"
                )));
            }
            None => {
                let mut key = Zeroizing::new([0; 32]);
                self.entropy.fill(key.as_mut());
                lane_key::put(self, lane, &key)?;
                key
            }
        };
        let mut sealed = vec![0; NONCE];
        self.entropy.fill(&mut sealed);
        let lane = lane.to_string();
        let payload = Payload {
            msg: plain.as_bytes(),
            aad: lane.as_bytes(),
        };
        let text = XChaCha20Poly1305::new((&*key).into())
            .encrypt(XNonce::from_slice(&sealed), payload)
            .map_err(|_| StoreError::Contradiction("a personal number is too long to be sealed".to_owned()))?;
        sealed.extend_from_slice(&text);
        Ok(Sealed(sealed))
    }
}

impl ReadTx<'_> {
    /// The personal number in `sealed`; `None` once the key of the lane is destroyed, or where it never was here.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the sealed bytes were touched or belong to another lane.
    pub fn unseal(&self, lane: &Lane, sealed: &Sealed) -> Result<Option<Zeroizing<String>>, StoreError> {
        let Some(key) = lane_key::get(self, lane)? else {
            return Ok(None);
        };
        let touched = || StoreError::Damaged(format!("a sealed number of {lane}"));
        let (nonce, text) = sealed.0.split_at_checked(NONCE).ok_or_else(touched)?;
        let aad = lane.to_string();
        let plain = XChaCha20Poly1305::new((&*key).into())
            .decrypt(
                XNonce::from_slice(nonce),
                Payload {
                    msg: text,
                    aad: aad.as_bytes(),
                },
            )
            .map_err(|_| touched())?;
        String::from_utf8(plain)
            .map(|plain| Some(Zeroizing::new(plain)))
            .map_err(|_| touched())
    }
}
