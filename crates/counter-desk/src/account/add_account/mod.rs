//! A new account. Its password is set at the first sign-in, by its holder.

use counter_core::{
    account::{AccountChange, Role},
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{RecordError, SYSTEM_ACTOR};

use crate::{Actor, Coded, Desk};

/// A person to be let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddAccount {
    /// The sign-in name.
    pub name: String,
    /// The name on screens and prints.
    pub display_name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
}

/// The account was not made.
#[derive(Debug, thiserror::Error)]
pub enum AddAccountError {
    /// A name is empty, too long or has blanks.
    #[error("the sign-in name or the displayed name is empty, too long or has blanks")]
    BadName,
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<counter_store::StoreError> for AddAccountError {
    fn from(error: counter_store::StoreError) -> Self {
        Self::Record(error.into())
    }
}

impl Coded for AddAccountError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadName => "bad_account_name",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::BadName => String::new(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Whether an account can have these names.
///
/// # Errors
/// [`AddAccountError::BadName`].
pub fn check_names(name: &str, display_name: &str) -> Result<(), AddAccountError> {
    let fits = |text: &str| !text.trim().is_empty() && text.chars().count() <= 40;
    if fits(name) && fits(display_name) && !name.contains(char::is_whitespace) {
        Ok(())
    } else {
        Err(AddAccountError::BadName)
    }
}

/// Makes the account. `actor` is nobody for the very first one, which the program itself makes.
///
/// # Errors
/// [`AddAccountError`].
pub fn add_account(desk: &Desk, actor: Option<&Actor>, new: AddAccount) -> Result<(), AddAccountError> {
    check_names(&new.name, &new.display_name)?;
    let system = Actor {
        account: SYSTEM_ACTOR.into(),
        display_name: String::new(),
        roles: Vec::new(),
    };
    let act = desk.act(actor.unwrap_or(&system));
    desk.store().write(|tx| {
        let body = ChangeBody::Account(AccountChange::Created {
            display_name: new.display_name,
            roles: new.roles,
        });
        tx.record(&act, Lane::new(LaneKind::Account, new.name), body)?;
        Ok(())
    })
}
