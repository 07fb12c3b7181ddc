//! Backups of the embedded store: one plain file, made while the hub serves, believed only after it was looked through.

use std::{
    fs::{File, OpenOptions},
    path::{Path, PathBuf},
    time::Duration,
};

use counter_core::change::ChangeHash;
use hub_api::key::{HubIncarnation, PublicKey};
use rusqlite::{
    Connection, OpenFlags, OptionalExtension,
    backup::{Backup, StepResult},
};
use sha2::{Digest, Sha256};

use super::{BUSY_WAIT, unsigned};
use crate::store::{LogHead, StoreError};

/// Every page in one step: what is read is one moment, and in WAL nobody waits for a reader.
const EVERY_PAGE: i32 = -1;
/// Between two attempts where another process just holds the lock.
const PAUSE: Duration = Duration::from_millis(50);

/// What was found in a backup that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedThrough {
    /// The public half of the key that signs for this hub; absent where an older program made it.
    pub public_key: Option<PublicKey>,
    /// The life of the database.
    pub life: HubIncarnation,
    /// The end of every district's log.
    pub districts: Vec<(String, LogHead)>,
    /// What the file weighs.
    pub bytes: u64,
}

/// No backup was made, or a file is none.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of that name is there already; a backup never takes the place of another.
    #[error("{0} exists already")]
    Exists(PathBuf),
    /// The file system refused.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite found the file damaged.
    #[error("the backup does not hold: {0}")]
    Damaged(String),
    /// It is a database, but of no hub.
    #[error("{0} is not the backup of a hub")]
    NoHub(PathBuf),
    /// The heads of a log do not follow from its entries.
    #[error("the log of district {0} does not come to the head that is stored with it")]
    Head(String),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        match StoreError::from(error) {
            StoreError::Damaged(what) => Self::Damaged(what),
            other @ (StoreError::Busy | StoreError::NewerSchema { .. } | StoreError::Failed(_)) => Self::Store(other),
        }
    }
}

/// Copies the database at `database` to `file` while others write to it, and looks the copy through before it gets its name.
///
/// # Errors
/// [`BackupError`]; there is no file of that name then but one that was there before.
pub fn back_up(database: &Path, file: &Path) -> Result<LookedThrough, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let part = beside(file, "part");
    let outcome = copy(database, &part)
        .and_then(|()| look_through(&part))
        .and_then(|found| keep(&part, file).map(|()| found));
    if outcome.is_err() {
        // Half a backup is of no use to anybody; where it cannot be removed, its name says what it is.
        let _gone = std::fs::remove_file(&part);
    }
    outcome
}

fn copy(database: &Path, part: &Path) -> Result<(), BackupError> {
    // What an attempt that was killed left behind is begun anew.
    let _gone = std::fs::remove_file(part);
    super::make_private(part).map_err(|source| io(part, source))?;
    let source = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(BUSY_WAIT)?;
    let mut target = Connection::open(part)?;
    {
        let backup = Backup::new(&source, &mut target)?;
        while !matches!(backup.step(EVERY_PAGE)?, StepResult::Done) {
            std::thread::sleep(PAUSE);
        }
    }
    // One file that stands for itself: no log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    Ok(())
}

/// Looks a backup through: every page, and every log from its first entry to its head.
///
/// # Errors
/// [`BackupError`].
pub fn look_through(file: &Path) -> Result<LookedThrough, BackupError> {
    let bytes = std::fs::metadata(file).map_err(|source| io(file, source))?.len();
    let connection = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if said != "ok" {
        return Err(BackupError::Damaged(said));
    }
    let hub = connection
        .query_row("SELECT incarnation, public_key FROM hub", [], |row| {
            Ok((row.get(0)?, row.get::<_, Option<[u8; 32]>>(1)?))
        })
        .optional();
    let Ok(Some((life, public_key))) = hub else {
        return Err(BackupError::NoHub(file.to_owned()));
    };
    let mut statement = connection.prepare("SELECT district, last_index, head FROM district_log ORDER BY district")?;
    let districts: Vec<(String, LogHead)> = statement
        .query_map([], |row| {
            let head = LogHead {
                index: unsigned(row.get(1)?),
                head: ChangeHash(row.get(2)?),
            };
            Ok((row.get(0)?, head))
        })?
        .collect::<Result<_, _>>()?;
    for (district, stored) in &districts {
        if !comes_to(&connection, district, *stored)? {
            return Err(BackupError::Head(district.clone()));
        }
    }
    Ok(LookedThrough {
        public_key: public_key.map(PublicKey),
        life: HubIncarnation(life),
        districts,
        bytes,
    })
}

/// Whether the entries of a log come to `stored`. Its number may lie above the last entry's: a new life begins so.
fn comes_to(connection: &Connection, district: &str, stored: LogHead) -> Result<bool, BackupError> {
    let mut statement =
        connection.prepare("SELECT log_index, at, event FROM log_entry WHERE district = ?1 ORDER BY log_index")?;
    let mut rows = statement.query([district])?;
    let (mut head, mut last) = (ChangeHash::ORIGIN, 0);
    while let Some(row) = rows.next()? {
        last = unsigned(row.get(0)?);
        let next = Sha256::new()
            .chain_update(head.0)
            .chain_update(row.get::<_, i64>(1)?.to_be_bytes())
            .chain_update(row.get_ref(2)?.as_blob().unwrap_or_default())
            .finalize();
        head = ChangeHash(next.into());
    }
    Ok(head == stored.head && last <= stored.index)
}

/// Writes the file through to the disk and gives it its name.
fn keep(part: &Path, file: &Path) -> Result<(), BackupError> {
    let synced = OpenOptions::new()
        .append(true)
        .open(part)
        .and_then(|open| open.sync_all());
    synced.map_err(|source| io(part, source))?;
    std::fs::rename(part, file).map_err(|source| io(file, source))?;
    sync_folder_of(file)
}

/// Puts the backup in `file`, which was looked through, in the place of the database at `database`. What stood there is
/// kept beside it under a name that ends in `moment`; its new name is returned.
///
/// # Errors
/// [`StoreError::Busy`] where a process works over the database; [`BackupError::Io`].
pub fn put_in_place(file: &Path, database: &Path, moment: &str) -> Result<Option<PathBuf>, BackupError> {
    let part = beside(database, "part");
    let _gone = std::fs::remove_file(&part);
    super::make_private(&part).map_err(|source| io(&part, source))?;
    let copied = File::open(file).and_then(|mut from| {
        let mut to = OpenOptions::new().write(true).open(&part)?;
        std::io::copy(&mut from, &mut to)?;
        to.sync_all()
    });
    copied.map_err(|source| io(&part, source))?;
    let kept = database.exists().then(|| beside(database, moment));
    if let Some(kept) = &kept {
        let alone = hold_alone(database);
        if matches!(alone, Err(StoreError::Busy)) {
            let _gone = std::fs::remove_file(&part);
        }
        alone?;
        // Where it is too damaged to be closed in order, what lies beside it goes along.
        for end in ["", "-wal", "-shm"] {
            let (from, to) = (with_end(database, end), with_end(kept, end));
            if from.exists() {
                std::fs::rename(&from, &to).map_err(|source| io(&to, source))?;
            }
        }
    }
    std::fs::rename(&part, database).map_err(|source| io(database, source))?;
    sync_folder_of(database)?;
    Ok(kept)
}

/// Makes sure that nobody else has the database open, and puts what lies in its log into it. A damaged one is nobody's.
fn hold_alone(database: &Path) -> Result<(), StoreError> {
    let left_wal = Connection::open(database).and_then(|connection| {
        // In WAL every open connection keeps this from being done.
        connection.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0))
    });
    match left_wal.map_err(StoreError::from) {
        Ok(mode) if mode == "delete" => Ok(()),
        Ok(_) => Err(StoreError::Busy),
        Err(StoreError::Damaged(_)) => Ok(()),
        Err(other) => Err(other),
    }
}

fn beside(file: &Path, word: &str) -> PathBuf {
    with_end(file, &format!(".{word}"))
}

fn with_end(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn sync_folder_of(file: &Path) -> Result<(), BackupError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)
        .and_then(|open| open.sync_all())
        .map_err(|source| io(folder, source))?;
    Ok(())
}

fn io(path: &Path, source: std::io::Error) -> BackupError {
    BackupError::Io {
        path: path.to_owned(),
        source,
    }
}
