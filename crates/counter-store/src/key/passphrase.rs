//! The way through a passphrase: Argon2id, for computers without a keyring.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{DatabaseKey, wrap::Wrap};
use crate::{EntropySource, StoreError};

/// The environment variable the passphrase is taken from.
pub const PASSPHRASE_VARIABLE: &str = "CREDIT_COUNTER_PASSPHRASE";

const PURPOSE: &[u8] = b"credit-repair-counter passphrase wrap 1";
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// A passphrase. Never shown, wiped when dropped.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes the passphrase over.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The passphrase of [`PASSPHRASE_VARIABLE`], where it is set and not empty.
    pub fn from_environment() -> Option<Self> {
        std::env::var(PASSPHRASE_VARIABLE)
            .ok()
            .filter(|text| !text.is_empty())
            .map(Self::new)
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

/// The key of the database under a passphrase, with the cost it was made at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PassphraseWrap {
    salt: String,
    memory_kib: u32,
    passes: u32,
    wrap: Wrap,
}

impl PassphraseWrap {
    pub(crate) fn seal(
        key: &DatabaseKey,
        passphrase: &Passphrase,
        entropy: &EntropySource,
    ) -> Result<Self, StoreError> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        let under = derive(passphrase, &salt, MEMORY_KIB, PASSES)
            .ok_or_else(|| StoreError::KeyFile("the passphrase is too long".to_owned()))?;
        Ok(Self {
            salt: hex::encode(salt),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            wrap: Wrap::seal(&under, key.as_bytes(), PURPOSE, entropy),
        })
    }

    pub(crate) fn open(&self, passphrase: &Passphrase) -> Option<Zeroizing<Vec<u8>>> {
        let salt = hex::decode(&self.salt).ok()?;
        // The file is not trusted: a made-up cost must not eat the memory of the computer.
        let cost_is_plausible = self.memory_kib <= 16 * MEMORY_KIB && self.passes <= 16 * PASSES;
        let under = cost_is_plausible.then(|| derive(passphrase, &salt, self.memory_kib, self.passes))??;
        self.wrap.open(&under, PURPOSE)
    }
}

fn derive(passphrase: &Passphrase, salt: &[u8], memory_kib: u32, passes: u32) -> Option<Zeroizing<[u8; 32]>> {
    let params = Params::new(memory_kib, passes, 1, Some(32)).ok()?;
    let mut under = Zeroizing::new([0; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.0.as_bytes(), salt, under.as_mut())
        .ok()?;
    Some(under)
}
