//! The form of a backup: magic, then three parts — the wrapped keys, the database, the files — each with its length
//! before; behind each of the two databases its SHA-256.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
    path::Path,
};

use sha2::{Digest, Sha256};

use crate::{StoreError, key::KeyFile};

/// The first bytes of a backup file.
const MAGIC: &[u8; 8] = b"CRCBAK1\n";
/// No honest file of wrapped keys comes near it.
const LONGEST_KEY_FILE: u64 = 64 * 1024;
/// What is held in memory at once.
const BLOCK: usize = 64 * 1024;

/// Bundles the parts into `to` and flushes it to the disk. Gives its length and its SHA-256.
pub(super) fn bundle(
    key_file: &KeyFile,
    database: &Path,
    attachments: &Path,
    to: &Path,
) -> Result<(u64, String), StoreError> {
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
        let mut block = vec![0; BLOCK];
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
    Ok((length, hex::encode(hasher.finalize())))
}

/// A backup whose keys were read; its databases come next.
pub(super) struct BackupFile<'p> {
    path: &'p Path,
    reader: BufReader<File>,
    /// The ways to the key.
    pub(super) key_file: KeyFile,
    /// The length of the whole, in bytes.
    pub(super) length: u64,
}

impl<'p> BackupFile<'p> {
    pub(super) fn open(path: &'p Path) -> Result<Self, StoreError> {
        let file = File::open(path).map_err(StoreError::io(path))?;
        let length = file.metadata().map_err(StoreError::io(path))?.len();
        let mut reader = BufReader::new(file);
        let mut magic = [0; MAGIC.len()];
        reader.read_exact(&mut magic).map_err(|_| damaged(path, "too short"))?;
        if magic != *MAGIC {
            return Err(damaged(path, "not a backup"));
        }
        let key_length = read_length(&mut reader)
            .filter(|length| *length <= LONGEST_KEY_FILE)
            .ok_or_else(|| damaged(path, "the keys"))?;
        let mut json = Vec::new();
        reader
            .by_ref()
            .take(key_length)
            .read_to_end(&mut json)
            .map_err(StoreError::io(path))?;
        Ok(Self {
            path,
            reader,
            key_file: KeyFile::from_json(&json)?,
            length,
        })
    }

    /// Writes the next part to `to` and flushes it to the disk.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the backup is cut short or its bytes are not what they were.
    pub(super) fn unpack(&mut self, to: &Path) -> Result<(), StoreError> {
        let cut = |path| damaged(path, "cut short or changed");
        let mut left = read_length(&mut self.reader)
            .filter(|length| *length <= self.length)
            .ok_or_else(|| cut(self.path))?;
        let mut file = File::create(to).map_err(StoreError::io(to))?;
        let mut hasher = Sha256::new();
        let mut block = vec![0; BLOCK];
        while left > 0 {
            let wanted = usize::try_from(left).unwrap_or(BLOCK).min(BLOCK);
            self.reader
                .read_exact(&mut block[..wanted])
                .map_err(|_| cut(self.path))?;
            hasher.update(&block[..wanted]);
            file.write_all(&block[..wanted]).map_err(StoreError::io(to))?;
            left -= wanted as u64;
        }
        let mut expected = [0; 32];
        self.reader.read_exact(&mut expected).map_err(|_| cut(self.path))?;
        if hasher.finalize().as_slice() != expected {
            return Err(cut(self.path));
        }
        file.sync_all().map_err(StoreError::io(to))
    }
}

fn damaged(path: &Path, what: &str) -> StoreError {
    StoreError::DamagedBackup(format!("{}: {what}", path.display()))
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
