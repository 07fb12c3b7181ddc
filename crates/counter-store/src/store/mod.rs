//! The store as a whole: made, opened, read and written.

mod custody;
mod turn;

use std::{
    fs::File,
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use counter_core::change::CounterCode;
use rusqlite::{Connection, TransactionBehavior};

use crate::{
    Attachments, CounterIdentity, Custody, EntropySource, ReadTx, RecoveryWords, StoreError, Unlock, WriteTx, check,
    connection::{self, Mode, ReaderPool},
    folder::{Folder, WriterLock},
    head_mark::HeadMark,
    incarnation,
    key::{self, DatabaseKey, KeyFile, KeyringEntry},
    migration::Schema,
    table,
};

use custody::keyring_account;
use turn::Turns;

/// The counter's database. Clones share it; it may be used from any thread.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    folder: Folder,
    key: DatabaseKey,
    key_file: Mutex<KeyFile>,
    readers: ReaderPool,
    attachments: Attachments,
    entropy: EntropySource,
    identity: RwLock<CounterIdentity>,
    restored: bool,
    attachments_made_anew: bool,
    // Dropped in this order: the connections before the lock.
    writer: Option<Writer>,
    lock: Option<WriterLock>,
}

struct Writer {
    turns: Turns,
    connection: Mutex<Connection>,
    mark: HeadMark,
}

/// What a new counter is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCounter {
    /// The division code of the district, such as `440104`.
    pub site: String,
    /// The code inside the district, such as `W03`.
    pub counter: CounterCode,
    /// What every number begins with, such as `YX`.
    pub prefix: String,
    /// A folder for practice: the clock may be set and every print is watermarked.
    pub test: bool,
}

/// Whether the opener wants to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Be the one writer.
    ReadWrite,
    /// Read beside whoever writes.
    ReadOnly,
}

/// What the store takes from the world around it.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Where random bytes come from.
    pub entropy: EntropySource,
    /// This moment, in milliseconds since 1970 UTC: a new incarnation is dated by it.
    pub now_at: i64,
}

impl Store {
    /// Makes a counter in `folder`, which may exist but must hold no database.
    /// The words are the last way to the data; they are shown once and never kept.
    ///
    /// # Errors
    /// See [`Store::begin`].
    pub fn create(
        folder: &Path,
        counter: &NewCounter,
        custody: &Custody,
        environment: &Environment,
    ) -> Result<(Self, RecoveryWords), StoreError> {
        let (store, words) = Self::begin(folder, counter, custody, environment)?;
        store.finish_set_up()?;
        Ok((store, words))
    }

    /// Makes a counter in `folder` that is not there for anybody else until [`Store::finish_set_up`]. If the power
    /// goes before, the next set-up begins anew: no counter is left whose words nobody has seen.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`]; [`StoreError::KeyWithoutDatabase`] when the keyring holds a key for this
    /// very folder, since then a database was lost; [`StoreError::Keyring`] when it cannot be asked.
    pub fn begin(
        folder: &Path,
        counter: &NewCounter,
        custody: &Custody,
        environment: &Environment,
    ) -> Result<(Self, RecoveryWords), StoreError> {
        let folder = Folder::new(folder);
        folder.make()?;
        let lock = folder.lock()?;
        let account = match custody {
            Custody::Keyring => Some(keyring_account(&folder)?),
            Custody::Passphrase(_) => None,
        };
        if folder.is_unfinished() {
            folder.clear_unfinished()?;
            if let Some(account) = &account {
                KeyringEntry::key(account).delete()?;
            }
        }
        if folder.database().exists() {
            return Err(StoreError::AlreadyExists(folder.path().to_owned()));
        }
        if let Some(account) = &account
            && KeyringEntry::key(account).get()?.is_some()
        {
            return Err(StoreError::KeyWithoutDatabase(folder.path().to_owned()));
        }
        folder.begin_set_up()?;
        let key = DatabaseKey::generate(&environment.entropy);
        let words = RecoveryWords::generate(&environment.entropy);
        let mut key_file = KeyFile::new(&key, &words, &environment.entropy);
        if let Some(account) = account {
            KeyringEntry::key(&account).set(key.as_bytes())?;
            KeyringEntry::head_mark(&account).delete()?;
            key_file.keyring = Some(account);
        }
        if let Custody::Passphrase(passphrase) = custody {
            key_file.add_passphrase(&key, passphrase, &environment.entropy)?;
        }
        key_file.write(folder.path())?;
        let writer = migrated(&folder, &key)?;
        table::counter::insert(&writer, counter, environment)?;
        let mark = HeadMark::create(&folder, key_file.keyring.as_deref())?;
        let store = Self::assemble(folder, key, key_file, Some((writer, mark, lock)), environment, false)?;
        store.write(|tx| incarnation::open_first(tx, counter, environment.now_at))?;
        Ok((store, words))
    }

    /// Says that the counter has somebody who can sign in and whose words are kept: now it is there.
    ///
    /// # Errors
    /// When the folder cannot be written to; then it stays unfinished.
    pub fn finish_set_up(&self) -> Result<(), StoreError> {
        self.0.folder.end_set_up()
    }

    /// Whether there is a counter in `folder` whose set-up came to its end.
    pub fn exists(folder: &Path) -> bool {
        Folder::new(folder).holds_counter()
    }

    /// Opens the counter in `folder`.
    ///
    /// A writer that finds the database behind the mark of its chain opens a new incarnation first:
    /// it is a restored or copied one, see [`Store::was_restored`].
    ///
    /// # Errors
    /// [`StoreError::InUse`] for a second writer; the key errors; [`StoreError::Damaged`];
    /// [`StoreError::NewerSchema`]; [`StoreError::ReadOnlyMedia`] for a writer on a medium it cannot write to.
    pub fn open(folder: &Path, unlock: &Unlock, access: Access, environment: &Environment) -> Result<Self, StoreError> {
        let folder = Folder::new(folder);
        if !folder.holds_counter() {
            return Err(StoreError::NoDatabase(folder.path().to_owned()));
        }
        let key_file = KeyFile::read(folder.path())?;
        match access {
            Access::ReadOnly => {
                let key = key::unlock(&key_file, unlock)?;
                Self::assemble(folder, key, key_file, None, environment, false)
            }
            Access::ReadWrite => {
                let lock = folder.lock()?;
                let key = key::unlock(&key_file, unlock)?;
                let writer = migrated(&folder, &key)?;
                let mark = HeadMark::open(&folder, key_file.keyring.as_deref())?;
                let restored = {
                    let reading = ReadTx::new(&writer);
                    table::change::verify_head(&reading)?;
                    !mark.stands_in(&reading)?
                };
                let store = Self::assemble(folder, key, key_file, Some((writer, mark, lock)), environment, restored)?;
                store.refresh_stale_projections()?;
                if restored {
                    store.open_incarnation(environment.now_at)?;
                }
                Ok(store)
            }
        }
    }

    fn assemble(
        folder: Folder,
        key: DatabaseKey,
        key_file: KeyFile,
        writer: Option<(Connection, HeadMark, WriterLock)>,
        environment: &Environment,
        restored: bool,
    ) -> Result<Self, StoreError> {
        let mode = reading_mode(&folder, writer.is_some())?;
        let readers = ReaderPool::new(folder.database(), key.clone(), mode);
        let had_attachments = folder.attachments().exists();
        let attachments = Attachments::open(&folder.attachments(), &key, mode, writer.is_some())?;
        let (identity, cites_files) = {
            let reader = readers.take()?;
            Schema::Counter.require(&reader)?;
            let reading = ReadTx::new(&reader);
            (incarnation::identity(&reading)?, check::cites_files(&reader)?)
        };
        let (writer, lock) = match writer {
            Some((connection, mark, lock)) => (
                Some(Writer {
                    turns: Turns::default(),
                    connection: Mutex::new(connection),
                    mark,
                }),
                Some(lock),
            ),
            None => (None, None),
        };
        Ok(Self(Arc::new(Inner {
            folder,
            key,
            key_file: Mutex::new(key_file),
            readers,
            attachments,
            entropy: environment.entropy.clone(),
            identity: RwLock::new(identity),
            restored,
            attachments_made_anew: cites_files && !had_attachments,
            writer,
            lock,
        })))
    }

    /// Reads one moment. Several readers run side by side, and beside the writer.
    ///
    /// # Errors
    /// Whatever `question` answers, or a [`StoreError`] when no view can be opened.
    pub fn read<T, E: From<StoreError>>(&self, question: impl FnOnce(&ReadTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let reader = self.0.readers.take()?;
        let transaction = reader.unchecked_transaction().map_err(StoreError::from)?;
        let answer = question(&ReadTx::new(&transaction))?;
        transaction.finish().map_err(StoreError::from)?;
        Ok(answer)
    }

    /// Writes; when this returns `Ok` it is on the disk. After an error nothing of it is left.
    /// Must not be called from inside `act`: there is one writer.
    ///
    /// # Errors
    /// Whatever `act` answers, or a [`StoreError`] when the store cannot keep it.
    pub fn write<T, E: From<StoreError>>(&self, act: impl FnOnce(&mut WriteTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let inner = &*self.0;
        let writer = inner.writer.as_ref().ok_or(StoreError::OpenedForReading)?;
        let _turn = writer.turns.take();
        // A panic in an earlier act rolled its transaction back; the connection is as good as before.
        let mut connection = writer.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(StoreError::from)?;
        let reading = ReadTx::new(&transaction);
        let identity = incarnation::identity(&reading)?;
        let head = table::change::head(&reading, &identity)?;
        let mut tx = WriteTx::new(&transaction, identity, head, &inner.entropy, &inner.attachments);
        let answer = act(&mut tx)?;
        let WriteTx {
            identity,
            head,
            recorded,
            ..
        } = tx;
        transaction.commit().map_err(StoreError::from)?;
        if recorded {
            // It is saved whatever becomes of the mark; a mark that lags is only less watchful.
            if let Err(error) = writer.mark.set(head) {
                tracing::warn!(%error, "the mark of the chain's head was not written");
            }
            *inner.identity.write().unwrap_or_else(PoisonError::into_inner) = identity;
        }
        Ok(answer)
    }

    /// The counter and the incarnation it writes in.
    pub fn identity(&self) -> CounterIdentity {
        self.0.identity.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether opening it found a restored or copied database and began a new incarnation.
    pub fn was_restored(&self) -> bool {
        self.0.restored
    }

    /// Whether it was opened for reading only.
    pub fn is_read_only(&self) -> bool {
        self.0.writer.is_none()
    }

    /// Whether the writer before came to no orderly end: a kill or a power cut. What it had saved is there.
    pub fn after_unclean_end(&self) -> bool {
        self.0.lock.as_ref().is_some_and(|lock| lock.after_unclean_end)
    }

    /// Says that the work has come to its end, for a program that ends without dropping what it holds. A write that
    /// is under way is waited for. The logs are taken into the files, so that these can be read from a medium that
    /// has become read-only.
    pub fn note_orderly_end(&self) {
        let (Some(writer), Some(lock)) = (&self.0.writer, &self.0.lock) else {
            return;
        };
        let connection = writer.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let taken_in = connection::take_log_in(&connection).and_then(|()| self.0.attachments.take_log_in());
        if let Err(error) = taken_in {
            tracing::warn!(%error, "a log stays beside its file; the next start takes it in");
        }
        lock.note_orderly_end();
    }

    /// Whether changes cite files but the file that kept them was gone, so that an empty one was made.
    pub fn attachments_made_anew(&self) -> bool {
        self.0.attachments_made_anew
    }

    /// How many changes are kept, others' too.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn change_count(&self) -> Result<u64, StoreError> {
        let count = "SELECT count(*) FROM change";
        Ok(self
            .reader()?
            .query_row(count, [], |row| table::column::count(row, 0))?)
    }

    /// Begins a new incarnation, as after a restore or when the hub answers `fork`.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn open_incarnation(&self, now_at: i64) -> Result<CounterIdentity, StoreError> {
        self.write(|tx| incarnation::open_next(tx, now_at))?;
        Ok(self.identity())
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.0.folder.path()
    }

    /// The files that changes cite.
    pub fn attachments(&self) -> &Attachments {
        &self.0.attachments
    }

    /// The store's source of random bytes.
    pub fn entropy(&self) -> &EntropySource {
        &self.0.entropy
    }

    /// Lets the database grow to `pages` pages of 4 KiB and no further; a write beyond is [`StoreError::DiskFull`].
    ///
    /// # Errors
    /// When the store was opened for reading.
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        let writer = self.0.writer.as_ref().ok_or(StoreError::OpenedForReading)?;
        let connection = writer.connection.lock().unwrap_or_else(PoisonError::into_inner);
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// Notes a version of the schema that no program knows yet, as a program to come will; whoever opens it next
    /// finds [`StoreError::NewerSchema`]. For trying that out.
    ///
    /// # Errors
    /// When the store was opened for reading.
    pub fn note_schema_version(&self, version: i64) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.connection().execute(
                "INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (?1, 'x', '', '1')",
                [version],
            )?;
            Ok(())
        })
    }

    pub(crate) fn key(&self) -> &DatabaseKey {
        &self.0.key
    }

    pub(crate) fn key_file(&self) -> KeyFile {
        self.0.key_file.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn database_path(&self) -> std::path::PathBuf {
        self.0.folder.database()
    }

    pub(crate) fn data_files(&self) -> Vec<std::path::PathBuf> {
        self.0.folder.data_files()
    }

    pub(crate) fn reading_mode(&self) -> Mode {
        self.0.readers.mode()
    }

    pub(crate) fn reader(&self) -> Result<connection::PooledReader<'_>, StoreError> {
        self.0.readers.take()
    }

    /// A reader that has seen nothing of the file yet.
    pub(crate) fn reader_of_its_own(&self) -> Result<Connection, StoreError> {
        self.0.readers.fresh()
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Store({})", self.0.folder.path().display())
    }
}

fn migrated(folder: &Folder, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let mut writer = connection::open(&folder.database(), key, Mode::Write)?;
    Schema::Counter.migrate(&mut writer)?;
    Ok(writer)
}

/// A reader takes part in the locks of the log and must be able to write its index; on a read-only
/// medium nobody else writes either, but a log that was left there cannot be taken in.
fn reading_mode(folder: &Folder, has_writer: bool) -> Result<Mode, StoreError> {
    let writable = || File::options().write(true).open(folder.database()).is_ok();
    let log_is_empty = |name: &str| std::fs::metadata(folder.path().join(name)).map_or(true, |log| log.len() == 0);
    if has_writer || writable() {
        Ok(Mode::Read)
    } else if log_is_empty("counter.db-wal") && log_is_empty("attachments.db-wal") {
        Ok(Mode::Immutable)
    } else {
        Err(StoreError::ReadOnlyMedia)
    }
}
