//! A counter of its own for a figure, with its folder.

use std::sync::Arc;

use counter_core::{change::CounterCode, pack::RuleBook};
use counter_desk::{Actor, Desk, DeskParts, FixedClock, SystemEntropy};
use counter_store::{Access, ActContext, Custody, EntropySource, Environment, NewCounter, Passphrase, Store, Unlock};
use counter_sync::Clock;
use tempfile::TempDir;

use crate::Failure;

/// The moment at which every figure is taken.
pub const NOW: &str = "2026-11-24T09:00:00+08:00";

/// What opens the folder of a figure.
pub const PASSPHRASE: &str = "测量用口令";

/// A desk over an empty, encrypted folder that goes when this goes.
pub struct Office {
    /// The desk.
    pub desk: Desk,
    /// Who works at it.
    pub actor: Actor,
    folder: TempDir,
}

impl Office {
    /// Opens one under [`PASSPHRASE`].
    ///
    /// # Errors
    /// When the folder or the database cannot be made.
    pub fn open() -> Result<Self, Failure> {
        Self::open_under(&Custody::Passphrase(Passphrase::new(PASSPHRASE)))
    }

    /// Opens one whose key is kept by `custody`.
    ///
    /// # Errors
    /// When the folder or the database cannot be made.
    pub fn open_under(custody: &Custody) -> Result<Self, Failure> {
        Self::open_counter("W03", custody)
    }

    /// Opens one with a code of its own, where several speak to one hub.
    ///
    /// # Errors
    /// When the folder or the database cannot be made.
    pub fn open_as(code: &str) -> Result<Self, Failure> {
        Self::open_counter(code, &Custody::Passphrase(Passphrase::new(PASSPHRASE)))
    }

    fn open_counter(code: &str, custody: &Custody) -> Result<Self, Failure> {
        let folder = folder()?;
        let now: jiff::Timestamp = NOW.parse()?;
        let counter = NewCounter {
            site: "440104".into(),
            counter: CounterCode(code.into()),
            prefix: "YX".into(),
            test: true,
        };
        let environment = Environment {
            entropy: EntropySource::system(),
            now_at: now.as_millisecond(),
        };
        let (store, _) = Store::create(folder.path(), &counter, custody, &environment)?;
        Ok(Self::at_desk(store, now, folder))
    }

    /// Opens the counter that lies in `folder`, as one of these was closed.
    ///
    /// # Errors
    /// When it does not open.
    pub fn open_in(folder: TempDir) -> Result<Self, Failure> {
        let now: jiff::Timestamp = NOW.parse()?;
        let environment = Environment {
            entropy: EntropySource::system(),
            now_at: now.as_millisecond(),
        };
        let unlock = Unlock::Passphrase(Passphrase::new(PASSPHRASE));
        let store = Store::open(folder.path(), &unlock, Access::ReadWrite, &environment)?;
        Ok(Self::at_desk(store, now, folder))
    }

    fn at_desk(store: Store, now: jiff::Timestamp, folder: TempDir) -> Self {
        let desk = Desk::new(DeskParts {
            store,
            rules: Arc::new(RuleBook::shipped()),
            clock: Arc::new(FixedClock(now)),
            entropy: Arc::new(SystemEntropy),
        });
        let actor = Actor {
            account: "li".into(),
            display_name: "李".into(),
            roles: vec![],
        };
        Self { desk, actor, folder }
    }

    /// Closes the desk; the folder stays as long as what is returned.
    pub fn close(self) -> TempDir {
        self.folder
    }

    /// A fresh act of the clerk's.
    pub fn act(&self) -> ActContext {
        ActContext {
            act_id: self.desk.entropy().act_id(),
            actor: self.actor.account.clone(),
            made_at: self.desk.clock().now_ms(),
        }
    }
}

/// The clock a counter signs by in a figure: its desk stands at [`NOW`], the hub in the present.
pub fn clock_of_today() -> Clock {
    Clock::new(|| jiff::Timestamp::now().as_millisecond())
}

/// A folder that goes when it is dropped, beside the built program: the one for temporary files may be memory, and
/// then nothing would be written to a disk.
///
/// # Errors
/// When it cannot be made.
pub fn folder() -> Result<TempDir, Failure> {
    let program = std::env::current_exe()?;
    let beside = program.parent().ok_or("a program stands in a folder")?;
    Ok(tempfile::tempdir_in(beside)?)
}
