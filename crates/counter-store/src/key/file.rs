//! `keys.json`: the wrapped keys beside the database, and a copy, since losing it would lose everything.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::{DatabaseKey, Passphrase, RecoveryWords, passphrase::PassphraseWrap, wrap::Wrap};
use crate::{EntropySource, StoreError};

/// The file and its copy.
pub(crate) const KEY_FILES: [&str; 2] = ["keys.json", "keys-copy.json"];
const VERSION: u32 = 1;

/// The ways to the key of a database. Holds nothing secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct KeyFile {
    version: u32,
    /// See [`DatabaseKey::check`].
    pub(crate) check: String,
    /// The account of the keyring entry, where the keyring holds the key.
    pub(crate) keyring: Option<String>,
    /// The key under a passphrase.
    pub(crate) passphrase: Option<PassphraseWrap>,
    /// The key under the recovery words.
    pub(crate) recovery: Wrap,
}

impl KeyFile {
    pub(crate) fn new(key: &DatabaseKey, words: &RecoveryWords, entropy: &EntropySource) -> Self {
        Self {
            version: VERSION,
            check: key.check(),
            keyring: None,
            passphrase: None,
            recovery: words.seal(key, entropy),
        }
    }

    pub(crate) fn add_passphrase(
        &mut self,
        key: &DatabaseKey,
        passphrase: &Passphrase,
        entropy: &EntropySource,
    ) -> Result<(), StoreError> {
        self.passphrase = Some(PassphraseWrap::seal(key, passphrase, entropy)?);
        Ok(())
    }

    /// Reads the file, or its copy when the file is missing or unreadable.
    pub(crate) fn read(folder: &Path) -> Result<Self, StoreError> {
        let [first, copy] = KEY_FILES.map(|name| read_one(&folder.join(name)));
        first.or_else(|trouble| copy.map_err(|_| StoreError::KeyFile(trouble)))
    }

    /// Writes the file and its copy, each whole or not at all.
    pub(crate) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let json = self.to_json();
        for name in KEY_FILES {
            write_whole(&folder.join(name), json.as_bytes())?;
        }
        Ok(())
    }

    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("the wraps are plain text")
    }

    pub(crate) fn from_json(json: &[u8]) -> Result<Self, StoreError> {
        parse(json).map_err(StoreError::KeyFile)
    }
}

fn read_one(path: &Path) -> Result<KeyFile, String> {
    let json = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    parse(&json).map_err(|error| format!("{}: {error}", path.display()))
}

fn parse(json: &[u8]) -> Result<KeyFile, String> {
    let file: KeyFile = serde_json::from_slice(json).map_err(|error| error.to_string())?;
    if file.version == VERSION {
        Ok(file)
    } else {
        Err(format!("version {} is not known", file.version))
    }
}

/// Writes beside the target, flushes to the disk, then takes its place.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh).map_err(StoreError::io(&fresh))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io(&fresh))?;
    drop(file);
    fs::rename(&fresh, path).map_err(StoreError::io(path))?;
    if let Some(folder) = path.parent() {
        sync_folder(folder)?;
    }
    Ok(())
}

/// Makes a rename in `folder` survive a power cut. Windows does that by itself and cannot open folders.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(StoreError::io(folder))?;
    }
    Ok(())
}
