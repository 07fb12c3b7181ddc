//! 待处理: what was made here and no lane at the hub took. It is never dropped, whoever signs in or whatever the counter
//! is bound to; the ways out are to do it again and to give it up.

mod about;
pub mod amend_parked;
pub mod parked_list;
pub mod withdraw_parked;

use counter_core::change::{IncarnationId, LaneKind};
use counter_store::{ReadTx, RecordError, StoredChange};

use crate::{
    Actor, Coded,
    coded::from_store_error,
    permission::{Permission, may},
};

/// Parked work was not settled; it still stands in 待处理.
#[derive(Debug, thiserror::Error)]
pub enum SettleError {
    /// Nothing of this name is parked.
    #[error("no change {0} is parked")]
    Unknown(String),
    /// The person may not work on such things.
    #[error("this account may not do that")]
    NotPermitted,
    /// What waits for this is not done again, or has no day to correct.
    #[error("this is not done again")]
    NotAgain,
    /// Why it is given up was not said.
    #[error("the reason is empty")]
    NoReason,
    /// Not a day, or one that has not come.
    #[error("{0:?} is not a day, or has not come yet")]
    BadDate(String),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(SettleError);

impl Coded for SettleError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "nothing_to_settle",
            Self::NotPermitted => "not_permitted",
            Self::NotAgain => "not_done_again",
            Self::NoReason => "field_empty",
            Self::BadDate(_) => "bad_date",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(id) | Self::BadDate(id) => id.clone(),
            Self::NotPermitted | Self::NotAgain => String::new(),
            Self::NoReason => "reason".to_owned(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// How a parked change is named outside: its life and its number.
fn id_of(change: &StoredChange) -> String {
    format!("{}.{}", change.incarnation, change.seq)
}

/// The parked change `id`, which `actor` may settle.
fn find(tx: &ReadTx<'_>, actor: &Actor, id: &str) -> Result<StoredChange, SettleError> {
    let unknown = || SettleError::Unknown(id.to_owned());
    let (life, seq) = id.split_once('.').ok_or_else(unknown)?;
    let life = IncarnationId::from_hex(life).ok_or_else(unknown)?;
    let seq: u64 = seq.parse().map_err(|_| unknown())?;
    let parked = tx.parked_changes()?;
    let found = parked
        .into_iter()
        .find(|change| change.incarnation == life && change.seq == seq)
        .ok_or_else(unknown)?;
    if may(&actor.roles, needed(found.lane.kind)) {
        Ok(found)
    } else {
        Err(SettleError::NotPermitted)
    }
}

/// What a person needs to settle work in such a lane: the same as to do it.
fn needed(kind: LaneKind) -> Permission {
    match kind {
        LaneKind::Visit | LaneKind::Record | LaneKind::Case | LaneKind::Objection => Permission::Receive,
        LaneKind::Class | LaneKind::Certificate => Permission::Train,
        LaneKind::ExamSession => Permission::Proctor,
        LaneKind::Counter | LaneKind::Account | LaneKind::RuleValue => Permission::Administer,
    }
}
