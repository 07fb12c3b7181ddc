//! Signing in: an account and its password. The first sign-in sets the password.

use counter_core::{
    account::AccountChange,
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{
    PasswordHash, RecordError,
    table::{account, credential},
};

use crate::{Actor, Coded, Desk, coded::from_store_error, draft};

/// Wrong passwords in a row before the account rests.
const FAILURES_BEFORE_REST: u32 = 5;
/// How long it rests.
const REST_MS: i64 = 5 * 60 * 1000;
/// The shortest password taken.
pub const SHORTEST_PASSWORD: usize = 8;

/// Nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// No such account, or it is disabled.
    #[error("there is no account {0}")]
    UnknownAccount(String),
    /// The password is not the one that was set.
    #[error("the password is wrong")]
    WrongPassword,
    /// Too many wrong passwords; seconds until the next try.
    #[error("too many wrong passwords, wait {0} s")]
    Resting(i64),
    /// A new password of fewer characters than allowed.
    #[error("a password has at least {SHORTEST_PASSWORD} characters")]
    TooShort,
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(SignInError);

impl Coded for SignInError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownAccount(_) => "unknown_account",
            Self::WrongPassword => "wrong_password",
            Self::Resting(_) => "account_resting",
            Self::TooShort => "password_too_short",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::UnknownAccount(name) => name.clone(),
            Self::WrongPassword => String::new(),
            Self::Resting(seconds) => seconds.to_string(),
            Self::TooShort => SHORTEST_PASSWORD.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Signs `name` in with `password`, which becomes the account's password if it has none yet.
///
/// # Errors
/// [`SignInError`]; after five wrong passwords the account rests for five minutes.
pub fn sign_in(desk: &Desk, name: &str, password: &str) -> Result<Actor, SignInError> {
    let now = desk.clock().now_ms();
    let (account, credential) = desk.store().read(|tx| {
        let account = account::get(tx, name)?.filter(|account| !account.disabled);
        let account = account.ok_or_else(|| SignInError::UnknownAccount(name.to_owned()))?;
        Ok::<_, SignInError>((account, credential::get(tx, name)?))
    })?;
    let actor = Actor {
        account: account.name,
        display_name: account.display_name,
        roles: account.roles,
    };
    let Some(credential) = credential else {
        set_first_password(desk, &actor, password)?;
        return Ok(actor);
    };
    if let Some(until) = credential.locked_until_at.filter(|until| *until > now) {
        return Err(SignInError::Resting((until - now + 999) / 1000));
    }
    // Where nothing can be written, one may still look things up; tries are not counted then.
    let counts = !desk.store().is_read_only();
    if credential.hash.matches(password) {
        // On a full disk, too, one may look things up: nothing is written where there is nothing to forget.
        if counts && (credential.failures > 0 || credential.locked_until_at.is_some()) {
            desk.store().write(|tx| credential::note_success(tx, name))?;
        }
        if counts && let Err(error) = draft::forget_ended_visits(desk) {
            tracing::warn!(%error, "what was typed for visits that ended is still there");
        }
        return Ok(actor);
    }
    if !counts {
        return Err(SignInError::WrongPassword);
    }
    let rests = (credential.failures + 1).is_multiple_of(FAILURES_BEFORE_REST);
    desk.store()
        .write(|tx| credential::note_failure(tx, name, rests.then_some(now + REST_MS)))?;
    Err(SignInError::WrongPassword)
}

/// The person behind an account, for a script that is let in by the folder's key alone.
///
/// # Errors
/// [`SignInError::UnknownAccount`].
pub fn actor_named(desk: &Desk, name: &str) -> Result<Actor, SignInError> {
    desk.store().read(|tx| {
        let account = account::get(tx, name)?.filter(|account| !account.disabled);
        let account = account.ok_or_else(|| SignInError::UnknownAccount(name.to_owned()))?;
        Ok(Actor {
            account: account.name,
            display_name: account.display_name,
            roles: account.roles,
        })
    })
}

fn set_first_password(desk: &Desk, actor: &Actor, password: &str) -> Result<(), SignInError> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(SignInError::TooShort);
    }
    let hash = PasswordHash::make(password, desk.store().entropy());
    let act = desk.act(actor);
    desk.store().write(|tx| {
        credential::set(tx, &actor.account, &hash, act.made_at)?;
        let lane = Lane::new(LaneKind::Account, &actor.account);
        tx.record(&act, lane, ChangeBody::Account(AccountChange::PasswordChanged))?;
        Ok(())
    })
}
