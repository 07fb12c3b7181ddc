//! Backups: both databases and the wrapped keys in one file, verified before it takes its name; and back from it.
//!
//! The databases inside stay encrypted under the database key; only the wraps are readable.

use std::{
    fs::{self, File},
    io::{BufReader, BufWriter, Read, Write},
    path::Path,
};

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::{
    Access, Environment, Store, StoreError, Unlock,
    connection::{self, Mode},
    folder::Folder,
    key::{self, DatabaseKey, KeyFile},
    migration::Schema,
};

/// The first bytes of a backup file.
const MAGIC: &[u8; 8] = b"CRCBAK1\n";
/// No honest file of wrapped keys comes near it.
const LONGEST_KEY_FILE: u64 = 64 * 1024;

/// What was backed up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupReport {
    /// The length of the file in bytes.
    pub length: u64,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// How many changes are in it.
    pub changes: u64,
}

impl Store {
    /// Writes a backup to `target`, beside a writer if there is one. It is opened and checked before it gets its name,
    /// so a file that is there is a good one.
    ///
    /// # Errors
    /// [`StoreError::DiskFull`], [`StoreError::ReadOnlyMedia`], or [`StoreError::Damaged`] when the copy does not hold.
    pub fn backup(&self, target: &Path) -> Result<BackupReport, StoreError> {
        let beside = |suffix: &str| {
            let mut name = target.as_os_str().to_owned();
            name.push(suffix);
            std::path::PathBuf::from(name)
        };
        let (database, attachments, whole) = (beside(".db-part"), beside(".files-part"), beside(".part"));
        let parts = [&database, &attachments, &whole].map(|path| RemovedAtEnd(path));
        // The files later than the database: files are only ever added, so the copy has at least what is cited.
        copy(&self.database_path(), self.reading_mode(), &database, self.key())?;
        copy(self.attachments().path(), self.reading_mode(), &attachments, self.key())?;
        let changes = verify(&database, Schema::Counter, self.key())?;
        verify(&attachments, Schema::Attachments, self.key())?;
        let report = bundle(&self.key_file(), &database, &attachments, &whole)?;
        fs::rename(&whole, target).map_err(StoreError::io(target))?;
        if let Some(folder) = target.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            key::sync_folder(folder)?;
        }
        drop(parts);
        Ok(BackupReport { changes, ..report })
    }
}

/// Makes a data folder at `folder` out of the backup at `source` and opens it for writing. It begins a new
/// incarnation, since the database it was copied from may have gone on.
///
/// # Errors
/// [`StoreError::AlreadyExists`] when the folder holds a database; the key errors; [`StoreError::Damaged`].
pub fn restore(source: &Path, folder: &Path, unlock: &Unlock, environment: &Environment) -> Result<Store, StoreError> {
    let target = Folder::new(folder);
    target.make()?;
    let lock = target.lock()?;
    if target.is_unfinished() {
        target.clear_unfinished()?;
        target.end_set_up()?;
    }
    if target.database().exists() {
        return Err(StoreError::AlreadyExists(folder.to_owned()));
    }
    let file = File::open(source).map_err(StoreError::io(source))?;
    let mut reader = BufReader::new(file);
    let damaged = |what: &str| StoreError::Damaged(format!("{}: {what}", source.display()));
    let mut magic = [0; MAGIC.len()];
    reader.read_exact(&mut magic).map_err(|_| damaged("too short"))?;
    if magic != *MAGIC {
        return Err(damaged("not a backup"));
    }
    let key_length = read_length(&mut reader)
        .filter(|length| *length <= LONGEST_KEY_FILE)
        .ok_or_else(|| damaged("the keys"))?;
    let mut json = Vec::new();
    reader
        .by_ref()
        .take(key_length)
        .read_to_end(&mut json)
        .map_err(StoreError::io(source))?;
    let key_file = KeyFile::from_json(&json)?;
    let key = key::unlock(&key_file, unlock)?;
    let (database, attachments) = (folder.join("counter.restored"), folder.join("attachments.restored"));
    let parts = [&database, &attachments].map(|path| RemovedAtEnd(path));
    for (path, schema) in [(&database, Schema::Counter), (&attachments, Schema::Attachments)] {
        unpack(&mut reader, path).ok_or_else(|| damaged("cut short or changed"))??;
        verify(path, schema, &key)?;
    }
    key_file.write(folder)?;
    fs::rename(&attachments, target.attachments()).map_err(StoreError::io(folder))?;
    fs::rename(&database, target.database()).map_err(StoreError::io(folder))?;
    key::sync_folder(folder)?;
    drop((parts, lock));
    // No mark of the chain's head is written: without one, opening begins a new incarnation.
    Store::open(folder, unlock, Access::ReadWrite, environment)
}

fn copy(from: &Path, mode: Mode, to: &Path, key: &DatabaseKey) -> Result<(), StoreError> {
    remove(to)?;
    // A connection of its own: in the pool's `query_only` would keep the copy from being written.
    let connection = connection::open(from, key, mode)?;
    connection.execute_batch("PRAGMA query_only = OFF")?;
    connection.execute("VACUUM INTO ?", [to.to_string_lossy()])?;
    Ok(())
}

/// Opens a copy by itself and looks at every page. Returns how many changes it holds.
fn verify(path: &Path, schema: Schema, key: &DatabaseKey) -> Result<u64, StoreError> {
    let connection = connection::open(path, key, Mode::Immutable)?;
    schema.require_not_newer(&connection)?;
    let verdict: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(StoreError::Damaged(format!("{}: {verdict}", path.display())));
    }
    match schema {
        Schema::Counter => count(&connection, "SELECT count(*) FROM change"),
        Schema::Attachments => count(&connection, "SELECT count(*) FROM attachment"),
    }
}

fn count(connection: &Connection, question: &str) -> Result<u64, StoreError> {
    Ok(connection.query_row(question, [], |row| crate::table::column::count(row, 0))?)
}

/// Magic, then three parts, each with its length before and its SHA-256 behind.
fn bundle(key_file: &KeyFile, database: &Path, attachments: &Path, to: &Path) -> Result<BackupReport, StoreError> {
    let file = File::create(to).map_err(StoreError::io(to))?;
    let mut writer = Hashing {
        inner: BufWriter::new(file),
        hasher: Sha256::new(),
        length: 0,
    };
    let json = key_file.to_json();
    writer.put(MAGIC).map_err(StoreError::io(to))?;
    writer
        .put(&(json.len() as u64).to_be_bytes())
        .map_err(StoreError::io(to))?;
    writer.put(json.as_bytes()).map_err(StoreError::io(to))?;
    for part in [database, attachments] {
        let mut source = File::open(part).map_err(StoreError::io(part))?;
        let length = source.metadata().map_err(StoreError::io(part))?.len();
        writer.put(&length.to_be_bytes()).map_err(StoreError::io(to))?;
        let mut hasher = Sha256::new();
        let mut block = vec![0; 64 * 1024];
        loop {
            let read = source.read(&mut block).map_err(StoreError::io(part))?;
            if read == 0 {
                break;
            }
            hasher.update(&block[..read]);
            writer.put(&block[..read]).map_err(StoreError::io(to))?;
        }
        writer.put(&hasher.finalize()).map_err(StoreError::io(to))?;
    }
    let Hashing {
        mut inner,
        hasher,
        length,
    } = writer;
    inner
        .flush()
        .and_then(|()| inner.get_ref().sync_all())
        .map_err(StoreError::io(to))?;
    Ok(BackupReport {
        length,
        sha256: hex::encode(hasher.finalize()),
        changes: 0,
    })
}

struct Hashing {
    inner: BufWriter<File>,
    hasher: Sha256,
    length: u64,
}

impl Hashing {
    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.hasher.update(bytes);
        self.length += bytes.len() as u64;
        self.inner.write_all(bytes)
    }
}

fn read_length(reader: &mut impl Read) -> Option<u64> {
    let mut length = [0; 8];
    reader.read_exact(&mut length).ok()?;
    Some(u64::from_be_bytes(length))
}

/// Writes the next part to `to`; `None` when the backup is cut short or its bytes are not what they were.
fn unpack(reader: &mut impl Read, to: &Path) -> Option<Result<(), StoreError>> {
    let mut left = read_length(reader)?;
    let mut file = match File::create(to).map_err(StoreError::io(to)) {
        Ok(file) => file,
        Err(error) => return Some(Err(error)),
    };
    let mut hasher = Sha256::new();
    let mut block = vec![0; 64 * 1024];
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(block.len()).min(block.len());
        reader.read_exact(&mut block[..wanted]).ok()?;
        hasher.update(&block[..wanted]);
        if let Err(error) = file.write_all(&block[..wanted]).map_err(StoreError::io(to)) {
            return Some(Err(error));
        }
        left -= wanted as u64;
    }
    let mut expected = [0; 32];
    reader.read_exact(&mut expected).ok()?;
    if hasher.finalize().as_slice() != expected {
        return None;
    }
    Some(file.sync_all().map_err(StoreError::io(to)))
}

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
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::io(path)(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}
