//! The first steps in a new counter: the name of the place, the first administrator, signed in.

use counter_core::account::Role;
use counter_store::{StoreError, table::setting};

use super::{
    add_account::{AddAccount, AddAccountError, add_account, check_names},
    sign_in::{SHORTEST_PASSWORD, SignInError, sign_in},
};
use crate::{Actor, Coded, Desk, paper::SITE_NAME};

/// Who sets the counter up.
#[derive(Clone)]
pub struct SetUpCounter {
    /// The name of the place, which heads every paper.
    pub site_name: String,
    /// The administrator's sign-in name.
    pub account: String,
    /// The administrator's name on screens and prints.
    pub display_name: String,
    /// The administrator's password.
    pub password: String,
}

/// The counter was not set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The account was not made.
    #[error(transparent)]
    Account(#[from] AddAccountError),
    /// The password was not taken.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// Not kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for SetUpError {
    fn code(&self) -> &'static str {
        match self {
            Self::Account(error) => error.code(),
            Self::SignIn(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Account(error) => error.detail(),
            Self::SignIn(error) => error.detail(),
            Self::Store(error) => error.to_string(),
        }
    }
}

impl SetUpCounter {
    /// Whether the administrator can be made and signed in: an administrator without a password must not be left behind.
    ///
    /// # Errors
    /// [`SetUpError`].
    pub fn check(&self) -> Result<(), SetUpError> {
        check_names(&self.account, &self.display_name)?;
        if self.password.chars().count() < SHORTEST_PASSWORD {
            return Err(SignInError::TooShort.into());
        }
        Ok(())
    }
}

/// Names the place and lets its first administrator in.
///
/// # Errors
/// [`SetUpError`].
pub fn set_up(desk: &Desk, new: SetUpCounter) -> Result<Actor, SetUpError> {
    new.check()?;
    let account = AddAccount {
        name: new.account.clone(),
        display_name: new.display_name,
        roles: vec![Role::Administrator],
    };
    add_account(desk, None, account)?;
    desk.store()
        .write(|tx| setting::set(tx, SITE_NAME, new.site_name.trim()))?;
    Ok(sign_in(desk, &new.account, &new.password)?)
}
