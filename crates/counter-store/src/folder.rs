//! The data folder: what lies where, and the lock of its one writer.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use crate::{StoreError, key};

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

    /// Stands there from before the first key is made until its owner is sure to have a way in.
    fn unfinished(&self) -> PathBuf {
        self.0.join("setting-up")
    }

    /// Whether a set-up began here and did not come to its end.
    pub(crate) fn is_unfinished(&self) -> bool {
        self.unfinished().exists()
    }

    /// Whether there is a counter here that people may work at.
    pub(crate) fn holds_counter(&self) -> bool {
        self.database().exists() && !self.is_unfinished()
    }

    /// Marks the folder as being set up, before anything else is made in it.
    pub(crate) fn begin_set_up(&self) -> Result<(), StoreError> {
        let path = self.unfinished();
        File::create(&path)
            .and_then(|mark| mark.sync_all())
            .map_err(StoreError::io(&path))?;
        key::sync_folder(&self.0)
    }

    /// Takes the mark away: from now on the folder holds a counter.
    pub(crate) fn end_set_up(&self) -> Result<(), StoreError> {
        let path = self.unfinished();
        fs::remove_file(&path).map_err(StoreError::io(&path))?;
        key::sync_folder(&self.0)
    }

    /// Takes away what an unfinished set-up left. Nobody has worked with it, and its words were never kept.
    pub(crate) fn clear_unfinished(&self) -> Result<(), StoreError> {
        let databases = [self.database(), self.attachments()];
        let logs = databases.iter().flat_map(|database| {
            ["-wal", "-shm"].map(|suffix| {
                let mut name = database.clone().into_os_string();
                name.push(suffix);
                PathBuf::from(name)
            })
        });
        let keys = key::KEY_FILES.map(|name| self.0.join(name));
        for path in logs.chain(databases.clone()).chain(keys).chain([self.head_mark()]) {
            match fs::remove_file(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::io(&path)(error)),
            }
        }
        Ok(())
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
