//! The counter's encrypted database.
//!
//! Changes first: every act is recorded as changes, and in the same transaction the
//! lanes and the tables people read. The store runs the reducer of `counter-core`
//! and knows nothing of rules, papers, networks or windows. It never tells the time
//! and takes its random bytes from its caller.
//!
//! Left out: what the hub signs is verified by `counter-sync` before it comes here.

mod attachments;
mod backup;
mod carry_over;
mod check;
mod cites;
mod connection;
mod entropy;
mod error;
mod feed;
mod folder;
mod head_mark;
mod incarnation;
mod key;
mod migration;
mod password;
mod projection;
mod rebuild;
mod receipts;
mod record;
mod seal;
pub mod search;
mod settle;
mod store;
pub mod table;
mod tx;
mod undo;

pub use attachments::{Arrival, Attachments, CHUNK_BYTES};
pub use backup::{BackupContents, BackupReport, OldData, rehearse, restore};
pub use carry_over::CarriedOver;
pub use check::{CheckReport, MISSING_ATTACHMENT, Problem};
pub use entropy::EntropySource;
pub use error::{RecordError, StoreError};
pub use feed::{FeedEntry, FeedEvent, FeedOutcome};
pub use incarnation::{CounterIdentity, SYSTEM_ACTOR};
pub use key::{
    Custody, KeySource, KeyringTrouble, PASSPHRASE_VARIABLE, Passphrase, RecoveryWords, RecoveryWordsError, Unlock,
};
pub use password::PasswordHash;
pub use receipts::{NewReceipt, Outbox, OutgoingChange, RecordedTo, UnsentLife};
pub use record::ActContext;
pub use store::{Access, Environment, NewCounter, Store};
pub use table::change::StoredChange;
pub use tx::{ReadTx, WriteTx};
pub use undo::UndoableAct;

pub use counter_core::{
    delivery::Delivery,
    verdict::{Verdict, WaitingFor},
};
