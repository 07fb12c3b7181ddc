//! The key of the database and the three ways to it: the keyring, a passphrase, the recovery words.
//!
//! One random 32-byte key opens both files. It is never derived from anything a
//! person chooses and never stands on disk unwrapped. Signing keys are not kept
//! here but inside the database.

mod file;
mod keyring;
mod passphrase;
mod recovery;
mod wrap;

use std::fmt;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

pub(crate) use self::keyring::KeyringEntry;
pub use self::keyring::KeyringTrouble;
pub(crate) use file::{KEY_FILES, KeyFile, sync_folder};
pub use passphrase::{PASSPHRASE_VARIABLE, Passphrase};
pub use recovery::{RecoveryWords, RecoveryWordsError};

use crate::{EntropySource, StoreError};

/// Where a key came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// The keyring of the operating system.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// The printed recovery words.
    RecoveryWords,
}

impl fmt::Display for KeySource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::RecoveryWords => "recovery words",
        })
    }
}

/// How to get at the key of an existing database.
#[derive(Clone, Debug)]
pub enum Unlock {
    /// Ask the keyring of the operating system.
    Keyring,
    /// Derive it from a passphrase.
    Passphrase(Passphrase),
    /// Derive it from the printed words.
    RecoveryWords(RecoveryWords),
}

impl Unlock {
    /// The passphrase of the environment variable [`PASSPHRASE_VARIABLE`] where it is set, otherwise the keyring.
    pub fn from_environment() -> Self {
        Passphrase::from_environment().map_or(Self::Keyring, Self::Passphrase)
    }

    fn source(&self) -> KeySource {
        match self {
            Self::Keyring => KeySource::Keyring,
            Self::Passphrase(_) => KeySource::Passphrase,
            Self::RecoveryWords(_) => KeySource::RecoveryWords,
        }
    }
}

/// Who keeps the key of a new database, beside the recovery words.
#[derive(Clone, Debug)]
pub enum Custody {
    /// The keyring of the operating system.
    Keyring,
    /// Whoever knows the passphrase.
    Passphrase(Passphrase),
}

impl Custody {
    /// The passphrase of the environment variable [`PASSPHRASE_VARIABLE`] where it is set, otherwise the keyring.
    pub fn from_environment() -> Self {
        Passphrase::from_environment().map_or(Self::Keyring, Self::Passphrase)
    }
}

/// The key that opens the database.
#[derive(Clone)]
pub(crate) struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    pub(crate) fn generate(entropy: &EntropySource) -> Self {
        let mut key = Zeroizing::new([0; 32]);
        entropy.fill(key.as_mut());
        Self(key)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `x'…'`, the form SQLCipher takes a raw key in.
    pub(crate) fn raw_literal(&self) -> Zeroizing<String> {
        let mut hex = Zeroizing::new([0; 64]);
        hex::encode_to_slice(self.0.as_ref(), hex.as_mut()).expect("64 digits hold 32 bytes");
        let hex = std::str::from_utf8(hex.as_ref()).expect("hexadecimal digits are ASCII");
        Zeroizing::new(format!("x'{hex}'"))
    }

    /// Stands beside the database and tells a wrong key from a damaged file. One-way, so it may be read by anyone.
    pub(crate) fn check(&self) -> String {
        let digest = Sha256::new()
            .chain_update(b"credit-repair-counter key check 1\0")
            .chain_update(self.0.as_ref())
            .finalize();
        hex::encode(&digest[..16])
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DatabaseKey(…)")
    }
}

/// The key of the database whose wraps are in `file`, got the way `unlock` says.
pub(crate) fn unlock(file: &KeyFile, unlock: &Unlock) -> Result<DatabaseKey, StoreError> {
    let source = unlock.source();
    let key = match unlock {
        Unlock::Keyring => {
            let account = file.keyring.as_deref().ok_or(StoreError::NoSuchKey(source))?;
            KeyringEntry::key(account).get()?.ok_or(StoreError::NoSuchKey(source))?
        }
        Unlock::Passphrase(passphrase) => {
            let wrapped = file.passphrase.as_ref().ok_or(StoreError::NoSuchKey(source))?;
            wrapped.open(passphrase).ok_or(StoreError::WrongKey(source))?
        }
        Unlock::RecoveryWords(words) => words.open(&file.recovery).ok_or(StoreError::WrongKey(source))?,
    };
    let key = DatabaseKey::from_slice(&key).ok_or(StoreError::WrongKey(source))?;
    if key.check() == file.check {
        Ok(key)
    } else {
        Err(StoreError::WrongKey(source))
    }
}
