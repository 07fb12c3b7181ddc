//! Who keeps the key of the database: the keyring, a passphrase.

use std::{path::Path, sync::PoisonError};

use super::{Inner, Store};
use crate::{
    Passphrase, StoreError,
    folder::Folder,
    key::{KeyFile, KeyringEntry},
};

impl Store {
    /// Lets a passphrase open the database too, replacing an older one.
    ///
    /// # Errors
    /// When the file of wrapped keys cannot be written.
    pub fn set_passphrase(&self, passphrase: &Passphrase) -> Result<(), StoreError> {
        self.change_key_file(|file, inner| file.add_passphrase(&inner.key, passphrase, &inner.entropy))
    }

    /// Lets the keyring of this computer open the database, as after recovery on a new one.
    ///
    /// # Errors
    /// When the keyring does not answer or the file of wrapped keys cannot be written.
    pub fn keep_key_in_keyring(&self) -> Result<(), StoreError> {
        self.change_key_file(|file, inner| {
            let account = keyring_account(&inner.folder)?;
            KeyringEntry::key(&account).set(inner.key.as_bytes())?;
            // A mark left by an earlier database in this place would make this one look like a copy.
            KeyringEntry::head_mark(&account).delete()?;
            file.keyring = Some(account);
            Ok(())
        })
    }

    fn change_key_file(
        &self,
        change: impl FnOnce(&mut KeyFile, &Inner) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let inner = &*self.0;
        if inner.writer.is_none() {
            return Err(StoreError::OpenedForReading);
        }
        let mut file = inner.key_file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut changed = file.clone();
        change(&mut changed, inner)?;
        changed.write(inner.folder.path())?;
        *file = changed;
        Ok(())
    }

    /// Forgets what the keyring holds for `folder`, so that a counter can be made there anew.
    ///
    /// # Errors
    /// When the keyring does not answer.
    pub fn forget_key_of(folder: &Path) -> Result<(), StoreError> {
        let account = keyring_account(&Folder::new(folder))?;
        KeyringEntry::key(&account).delete()?;
        KeyringEntry::head_mark(&account).delete()?;
        Ok(())
    }
}

/// The keyring's entry is named after the folder, so that a lost database is noticed when its folder is used anew.
pub(super) fn keyring_account(folder: &Folder) -> Result<String, StoreError> {
    let path = std::path::absolute(folder.path()).map_err(StoreError::io(folder.path()))?;
    Ok(path.canonicalize().unwrap_or(path).to_string_lossy().into_owned())
}
