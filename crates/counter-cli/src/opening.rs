//! Opening the counter: which folder, with which key, by which clock, and who acts.

use std::{path::PathBuf, sync::Arc};

use counter_desk::{
    Actor, Clock, Desk, DeskParts, Entropy, FixedClock, SystemClock, SystemEntropy,
    account::sign_in::actor_named,
    permission::{Permission, may},
    reference::rule_book,
};
use counter_store::{Access, EntropySource, Environment, Store, Unlock};

use crate::{arguments::Common, failure::Failure};

impl Common {
    /// The data folder.
    pub fn folder(&self) -> Result<PathBuf, Failure> {
        self.data_dir
            .clone()
            .or_else(own_folder)
            .ok_or_else(|| Failure::arguments("请用 --data-dir 指明数据文件夹。"))
    }

    /// The clock: `--now` where it is given.
    pub fn clock(&self) -> Arc<dyn Clock> {
        match self.now {
            Some(now) => Arc::new(FixedClock(now)),
            None => Arc::new(SystemClock),
        }
    }

    /// What the store takes from this computer.
    pub fn environment(&self) -> Environment {
        Environment {
            entropy: EntropySource::new(|bytes| SystemEntropy.fill(bytes)),
            now_at: self.clock().now_ms(),
        }
    }

    /// A desk over `store`.
    pub fn desk_over(&self, store: Store) -> Desk {
        Desk::new(DeskParts {
            rules: rule_book(&store),
            store,
            clock: self.clock(),
            entropy: Arc::new(SystemEntropy),
        })
    }

    /// A desk to look at, beside an open window.
    pub fn reading(&self) -> Result<Desk, Failure> {
        let store = Store::open(
            &self.folder()?,
            &Unlock::from_environment(),
            Access::ReadOnly,
            &self.environment(),
        )?;
        Ok(self.desk_over(store))
    }

    /// A desk to write at, alone.
    pub fn writing(&self) -> Result<Desk, Failure> {
        let folder = self.folder()?;
        if self.now.is_some() {
            // Looked at before writing begins: opening for writing may itself write a dated change.
            self.reading()
                .map(|desk| desk.store().identity().test)
                .and_then(only_for_practice)?;
        }
        let store = Store::open(
            &folder,
            &Unlock::from_environment(),
            Access::ReadWrite,
            &self.environment(),
        )?;
        Ok(self.desk_over(store))
    }

    /// A desk to act at, with the person named by `--as`, who needs `permission`.
    pub fn acting(&self, permission: Permission) -> Result<(Desk, Actor), Failure> {
        let desk = self.writing()?;
        let actor = actor_named(&desk, self.acting_as.as_deref().unwrap_or("admin"))?;
        if may(&actor.roles, permission) {
            Ok((desk, actor))
        } else {
            Err(Failure::coded("not_permitted", &actor.account))
        }
    }
}

/// Refuses a clock that was set where what is written counts.
pub fn only_for_practice(test: bool) -> Result<(), Failure> {
    if test {
        Ok(())
    } else {
        Err(Failure::coded("now_not_allowed", ""))
    }
}

/// The folder the window uses by itself.
fn own_folder() -> Option<PathBuf> {
    let base = if cfg!(windows) {
        std::env::var_os("APPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        std::env::home_dir().map(|home| home.join("Library/Application Support"))
    } else {
        std::env::var_os("XDG_DATA_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(FOLDER_NAME))
}

/// The application's identifier, which names its folder.
const FOLDER_NAME: &str = "org.creditcounter.desk";
