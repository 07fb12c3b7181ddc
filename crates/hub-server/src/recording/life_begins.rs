//! The first change of a life: it says which district it writes in and which life it grew out of, and closes that one.

use counter_core::{
    change::{ChangeBody, ChangeDecodeError, ChangeHash},
    incarnation::CounterChange,
};
use hub_api::push::ChainedChange;

use crate::store::{HubTransaction, Life, StoreError};

/// A life that does not begin as it must.
#[derive(Debug, thiserror::Error)]
pub enum LifeError {
    /// The first change is not the opening of a life.
    #[error("a life must begin with incarnation_opened")]
    NotOpened,
    /// It says it writes in another district than the key speaks for.
    #[error("the life was opened in district {found}")]
    OtherDistrict {
        /// The district it names.
        found: String,
    },
    /// `prev_hash` is not the hash of the life it grew out of.
    #[error("the life does not grow out of the change it names as its parent")]
    OtherParent,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Checks the opening of `life` and closes its parent. An opening of a newer schema is taken as it is.
pub(super) async fn check(
    transaction: &mut impl HubTransaction,
    life: &Life,
    first: &ChainedChange,
    now: i64,
) -> Result<(), LifeError> {
    let change = match first.stored.decode() {
        Ok(change) => change,
        Err(ChangeDecodeError::Newer { .. }) => return Ok(()),
        Err(ChangeDecodeError::Malformed(_)) => return Err(LifeError::NotOpened),
    };
    let ChangeBody::Counter(CounterChange::IncarnationOpened { site, parent, .. }) = &change.body else {
        return Err(LifeError::NotOpened);
    };
    if *site != life.district {
        return Err(LifeError::OtherDistrict { found: site.clone() });
    }
    let grew_from = parent.as_ref().map_or(ChangeHash::ORIGIN, |parent| parent.hash);
    if change.prev_hash != grew_from {
        return Err(LifeError::OtherParent);
    }
    if let Some(parent) = parent {
        let parent = Life {
            incarnation: parent.incarnation,
            ..life.clone()
        };
        transaction.close_life(&parent, now).await?;
    }
    Ok(())
}
