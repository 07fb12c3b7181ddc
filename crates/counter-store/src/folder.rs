//! The data folder: what lies where, and the lock of its one writer.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use crate::StoreError;

/// A data folder by its path.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(path: &Path) -> Self {
        Self(path.to_owned())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Changes, lanes and tables.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("counter.db")
    }

    /// Files by content.
    pub(crate) fn attachments(&self) -> PathBuf {
        self.0.join("attachments.db")
    }

    /// How far the chain has come.
    pub(crate) fn head_mark(&self) -> PathBuf {
        self.0.join("head.mark")
    }

    /// Makes the folder if it is not there, for its owner only where the system knows owners.
    pub(crate) fn make(&self) -> Result<(), StoreError> {
        if self.0.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(&self.0).map_err(StoreError::io(&self.0))?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&self.0, fs::Permissions::from_mode(0o700)).map_err(StoreError::io(&self.0))?;
        }
        Ok(())
    }

    /// Takes the lock of the one writer; it is given back when the process ends, however it ends.
    pub(crate) fn lock(&self) -> Result<WriterLock, StoreError> {
        let path = self.0.join("counter.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| {
                if error.kind() == std::io::ErrorKind::PermissionDenied {
                    StoreError::ReadOnlyMedia
                } else {
                    StoreError::io(&path)(error)
                }
            })?;
        match file.try_lock() {
            Ok(()) => Ok(WriterLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
        }
    }
}

/// While it lives, nobody else writes to the folder.
#[derive(Debug)]
pub(crate) struct WriterLock {
    _file: File,
}
