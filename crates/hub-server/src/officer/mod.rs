//! The officers who work at the hub's pages: accounts, roles, passwords and sessions.
//!
//! What an officer may do is decided in one place, [`may`]; which cases an officer of an authority sees, in
//! [`Officer::sees`]. Pages and forms are `web`'s matter.

mod account;
mod password;
mod role;
mod session;

pub use account::{AccountError, NewOfficer, add, disable, reset_password};
pub use password::{PASSWORD_AT_LEAST, PasswordHash};
pub use role::{Action, Role, may};
pub use session::{
    FAILURES_ALLOWED, IDLE_MS, LONGEST_MS, REST_MS, Session, SessionToken, SignInError, change_password, resume,
    sign_in, sign_out,
};

use crate::store::OfficerRow;

/// An officer at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// The district.
    pub district: String,
    /// What the officer signs in with.
    pub account: String,
    /// The name written beside acts.
    pub name: String,
    /// What the officer is.
    pub role: Role,
    /// The finding authorities the officer acts for, by name or unified social credit code.
    pub authorities: Vec<String>,
    /// Whether a password of their own has to be chosen before anything else.
    pub must_change: bool,
}

impl Officer {
    fn of(row: &OfficerRow) -> Option<Self> {
        Some(Self {
            district: row.district.clone(),
            account: row.account.clone(),
            name: row.name.clone(),
            role: Role::from_word(&row.role)?,
            authorities: row.authorities.clone(),
            must_change: row.must_change,
        })
    }

    /// Whether the officer may do this.
    pub fn may(&self, action: Action) -> bool {
        may(self.role, action)
    }

    /// The authorities whose cases the officer sees; absent where it sees the whole district's.
    pub fn only_of(&self) -> Option<Vec<String>> {
        (self.role == Role::Authority).then(|| self.authorities.clone())
    }

    /// Whether the officer sees the cases of an authority with this name and code.
    pub fn sees(&self, name: &str, code: &str) -> bool {
        self.only_of().is_none_or(|only| {
            only.iter()
                .any(|authority| !authority.is_empty() && (authority == name || authority == code))
        })
    }
}
