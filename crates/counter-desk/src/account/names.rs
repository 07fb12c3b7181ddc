//! The people of this counter, by the names on screens.

use std::collections::HashMap;

use counter_store::{ReadTx, StoreError, StoredChange, table::account};

/// The names on screens by account.
pub(crate) struct Names(HashMap<String, String>);

impl Names {
    pub(crate) fn read(tx: &ReadTx<'_>) -> Result<Self, StoreError> {
        let accounts = account::list(tx)?.into_iter();
        Ok(Self(
            accounts.map(|account| (account.name, account.display_name)).collect(),
        ))
    }

    /// Who made `change`; of another counter only the account is known.
    pub(crate) fn of(&self, change: &StoredChange) -> String {
        let name = self.0.get(&change.actor).filter(|_| change.own);
        name.unwrap_or(&change.actor).clone()
    }
}
