//! Writing a backup, beside whoever writes to the counter.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{RemovedAtEnd, file::bundle, remove, require_space};
use crate::{
    Store, StoreError,
    check::{self, Problem},
    connection::{self, Mode},
    key::{self, DatabaseKey},
    migration::Schema,
};

/// What was backed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// The length of the file in bytes.
    pub length: u64,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// How many changes are in it.
    pub changes: u64,
    /// Files that changes cite and the counter itself has lost; a backup cannot bring them back.
    pub missing_attachments: u64,
}

impl Store {
    /// Writes a backup to `target`, beside a writer if there is one. The copy is opened with its key and looked
    /// through — pages, chain, receipts, files — before it gets its name, so a file that is there is a good one.
    ///
    /// # Errors
    /// [`StoreError::TooLittleSpace`] before anything is written; [`StoreError::DiskFull`],
    /// [`StoreError::ReadOnlyMedia`], or [`StoreError::Damaged`] when the copy does not hold.
    pub fn backup(&self, target: &Path) -> Result<BackupReport, StoreError> {
        let beside = |suffix: &str| {
            let mut name = target.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        let [database, attachments, whole] = PART_SUFFIXES.map(beside);
        let parts = [&database, &attachments, &whole].map(|path| RemovedAtEnd(path));
        let folder = target.parent().unwrap_or(Path::new(""));
        // The copies stand there first, then the file that bundles them.
        require_space(folder, 2 * (self.length_on_disk()? + SPARE))?;
        // The files later than the database: files are only ever added, so the copy has at least what is cited.
        copy(&self.database_path(), self.reading_mode(), &database, self.key())?;
        copy(self.attachments().path(), self.reading_mode(), &attachments, self.key())?;
        let (changes, problems) = look_through(&database, &attachments, self.key())?;
        let missing = |problem: &&Problem| problem.code == check::MISSING_ATTACHMENT;
        if let Some(problem) = problems.iter().find(|problem| !missing(problem)) {
            return Err(StoreError::Damaged(format!("{} {}", problem.code, problem.detail)));
        }
        let (length, sha256) = bundle(&self.key_file(), &database, &attachments, &whole)?;
        fs::rename(&whole, target).map_err(StoreError::io(target))?;
        if !folder.as_os_str().is_empty() {
            key::sync_folder(folder)?;
        }
        drop(parts);
        Ok(BackupReport {
            length,
            sha256,
            changes,
            missing_attachments: problems.iter().filter(missing).count() as u64,
        })
    }

    /// Removes what backups to `target` that were killed on the way have left beside it.
    ///
    /// # Errors
    /// When they cannot be removed.
    pub fn clear_backup_parts(target: &Path) -> Result<(), StoreError> {
        // A copy that was killed has left its journal too.
        let endings = PART_SUFFIXES
            .iter()
            .flat_map(|suffix| [(suffix, ""), (suffix, "-journal")]);
        endings.into_iter().try_for_each(|(suffix, journal)| {
            let mut name = target.as_os_str().to_owned();
            name.push(suffix);
            name.push(journal);
            remove(Path::new(&name))
        })
    }

    /// What both files take, their logs too, in bytes.
    fn length_on_disk(&self) -> Result<u64, StoreError> {
        let mut length = 0;
        for path in self.data_files() {
            match fs::metadata(&path) {
                Ok(file) => length += file.len(),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(StoreError::io(path)(error)),
            }
        }
        Ok(length)
    }
}

/// What stands beside a backup while it is made.
pub(crate) const PART_SUFFIXES: [&str; 3] = [".db-part", ".files-part", ".part"];
/// Left free beyond what is needed: 1 MiB.
const SPARE: u64 = 1024 * 1024;

fn copy(from: &Path, mode: Mode, to: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    remove(to)?;
    // A connection of its own: in the pool's `query_only` would keep the copy from being written.
    let connection = connection::open(from, key, mode)?;
    connection.execute_batch("PRAGMA query_only = OFF")?;
    connection.execute("VACUUM INTO ?", [to.to_string_lossy()])?;
    Ok(())
}

/// Opens the copies by themselves. Gives how many changes they hold and what is wrong with them.
fn look_through(database: &Path, attachments: &Path, key: &DatabaseKey) -> Result<(u64, Vec<Problem>), StoreError> {
    let database = connection::open(database, key, Mode::Immutable)?;
    let attachments = connection::open(attachments, key, Mode::Immutable)?;
    Schema::Counter.require_not_newer(&database)?;
    Schema::Attachments.require_not_newer(&attachments)?;
    let problems = check::what_was_recorded(&database, &attachments)?;
    let changes = database.query_row("SELECT count(*) FROM change", [], |row| {
        crate::table::column::count(row, 0)
    })?;
    Ok((changes, problems))
}
