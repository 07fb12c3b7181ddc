//! Backups: both databases and the wrapped keys in one file, looked through before it takes its name; a rehearsal of
//! the way back, and the way back itself.
//!
//! The databases inside stay encrypted under the database key; only the wraps are readable. Nothing is ever held in
//! memory but a block of 64 KiB, however long a file inside is.

mod file;
mod rehearse;
mod restore;
mod write;

use std::{fs, path::Path};

pub use rehearse::{BackupContents, rehearse};
pub use restore::{OldData, restore};
pub use write::BackupReport;

use crate::StoreError;

/// What is left of the path is removed when it goes out of scope, done or not.
struct RemovedAtEnd<'p>(&'p Path);

impl Drop for RemovedAtEnd<'_> {
    fn drop(&mut self) {
        if let Err(error) = remove(self.0) {
            tracing::warn!(%error, "a part of a backup was left behind");
        }
    }
}

fn remove(path: &Path) -> Result<(), StoreError> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Makes sure that `wanted` more bytes fit where `folder` is. A system that does not tell is believed to have them.
fn require_space(folder: &Path, wanted: u64) -> Result<(), StoreError> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match fs4::available_space(folder) {
        Ok(available) if available < wanted => Err(StoreError::TooLittleSpace { wanted, available }),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(StoreError::io(folder)(error)),
        Err(error) => {
            tracing::warn!(%error, "the free space is not known");
            Ok(())
        }
    }
}
