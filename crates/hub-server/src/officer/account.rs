//! Making and ending accounts. A new one begins with a one-time password that is shown once.

use super::{
    Role,
    password::{PASSWORD_AT_LEAST, PasswordHash, one_time},
};
use crate::{
    clock::NoEntropy,
    hub::Hub,
    store::{HubStore, HubTransaction, OfficerRow, OfficerStore, StoreError},
};

/// An account to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOfficer {
    /// The division code of the district.
    pub district: String,
    /// What the officer signs in with.
    pub account: String,
    /// The officer's name.
    pub name: String,
    /// What the officer is.
    pub role: Role,
    /// The finding authorities, by name or code; at least one for [`Role::Authority`], none for others.
    pub authorities: Vec<String>,
    /// The first password; a one-time one is made where absent.
    pub password: Option<String>,
}

/// An account that was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Not a division code of six digits.
    #[error("a district is a division code of six digits, such as 440104")]
    District,
    /// The account's name.
    #[error("an account has 2 to 32 small letters, digits, dots and hyphens")]
    Account,
    /// No name, or a very long one.
    #[error("the officer's name is missing or longer than 40 characters")]
    Name,
    /// An officer of an authority without one, or an authority for somebody else.
    #[error("an officer of an authority needs at least one; others have none")]
    Authorities,
    /// Too short a password.
    #[error("a password has at least {PASSWORD_AT_LEAST} characters")]
    PasswordTooShort,
    /// The account is there already.
    #[error("there is such an account already")]
    AlreadyExists,
    /// There is no such account.
    #[error("there is no such account")]
    NotFound,
    /// Ending the last administrator would leave nobody to make accounts.
    #[error("the last administrator cannot be ended")]
    LastAdministrator,
    /// The random source.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes an account and gives its first password, which has to be changed at the first sign-in.
///
/// # Errors
/// [`AccountError`].
pub async fn add<S: HubStore>(hub: &Hub<S>, new: NewOfficer) -> Result<String, AccountError> {
    check(&new)?;
    let password = match new.password {
        Some(password) => password,
        None => one_time(hub.world.random()?),
    };
    let row = OfficerRow {
        district: new.district,
        account: new.account,
        name: new.name.trim().to_owned(),
        role: new.role.as_str().to_owned(),
        password_hash: hashed(hub, password.clone()).await?,
        must_change: true,
        failures: 0,
        resting_until_at: None,
        disabled_at: None,
        created_at: hub.world.now(),
        authorities: new.authorities,
    };
    let mut transaction = hub.store.begin().await?;
    if transaction.officer(&row.district, &row.account).await?.is_some() {
        return Err(AccountError::AlreadyExists);
    }
    transaction.put_officer(&row).await?;
    transaction.commit().await?;
    tracing::info!(
        district = row.district,
        account = row.account,
        role = row.role,
        "officer added"
    );
    Ok(password)
}

/// Gives an account a new one-time password, wakes it where it was ended or resting, and ends its sessions.
///
/// # Errors
/// [`AccountError`].
pub async fn reset_password<S: HubStore>(hub: &Hub<S>, district: &str, account: &str) -> Result<String, AccountError> {
    let password = one_time(hub.world.random()?);
    let password_hash = hashed(hub, password.clone()).await?;
    let mut transaction = hub.store.begin().await?;
    let row = transaction
        .officer(district, account)
        .await?
        .ok_or(AccountError::NotFound)?;
    let row = OfficerRow {
        password_hash,
        must_change: true,
        failures: 0,
        resting_until_at: None,
        disabled_at: None,
        ..row
    };
    transaction.put_officer(&row).await?;
    transaction.end_sessions_of(district, account, 0).await?;
    transaction.commit().await?;
    tracing::info!(district, account, "officer's password reset");
    Ok(password)
}

/// Ends an account: it can no longer sign in, its sessions end. Its acts stay signed with its name.
///
/// # Errors
/// [`AccountError`].
pub async fn disable<S: HubStore>(hub: &Hub<S>, district: &str, account: &str) -> Result<(), AccountError> {
    let mut transaction = hub.store.begin().await?;
    let row = transaction
        .officer(district, account)
        .await?
        .ok_or(AccountError::NotFound)?;
    let is_administrator = |row: &OfficerRow| row.role == Role::Administrator.as_str() && row.disabled_at.is_none();
    let others = transaction.officers(district).await?;
    let others_left = others
        .iter()
        .any(|other| other.account != account && is_administrator(other));
    if is_administrator(&row) && !others_left {
        return Err(AccountError::LastAdministrator);
    }
    let row = OfficerRow {
        disabled_at: Some(hub.world.now()),
        ..row
    };
    transaction.put_officer(&row).await?;
    transaction.end_sessions_of(district, account, 0).await?;
    transaction.commit().await?;
    tracing::info!(district, account, "officer ended");
    Ok(())
}

fn check(new: &NewOfficer) -> Result<(), AccountError> {
    if new.district.len() != 6 || !new.district.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(AccountError::District);
    }
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    if !(2..=32).contains(&new.account.len()) || !new.account.bytes().all(plain) {
        return Err(AccountError::Account);
    }
    if new.name.trim().is_empty() || new.name.chars().count() > 40 {
        return Err(AccountError::Name);
    }
    if (new.role == Role::Authority) == new.authorities.is_empty() {
        return Err(AccountError::Authorities);
    }
    match &new.password {
        Some(password) if password.chars().count() < PASSWORD_AT_LEAST => Err(AccountError::PasswordTooShort),
        Some(_) | None => Ok(()),
    }
}

/// Hashes on a thread where slowness holds nobody up.
pub(super) async fn hashed<S: HubStore>(hub: &Hub<S>, password: String) -> Result<String, AccountError> {
    let salt = hub.world.random()?;
    let hash = tokio::task::spawn_blocking(move || PasswordHash::make(&password, salt))
        .await
        .map_err(|error| StoreError::Failed(Box::new(error)))?;
    Ok(hash.as_str().to_owned())
}
