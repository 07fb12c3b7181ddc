//! What can go wrong in the store, one variant per thing a person can do about it.

use std::path::PathBuf;

use counter_core::refusal::Refusal;

use crate::key::{KeySource, KeyringTrouble};

/// The store could not do it. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another window or command writes to this folder.
    #[error("another program is writing to this data folder")]
    InUse,
    /// The store was opened for reading.
    #[error("the store was opened for reading only")]
    OpenedForReading,
    /// The disk or the folder cannot be written to.
    #[error("the data folder cannot be written to")]
    ReadOnlyMedia,
    /// No space is left. What was saved before is safe.
    #[error("the disk is full")]
    DiskFull,
    /// Before a backup or a restore: it would not fit. Nothing was written.
    #[error("{wanted} bytes are needed, {available} are free")]
    TooLittleSpace {
        /// Needed, in bytes.
        wanted: u64,
        /// Free, in bytes.
        available: u64,
    },
    /// There is no database in the folder.
    #[error("there is no database in {0}")]
    NoDatabase(PathBuf),
    /// There is a database in the folder already.
    #[error("there is a database in {0} already")]
    AlreadyExists(PathBuf),
    /// The keyring holds a key for this folder but the database is gone: a new key would hide a loss.
    #[error("the keyring holds a key for {0}, but its database is missing")]
    KeyWithoutDatabase(PathBuf),
    /// A newer program has written here.
    #[error("the database has version {found}, this program knows up to {supported}")]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The newest this program knows.
        supported: i64,
    },
    /// An older program has written here and this opener may not change it.
    #[error("the database has version {found}; it must be opened for writing once to become version {supported}")]
    OlderSchema {
        /// The version found.
        found: i64,
        /// The newest this program knows.
        supported: i64,
    },
    /// The passphrase, the words or the keyring's key belong to another database, or are mistyped.
    #[error("the key from the {0} does not open this database")]
    WrongKey(KeySource),
    /// This database was never given a key of that kind.
    #[error("this database has no key in the {0}")]
    NoSuchKey(KeySource),
    /// The keyring gave no answer.
    #[error("the keyring: {0}")]
    Keyring(#[from] KeyringTrouble),
    /// The file of wrapped keys is missing or unreadable, and so is its copy.
    #[error("the file of wrapped keys cannot be read: {0}")]
    KeyFile(String),
    /// The key is right, the content is not.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// A backup is cut short, changed, or no backup at all.
    #[error("the backup is damaged: {0}")]
    DamagedBackup(String),
    /// The SQLite that was linked is too old to be trusted with a write-ahead log.
    #[error("SQLite {0} is older than 3.51.3")]
    OldSqlite(&'static str),
    /// No file with this content is kept here.
    #[error("no attachment {0}")]
    NoAttachment(String),
    /// The file is longer than the caller allows.
    #[error("the file is longer than {limit} bytes")]
    AttachmentTooLong {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A receipt, feed entry or backup contradicts what is stored here.
    #[error("contradicts what is stored: {0}")]
    Contradiction(String),
    /// The database refused a statement.
    #[error("the database: {0}")]
    Database(#[source] rusqlite::Error),
    /// A migration failed.
    #[error("the migration failed: {0}")]
    Migration(#[source] Box<refinery::Error>),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl StoreError {
    /// The stable word of this error, as the command line and the screen know it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::InUse => "in_use",
            Self::OpenedForReading => "opened_for_reading",
            Self::ReadOnlyMedia => "read_only_media",
            Self::DiskFull => "disk_full",
            Self::TooLittleSpace { .. } => "too_little_space",
            Self::NoDatabase(_) => "no_database",
            Self::AlreadyExists(_) => "already_exists",
            Self::KeyWithoutDatabase(_) => "key_without_database",
            Self::NewerSchema { .. } => "newer_database",
            Self::OlderSchema { .. } => "older_database",
            Self::WrongKey(_) => "wrong_key",
            Self::NoSuchKey(_) => "no_such_key",
            Self::Keyring(_) => "keyring",
            Self::KeyFile(_) => "key_file",
            Self::Damaged(_) => "damaged",
            Self::DamagedBackup(_) => "damaged_backup",
            Self::OldSqlite(_) => "old_sqlite",
            Self::NoAttachment(_) => "no_attachment",
            Self::AttachmentTooLong { .. } => "attachment_too_long",
            Self::Contradiction(_) => "contradiction",
            Self::Database(_) => "database",
            Self::Migration(_) => "migration",
            Self::Io { .. } => "io",
        }
    }

    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| {
            use std::io::ErrorKind;
            if matches!(source.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
                Self::DiskFull
            } else if source.kind() == ErrorKind::ReadOnlyFilesystem {
                Self::ReadOnlyMedia
            } else {
                Self::Io { path, source }
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::{ErrorCode, ffi::SQLITE_IOERR_SHMSIZE};
        // There was no room for the index of the write-ahead log, which SQLite calls an error of input and output.
        if error.sqlite_error().map(|error| error.extended_code) == Some(SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnlyMedia,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Database(error),
        }
    }
}

/// A change was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The reducer refuses it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store could not keep it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[cfg(test)]
mod tests {
    use rusqlite::ffi;

    use super::*;

    #[test]
    fn no_room_for_the_log_or_for_its_index_is_a_full_disk() {
        for code in [ffi::SQLITE_FULL, ffi::SQLITE_IOERR_SHMSIZE] {
            let error = StoreError::from(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None));
            assert_eq!(error.code(), "disk_full");
        }
        let other = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_IOERR_READ), None);
        assert_eq!(StoreError::from(other).code(), "database");
    }
}
