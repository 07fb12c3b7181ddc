//! Signing in, going on, and signing out. A session is a random token in the browser; only its hash is stored.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{
    Officer,
    account::{AccountError, hashed},
    password::{PASSWORD_AT_LEAST, PasswordHash},
};
use crate::{
    hub::Hub,
    store::{HubStore, HubTransaction, OfficerRow, OfficerStore, SessionRow, StoreError},
};

/// Wrong passwords in a row before an account rests.
pub const FAILURES_ALLOWED: u32 = 5;
/// How long it rests, in milliseconds: 15 minutes.
pub const REST_MS: i64 = 15 * MINUTE_MS;
/// After this without a request a session is over, in milliseconds: 30 minutes.
pub const IDLE_MS: i64 = 30 * MINUTE_MS;
/// After this a session is over whatever happens, in milliseconds: 12 hours.
pub const LONGEST_MS: i64 = 12 * 60 * MINUTE_MS;
/// How seldom the last use is written down, in milliseconds.
const SEEN_EVERY_MS: i64 = MINUTE_MS;
const MINUTE_MS: i64 = 60 * 1000;

/// What a browser holds: the district and 32 random bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken {
    district: String,
    secret: [u8; 32],
}

/// An officer at work in a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who.
    pub officer: Officer,
    /// What the browser holds.
    pub token: SessionToken,
}

/// Nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Account or password are wrong, or the account has ended. Which, is not said.
    #[error("account or password are wrong")]
    Wrong,
    /// Too many wrong passwords in a row.
    #[error("the account rests until {until_at}")]
    Resting {
        /// Until when, ms UTC.
        until_at: i64,
    },
    /// Too short a new password.
    #[error("a password has at least {PASSWORD_AT_LEAST} characters")]
    PasswordTooShort,
    /// The new password is the old one.
    #[error("the new password is the old one")]
    SamePassword,
    /// Anything else.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl SessionToken {
    /// Reads the form of [`fmt::Display`], or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (district, secret) = text.split_once('.')?;
        let mut bytes = [0; 32];
        hex::decode_to_slice(secret, &mut bytes).ok()?;
        (district.len() == 6 && district.bytes().all(|byte| byte.is_ascii_digit())).then(|| Self {
            district: district.to_owned(),
            secret: bytes,
        })
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }
}

impl fmt::Display for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.district, hex::encode(self.secret))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionToken(…)")
    }
}

/// Signs an officer in.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    account: &str,
    password: &str,
) -> Result<Session, SignInError> {
    let row = checked(hub, district, account, password).await?;
    let officer = Officer::of(&row).ok_or(SignInError::Wrong)?;
    let now = hub.world.now();
    let token = SessionToken {
        district: row.district.clone(),
        secret: hub.world.random().map_err(AccountError::from)?,
    };
    let session = SessionRow {
        district: row.district.clone(),
        token_hash: token.hash(),
        account: row.account.clone(),
        began_at: now,
        seen_at: now,
    };
    let mut transaction = hub.store.begin().await?;
    // Sessions that are over anyway are swept out with the next sign-in.
    transaction.end_sessions_of(&row.district, "", now - LONGEST_MS).await?;
    transaction.put_session(&session).await?;
    transaction.commit().await?;
    tracing::info!(district, account = row.account, "signed in");
    Ok(Session { officer, token })
}

/// The session of a token, if it is still running.
///
/// # Errors
/// [`StoreError`].
pub async fn resume<S: HubStore>(hub: &Hub<S>, token: &SessionToken) -> Result<Option<Session>, StoreError> {
    let now = hub.world.now();
    let mut transaction = hub.store.begin_read().await?;
    let Some(row) = transaction.session(&token.district, token.hash()).await? else {
        return Ok(None);
    };
    let account = transaction.officer(&row.district, &row.account).await?;
    drop(transaction);
    let running = now - row.seen_at < IDLE_MS && now - row.began_at < LONGEST_MS;
    let officer = account
        .filter(|account| running && account.disabled_at.is_none())
        .and_then(|account| Officer::of(&account));
    let Some(officer) = officer else {
        return Ok(None);
    };
    if now - row.seen_at >= SEEN_EVERY_MS {
        let mut transaction = hub.store.begin().await?;
        transaction.put_session(&SessionRow { seen_at: now, ..row }).await?;
        transaction.commit().await?;
    }
    Ok(Some(Session {
        officer,
        token: token.clone(),
    }))
}

/// Ends a session.
///
/// # Errors
/// [`StoreError`].
pub async fn sign_out<S: HubStore>(hub: &Hub<S>, token: &SessionToken) -> Result<(), StoreError> {
    let mut transaction = hub.store.begin().await?;
    transaction.end_session(&token.district, token.hash()).await?;
    transaction.commit().await
}

/// Changes the password of an officer, and ends all of their sessions: they sign in again with the new one.
///
/// # Errors
/// [`SignInError`].
pub async fn change_password<S: HubStore>(
    hub: &Hub<S>,
    officer: &Officer,
    old: &str,
    new: &str,
) -> Result<(), SignInError> {
    if new.chars().count() < PASSWORD_AT_LEAST {
        return Err(SignInError::PasswordTooShort);
    }
    if new == old {
        return Err(SignInError::SamePassword);
    }
    checked(hub, &officer.district, &officer.account, old).await?;
    let password_hash = hashed(hub, new.to_owned()).await?;
    let mut transaction = hub.store.begin().await?;
    let row = transaction
        .officer(&officer.district, &officer.account)
        .await?
        .ok_or(SignInError::Wrong)?;
    let row = OfficerRow {
        password_hash,
        must_change: false,
        ..row
    };
    transaction.put_officer(&row).await?;
    transaction.end_sessions_of(&row.district, &row.account, 0).await?;
    transaction.commit().await?;
    tracing::info!(
        district = row.district,
        account = row.account,
        "officer's password changed"
    );
    Ok(())
}

/// The account, once `password` was checked; counts what was wrong.
async fn checked<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    account: &str,
    password: &str,
) -> Result<OfficerRow, SignInError> {
    let mut transaction = hub.store.begin_read().await?;
    let known = transaction.officer(district, account).await?;
    drop(transaction);
    if let Some(until_at) = known.as_ref().and_then(|row| row.resting_until_at)
        && hub.world.now() < until_at
    {
        return Err(SignInError::Resting { until_at });
    }
    // An account that is not there costs as much time as one that is.
    let stored = known.as_ref().filter(|row| row.disabled_at.is_none());
    let hash = stored.map(|row| PasswordHash::from_stored(row.password_hash.clone()));
    let salt = hub.world.random().map_err(AccountError::from)?;
    let password = password.to_owned();
    let matches = tokio::task::spawn_blocking(move || match hash {
        Some(hash) => hash.matches(&password),
        None => {
            PasswordHash::make(&password, salt);
            false
        }
    })
    .await
    .map_err(|error| StoreError::Failed(Box::new(error)))?;
    // Written down from the row as it is now: another attempt may have been counted meanwhile.
    let mut transaction = hub.store.begin().await?;
    let Some(mut row) = transaction.officer(district, account).await? else {
        return Err(SignInError::Wrong);
    };
    let now = hub.world.now();
    if let Some(until_at) = row.resting_until_at.filter(|until_at| now < *until_at) {
        return Err(SignInError::Resting { until_at });
    }
    if matches {
        if row.failures > 0 || row.resting_until_at.is_some() {
            (row.failures, row.resting_until_at) = (0, None);
            transaction.put_officer(&row).await?;
            transaction.commit().await?;
        }
        return Ok(row);
    }
    row.failures += 1;
    if row.failures >= FAILURES_ALLOWED {
        (row.failures, row.resting_until_at) = (0, Some(now + REST_MS));
        tracing::warn!(district, account, "too many wrong passwords: the account rests");
    }
    transaction.put_officer(&row).await?;
    transaction.commit().await?;
    Err(SignInError::Wrong)
}
