//! What the window holds: the data folder, the desk once it is open, and who is signed in.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use counter_desk::{
    Actor, Clock, Coded, Desk, DeskParts, Entropy, SystemClock, SystemEntropy,
    permission::{Permission, may},
    reference::rule_book,
    store_check::last_check,
};
use counter_store::{
    Access, EntropySource, Environment, OldData, PASSPHRASE_VARIABLE, Passphrase, Store, StoreError, Unlock,
    table::hub_binding,
};
use counter_sync::SyncStatus;
use tokio::sync::watch;

use crate::{closing::Closing, error::CommandError, keeper::Keeper, line::Line, papers};

/// The window's state.
pub struct App {
    folder: PathBuf,
    desk: Mutex<Option<Arc<Desk>>>,
    /// A counter whose recovery words are on the screen: nothing can be done at it before they are kept.
    new: Mutex<Option<(Arc<Desk>, Actor)>>,
    actor: Mutex<Option<Actor>>,
    locked: Mutex<Option<String>>,
    /// Why it was opened for looking only.
    read_only: Mutex<Option<String>>,
    keeper: Keeper,
    /// Whether the folder was tried; nobody is told how far the window has come before.
    tried: watch::Sender<bool>,
    closing: Closing,
    line: Line,
}

/// How far the window has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// There is no counter in the folder yet.
    Setup,
    /// There is one, but its key is not at hand.
    Locked,
    /// It is open.
    Ready,
}

impl App {
    /// The window's state over `folder`, which [`App::open_at_start`] opens.
    pub fn over(folder: PathBuf) -> Self {
        Self {
            folder,
            desk: Mutex::default(),
            new: Mutex::default(),
            actor: Mutex::default(),
            locked: Mutex::default(),
            read_only: Mutex::default(),
            keeper: Keeper::default(),
            tried: watch::Sender::new(false),
            closing: Closing::default(),
            line: Line::default(),
        }
    }

    /// Opens the desk if its key is in the keyring or the environment. The page loads meanwhile.
    pub fn open_at_start(&self) {
        let _said = SayTried(&self.tried);
        papers::clear(&self.papers());
        if Store::exists(&self.folder) {
            let unlock = Unlock::from_environment();
            let mut opened = self.open(&unlock);
            if let Err(StoreError::ReadOnlyMedia) = &opened {
                // Looking things up goes on; that nothing can be saved is said on every screen.
                opened = self.open_for_reading(&unlock, StoreError::ReadOnlyMedia.code());
            }
            if let Err(error) = opened {
                tracing::warn!(
                    code = Coded::code(&error),
                    variable = PASSPHRASE_VARIABLE,
                    "the store did not open"
                );
                *lock(&self.locked) = Some(Coded::code(&error).to_owned());
            }
        }
    }

    /// Waits until the folder was tried.
    pub async fn tried(&self) {
        // The sender lives as long as this, so that waiting does not fail.
        let _ = self.tried.subscribe().wait_for(|tried| *tried).await;
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where papers lie in the clear while a viewer prints them.
    pub fn papers(&self) -> PathBuf {
        self.folder.join("papers")
    }

    /// How far the window has come.
    pub fn stage(&self) -> Stage {
        if lock(&self.desk).is_some() {
            Stage::Ready
        } else if Store::exists(&self.folder) {
            Stage::Locked
        } else {
            Stage::Setup
        }
    }

    /// Why the folder is locked, as a stable word.
    pub fn locked_reason(&self) -> Option<String> {
        lock(&self.locked).clone()
    }

    /// Opens the folder with a key, unless the last look at the data found them damaged: then a person is told so first,
    /// and chooses between a backup, only looking, and going on all the same, which is to open it once more.
    ///
    /// # Errors
    /// When the key does not fit, another program writes, or the data are damaged.
    pub fn open(&self, unlock: &Unlock) -> Result<(), StoreError> {
        let desk = desk_over(Store::open(&self.folder, unlock, Access::ReadWrite, &environment())?);
        let damaged = StoreError::Damaged("as the last look found".to_owned());
        let told = self.locked_reason().is_some_and(|why| why == damaged.code());
        if !told && last_check(&desk)?.is_some_and(|check| check.is_damage()) {
            *lock(&self.locked) = Some(damaged.code().to_owned());
            return Err(damaged);
        }
        self.work_at(Arc::new(desk));
        Ok(())
    }

    /// Opens the folder for looking only, since it could not be opened for writing because of `why`.
    ///
    /// # Errors
    /// When it cannot be read either.
    fn open_for_reading(&self, unlock: &Unlock, why: &str) -> Result<(), StoreError> {
        let store = Store::open(&self.folder, unlock, Access::ReadOnly, &environment())?;
        *lock(&self.read_only) = Some(why.to_owned());
        self.take(store);
        Ok(())
    }

    /// Opens a folder for looking only that could not be opened for writing at the start.
    ///
    /// # Errors
    /// When it cannot be read either.
    pub fn read_anyway(&self) -> Result<(), StoreError> {
        match self.locked_reason() {
            Some(why) => self.open_for_reading(&Unlock::from_environment(), &why),
            None => Ok(()),
        }
    }

    /// Why it was opened for looking only; none where it was not.
    pub fn read_only(&self) -> Option<String> {
        lock(&self.read_only).clone()
    }

    /// Puts a backup in the place of the data, which are kept aside, and works over it. The key is put where this
    /// computer finds it by itself.
    ///
    /// # Errors
    /// `in_use` while the data are open for writing; the store's.
    pub fn restore(&self, backup: &Path, unlock: &Unlock) -> Result<(), StoreError> {
        let writing = lock(&self.desk)
            .as_ref()
            .is_some_and(|desk| !desk.store().is_read_only());
        if writing {
            return Err(StoreError::InUse);
        }
        // A set-up that was left with its words on the screen would stand in the way.
        self.let_go();
        *lock(&self.desk) = None;
        let store = counter_store::restore(backup, &self.folder, unlock, OldData::SetAside, &environment())?;
        let kept = match Passphrase::from_environment() {
            Some(passphrase) => store.set_passphrase(&passphrase),
            None => store.keep_key_in_keyring(),
        };
        if let Err(error) = kept {
            tracing::warn!(
                code = error.code(),
                "the key is not kept on this computer; the words open it each time"
            );
        }
        *lock(&self.read_only) = None;
        self.set_signed_in(None);
        self.take(store);
        Ok(())
    }

    /// What goes on by itself: looking at the data, backing them up.
    pub fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// Whether the window waits for its last backup.
    pub fn closing(&self) -> &Closing {
        &self.closing
    }

    /// The window is gone: a last backup if something was recorded since and none was tried while it closed, nothing
    /// left in the clear, and the folder is left in order.
    pub fn end(&self) {
        self.line.end();
        papers::clear(&self.papers());
        if let Some(desk) = lock(&self.desk).take() {
            if !self.closing.is_begun() {
                self.keeper.back_up_at_the_end(&desk);
            }
            desk.store().note_orderly_end();
        }
    }

    /// Works over `store` from now on.
    fn take(&self, store: Store) {
        self.work_at(Arc::new(desk_over(store)));
    }

    /// Lets go of a new counter whose words were never kept, so that the set-up can begin anew.
    pub fn let_go(&self) {
        *lock(&self.new) = None;
    }

    /// Holds a new counter and its administrator until the recovery words are kept.
    pub fn hold(&self, desk: Arc<Desk>, administrator: Actor) {
        *lock(&self.new) = Some((desk, administrator));
    }

    /// The counter whose recovery words are on the screen, and its administrator.
    ///
    /// # Errors
    /// `not_open` when there is none.
    pub fn new_counter(&self) -> Result<(Arc<Desk>, Actor), CommandError> {
        lock(&self.new).clone().ok_or_else(|| CommandError::new("not_open", ""))
    }

    /// The recovery words are kept: the new counter is there, and its administrator signed in.
    ///
    /// # Errors
    /// `not_open` when there is no new counter, or the store's.
    pub fn begin_work(&self) -> Result<(), CommandError> {
        let Some((desk, administrator)) = lock(&self.new).take() else {
            return Err(CommandError::new("not_open", ""));
        };
        if let Err(error) = desk.store().finish_set_up() {
            self.hold(desk, administrator);
            return Err(CommandError::of(&error));
        }
        self.set_signed_in(Some(administrator));
        self.work_at(desk);
        Ok(())
    }

    fn work_at(&self, desk: Arc<Desk>) {
        self.keeper.look_after(Arc::clone(&desk), self.papers());
        let read_only = desk.store().is_read_only();
        *lock(&self.desk) = Some(desk);
        *lock(&self.locked) = None;
        if read_only {
            return;
        }
        if let Err(error) = self.keep_in_touch() {
            tracing::warn!(code = error.code, "the loop to the hub did not start");
        }
    }

    /// Keeps sending to and fetching from the hub, once the counter is bound to one.
    ///
    /// # Errors
    /// When the network cannot be set up.
    pub fn keep_in_touch(&self) -> Result<(), CommandError> {
        let desk = self.desk()?;
        if is_bound(&desk)? {
            self.line.keep_up(desk)?;
        }
        Ok(())
    }

    /// A person sent, fetched or carried something: the line is tried at once.
    pub async fn try_the_line(&self) {
        self.line.try_now().await;
    }

    /// How the line to the hub stands.
    ///
    /// # Errors
    /// `not_open`, or the store's.
    pub fn line_status(&self) -> Result<SyncStatus, CommandError> {
        let desk = self.desk()?;
        let why_not = if !is_bound(&desk)? {
            None
        } else if desk.store().is_read_only() {
            Some(StoreError::OpenedForReading.code())
        } else {
            Some("no_network")
        };
        Ok(self.line.status(why_not))
    }

    /// Who is signed in.
    pub fn signed_in(&self) -> Option<Actor> {
        lock(&self.actor).clone()
    }

    /// Somebody signed in, or out.
    pub fn set_signed_in(&self, actor: Option<Actor>) {
        *lock(&self.actor) = actor;
    }

    /// The open desk.
    ///
    /// # Errors
    /// `not_open`.
    pub fn desk(&self) -> Result<Arc<Desk>, CommandError> {
        lock(&self.desk)
            .clone()
            .ok_or_else(|| CommandError::new("not_open", ""))
    }

    /// Asks the desk something, off the window's thread.
    ///
    /// # Errors
    /// The use case's, or `not_open`.
    pub async fn ask<T, E>(&self, work: impl FnOnce(&Desk) -> Result<T, E> + Send + 'static) -> Result<T, CommandError>
    where
        T: Send + 'static,
        E: Coded,
    {
        let desk = self.desk()?;
        blocking(move || work(&desk).map_err(|error| CommandError::of(&error))).await
    }

    /// Acts at the desk as the signed-in person, who needs `permission`.
    ///
    /// # Errors
    /// `not_signed_in`, `not_permitted`, or the use case's.
    pub async fn act<T, E>(
        &self,
        permission: Permission,
        work: impl FnOnce(&Desk, &Actor) -> Result<T, E> + Send + 'static,
    ) -> Result<T, CommandError>
    where
        T: Send + 'static,
        E: Coded,
    {
        let actor = self.permitted(permission)?;
        let desk = self.desk()?;
        blocking(move || work(&desk, &actor).map_err(|error| CommandError::of(&error))).await
    }

    /// The signed-in person, if the roles allow it.
    ///
    /// # Errors
    /// `not_signed_in`, `not_permitted`.
    pub fn permitted(&self, permission: Permission) -> Result<Actor, CommandError> {
        let actor = self.signed_in().ok_or_else(|| CommandError::new("not_signed_in", ""))?;
        if may(&actor.roles, permission) {
            Ok(actor)
        } else {
            Err(CommandError::new("not_permitted", ""))
        }
    }
}

fn is_bound(desk: &Desk) -> Result<bool, CommandError> {
    let binding = desk.store().read(hub_binding::get);
    Ok(binding.map_err(|error: StoreError| CommandError::of(&error))?.is_some())
}

/// However the attempt ends, the page is told.
struct SayTried<'a>(&'a watch::Sender<bool>);

impl Drop for SayTried<'_> {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

/// A desk over `store`, with the shipped rules, those of the hub, and this computer's clock.
pub fn desk_over(store: Store) -> Desk {
    Desk::new(DeskParts {
        rules: rule_book(&store),
        store,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
    })
}

/// This computer's clock, ms UTC.
pub fn now_ms() -> i64 {
    SystemClock.now_ms()
}

/// What the store takes from this computer.
pub fn environment() -> Environment {
    Environment {
        entropy: EntropySource::new(|bytes| SystemEntropy.fill(bytes)),
        now_at: now_ms(),
    }
}

/// Runs work that waits on a thread of its own kind.
///
/// # Errors
/// The work's, or `interrupted` when it did not come to its end.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CommandError> + Send + 'static,
) -> Result<T, CommandError> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => {
            tracing::error!(%error, "work on the desk did not come to its end");
            Err(CommandError::new("interrupted", ""))
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    // A panic while holding one of these leaves a whole value behind.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
