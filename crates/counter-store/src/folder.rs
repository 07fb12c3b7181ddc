//! The data folder: what lies where, and the lock of its one writer.

use std::{
    fs::{self, File, TryLockError},
    io::Write,
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
        for path in self.everything() {
            match fs::remove_file(&path) {
                Ok(()) => {}
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::io(&path)(error)),
            }
        }
        Ok(())
    }

    /// Both databases and what SQLite writes beside them; the logs first.
    pub(crate) fn data_files(&self) -> Vec<PathBuf> {
        let databases = [self.database(), self.attachments()];
        let logs = databases.iter().flat_map(|database| {
            ["-wal", "-shm"].map(|suffix| {
                let mut name = database.clone().into_os_string();
                name.push(suffix);
                PathBuf::from(name)
            })
        });
        logs.chain(databases.clone()).collect()
    }

    /// All that makes the counter, its keys and its mark too.
    fn everything(&self) -> impl Iterator<Item = PathBuf> {
        let keys = key::KEY_FILES.map(|name| self.0.join(name));
        self.data_files().into_iter().chain(keys).chain([self.head_mark()])
    }

    /// Moves what makes the counter into a folder `aside-…` inside this one; nothing is deleted. Where there is
    /// nothing, nothing is done.
    pub(crate) fn set_aside(&self, now_at: i64) -> Result<(), StoreError> {
        let there: Vec<PathBuf> = self.everything().filter(|path| path.exists()).collect();
        if there.is_empty() {
            return Ok(());
        }
        let aside = (0..)
            .map(|count| self.0.join(aside_name(now_at, count)))
            .find(|path| !path.exists())
            .expect("some number is free");
        fs::create_dir(&aside).map_err(StoreError::io(&aside))?;
        // The keys last: cut short here, what is left in place is still opened by them.
        for path in there {
            let name = path.file_name().expect("a file of this folder has a name");
            fs::rename(&path, aside.join(name)).map_err(StoreError::io(&path))?;
        }
        key::sync_folder(&aside)?;
        key::sync_folder(&self.0)
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
            Ok(()) => WriterLock::begin(file).map_err(StoreError::io(&path)),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(StoreError::io(&path)(error)),
        }
    }
}

/// `aside-` and the moment in UTC, which sorts by time; a count where two fall into one second.
fn aside_name(now_at: i64, count: u32) -> String {
    let moment = jiff::Timestamp::from_millisecond(now_at).unwrap_or_default();
    let moment = moment.strftime("%Y%m%dT%H%M%SZ");
    match count {
        0 => format!("aside-{moment}"),
        _ => format!("aside-{moment}-{count}"),
    }
}

/// While it lives, nobody else writes to the folder. The file is empty while nobody holds it: a holder that was killed
/// leaves its mark in it. The mark is not flushed: until the power goes, the system has long written it.
#[derive(Debug)]
pub(crate) struct WriterLock {
    file: File,
    /// Whether whoever held it before came to no orderly end.
    pub(crate) after_unclean_end: bool,
}

impl WriterLock {
    fn begin(mut file: File) -> std::io::Result<Self> {
        let after_unclean_end = file.metadata()?.len() > 0;
        if let Err(error) = file.write_all(b"open") {
            // On a full disk one can still read, and be told so.
            tracing::warn!(%error, "the lock took no mark");
        }
        Ok(Self {
            file,
            after_unclean_end,
        })
    }
}

impl WriterLock {
    /// Takes the mark away; the lock itself is held until this is dropped.
    pub(crate) fn note_orderly_end(&self) {
        if let Err(error) = self.file.set_len(0) {
            tracing::warn!(%error, "the lock keeps its mark: the next start looks at everything");
        }
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        self.note_orderly_end();
    }
}
