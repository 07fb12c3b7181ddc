//! The way back: a data folder out of a backup.

use std::{fs, path::Path};

use super::{RemovedAtEnd, file::BackupFile, require_space};
use crate::{
    Access, Environment, Store, StoreError, Unlock, check,
    connection::{self, Mode},
    folder::Folder,
    key,
    migration::Schema,
};

/// What becomes of a database that stands where a backup is to be restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OldData {
    /// It must not be there.
    Refuse,
    /// It is moved into a folder `aside-…` inside the data folder, whole, and nothing of it is deleted.
    SetAside,
}

/// Makes a data folder at `folder` out of the backup at `source` and opens it for writing. It begins a new
/// incarnation, since the database it was copied from may have gone on. What stood there stays untouched until the
/// backup was unpacked beside it and found good.
///
/// # Errors
/// [`StoreError::AlreadyExists`] when the folder holds a database and `old` refuses it; [`StoreError::InUse`]; the key
/// errors; [`StoreError::DamagedBackup`]; [`StoreError::NewerSchema`]; [`StoreError::TooLittleSpace`].
pub fn restore(
    source: &Path,
    folder: &Path,
    unlock: &Unlock,
    old: OldData,
    environment: &Environment,
) -> Result<Store, StoreError> {
    let target = Folder::new(folder);
    target.make()?;
    let lock = target.lock()?;
    let mut backup = BackupFile::open(source)?;
    let key = key::unlock(&backup.key_file, unlock)?;
    if target.is_unfinished() {
        target.clear_unfinished()?;
        target.end_set_up()?;
    }
    if old == OldData::Refuse && target.database().exists() {
        return Err(StoreError::AlreadyExists(folder.to_owned()));
    }
    require_space(folder, backup.length)?;
    let (database, attachments) = (folder.join("counter.restored"), folder.join("attachments.restored"));
    let parts = [&database, &attachments].map(|path| RemovedAtEnd(path));
    backup.unpack(&database)?;
    backup.unpack(&attachments)?;
    {
        let database = connection::open(&database, &key, Mode::Immutable)?;
        let attachments = connection::open(&attachments, &key, Mode::Immutable)?;
        Schema::Counter.require_not_newer(&database)?;
        Schema::Attachments.require_not_newer(&attachments)?;
        let problems = check::pages_of(&database, &attachments)?;
        if let Some(problem) = problems.first() {
            return Err(StoreError::DamagedBackup(format!(
                "{}: {}",
                source.display(),
                problem.detail
            )));
        }
    }
    target.set_aside(environment.now_at)?;
    backup.key_file.write(folder)?;
    fs::rename(&attachments, target.attachments()).map_err(StoreError::io(folder))?;
    fs::rename(&database, target.database()).map_err(StoreError::io(folder))?;
    key::sync_folder(folder)?;
    drop((parts, lock));
    // No mark of the chain's head is written: without one, opening begins a new incarnation.
    Store::open(folder, unlock, Access::ReadWrite, environment)
}
