//! The keyring of the operating system, asked on a thread of its own with a time limit:
//! a locked keyring may wait for a person, and a broken bus for ever.

use std::{sync::mpsc, thread, time::Duration};

use zeroize::Zeroizing;

/// The name our entries are filed under.
const SERVICE: &str = "credit-repair-counter";
/// How long a person may take to unlock the keyring.
const LIMIT: Duration = Duration::from_secs(30);

/// The keyring did not answer as it should.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringTrouble {
    /// There is none: no secret service on the session bus, or no bus.
    #[error("there is no keyring service")]
    NoService,
    /// It is locked, or access was denied.
    #[error("the keyring is locked")]
    Locked,
    /// No answer within the time limit.
    #[error("the keyring did not answer in time")]
    TimedOut,
    /// Anything else, in its own words.
    #[error("{0}")]
    Other(String),
}

/// One secret in the keyring.
#[derive(Clone, Debug)]
pub(crate) struct KeyringEntry {
    account: String,
}

impl KeyringEntry {
    /// The entry that holds the database key of `account`.
    pub(crate) fn key(account: &str) -> Self {
        Self {
            account: account.to_owned(),
        }
    }

    /// The entry that holds how far the chain of `account` has come.
    pub(crate) fn head_mark(account: &str) -> Self {
        Self {
            account: format!("{account}#head"),
        }
    }

    /// The secret; `None` only when the keyring itself says that there is none.
    pub(crate) fn get(&self) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringTrouble> {
        self.ask(|entry| match entry.get_secret() {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(trouble(&error)),
        })
    }

    /// Keeps `secret`, replacing an older one.
    pub(crate) fn set(&self, secret: &[u8]) -> Result<(), KeyringTrouble> {
        let secret = Zeroizing::new(secret.to_vec());
        self.ask(move |entry| entry.set_secret(&secret).map_err(|error| trouble(&error)))
    }

    /// Forgets the secret, if there is one.
    pub(crate) fn delete(&self) -> Result<(), KeyringTrouble> {
        self.ask(|entry| match entry.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(trouble(&error)),
        })
    }

    fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&keyring::Entry) -> Result<T, KeyringTrouble> + Send + 'static,
    ) -> Result<T, KeyringTrouble> {
        let account = self.account.clone();
        let (answer, answered) = mpsc::channel();
        thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || {
                let result = keyring::Entry::new(SERVICE, &account).map_err(|error| trouble(&error));
                // Nobody listens any more when the time limit has passed; then the answer is of no use.
                let _ = answer.send(result.and_then(|entry| question(&entry)));
            })
            .map_err(|error| KeyringTrouble::Other(error.to_string()))?;
        match answered.recv_timeout(LIMIT) {
            Ok(result) => result,
            Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyringTrouble::TimedOut),
            Err(mpsc::RecvTimeoutError::Disconnected) => {
                Err(KeyringTrouble::Other("the keyring thread ended".to_owned()))
            }
        }
    }
}

fn trouble(error: &keyring::Error) -> KeyringTrouble {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the enum of another crate, and open")]
    match error {
        keyring::Error::NoDefaultStore => KeyringTrouble::NoService,
        keyring::Error::NoStorageAccess(_) => KeyringTrouble::Locked,
        other => KeyringTrouble::Other(other.to_string()),
    }
}
