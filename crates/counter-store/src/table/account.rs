//! Accounts, projected from their lanes.

use counter_core::account::{Account, Role};
use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// Every account, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<Account>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT name, display_name, roles, disabled FROM account ORDER BY name")?;
    let rows = statement.query_map([], |row| {
        Ok(Account {
            name: row.get(0)?,
            display_name: row.get(1)?,
            roles: column::text(row, 2, |roles| serde_json::from_str::<Vec<Role>>(roles))?,
            disabled: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The account that signs in as `name`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, name: &str) -> Result<Option<Account>, StoreError> {
    Ok(list(tx)?.into_iter().find(|account| account.name == name))
}

pub(crate) fn put(tx: &WriteTx<'_>, account: &Account) -> Result<(), StoreError> {
    let roles = serde_json::to_string(&account.roles).expect("roles are words");
    tx.connection()
        .prepare_cached("INSERT OR REPLACE INTO account (name, display_name, roles, disabled) VALUES (?, ?, ?, ?)")?
        .execute(params![account.name, account.display_name, roles, account.disabled])?;
    Ok(())
}
