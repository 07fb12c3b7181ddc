//! The accounts to choose from when signing in.

use counter_core::account::Role;
use counter_store::{
    StoreError,
    table::{account, credential},
};
use serde::Serialize;

use crate::Desk;

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AccountChoice {
    /// The sign-in name.
    pub name: String,
    /// The name on screens and prints.
    pub display_name: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// Whether a password was ever set; the first sign-in sets one.
    pub has_password: bool,
}

/// The accounts that may sign in, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn choices(desk: &Desk) -> Result<Vec<AccountChoice>, StoreError> {
    desk.store().read(|tx| {
        account::list(tx)?
            .into_iter()
            .filter(|account| !account.disabled)
            .map(|account| {
                let has_password = credential::get(tx, &account.name)?.is_some();
                Ok(AccountChoice {
                    name: account.name,
                    display_name: account.display_name,
                    roles: account.roles,
                    has_password,
                })
            })
            .collect()
    })
}
