//! Where the hub keeps what it knows: transactions over rows keyed by district.
//!
//! Recording and judging are written once, against [`HubTransaction`], the sum of one trait per
//! area. Each area has a file here with its rows and its trait, and a file of the same name in
//! every store: a new area touches its own files, one line in the sum and one in each store.
//! `sqlite` is the embedded store of one office, `postgres` that of a city. Nothing here judges or signs.

mod blob;
mod change;
mod dataset;
mod enrolment;
mod hub_life;
mod lane;
mod life;
mod log;
mod officer;
mod overview;
pub mod postgres;
mod receipt;
mod report;
mod request;
pub mod sqlite;

use std::future::Future;

use hub_api::refused::RefusedCode;

pub use blob::{BlobRow, BlobStore};
pub use change::{ChangeStore, RecordedChange};
pub use dataset::{DatasetRow, DatasetStore};
pub use enrolment::{CounterKeyRow, EnrolmentCodeRow, EnrolmentStore};
pub use hub_life::{HubLifeStore, HubRow};
pub use lane::{LaneRow, LaneStanding, LaneStore, StepRow};
pub use life::{Life, LifeRow, LifeStore};
pub use log::{AboutChange, LogHead, LogRow, LogStore, NewLogEntry, ToldBefore};
pub use officer::{OfficerRow, OfficerStore, SessionRow};
pub use overview::{CaseOverview, CaseQuery, CounterLifeRow, OverviewStore, ParkedRow};
pub use receipt::{ReceiptRow, ReceiptStore};
pub use report::{ReportCount, ReportFact, ReportMonthRow, ReportStore};
pub use request::RequestStore;

/// The store could not do it. The transaction is undone.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process holds the lock for longer than was waited.
    #[error("the store is busy")]
    Busy,
    /// A newer program has written here.
    #[error("the database has version {found}, this program knows up to {supported}")]
    NewerSchema {
        /// The version found.
        found: i64,
        /// The newest this program knows.
        supported: i64,
    },
    /// What is stored cannot be read back.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// Anything else the store says.
    #[error("the store failed: {0}")]
    Failed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// What an operation of a store gives.
pub type Stored<T> = Result<T, StoreError>;

impl StoreError {
    /// The word a counter gets for it.
    pub fn refused_code(&self) -> RefusedCode {
        match self {
            Self::Busy => RefusedCode::Busy,
            Self::NewerSchema { .. } | Self::Damaged(_) | Self::Failed(_) => RefusedCode::Internal,
        }
    }
}

/// The connections of one process to its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// That are open.
    pub open: usize,
    /// Of these, that nobody uses now.
    pub free: usize,
    /// Requests that wait for one.
    pub waited_for: usize,
}

/// A store that several processes may open at once.
pub trait HubStore: Clone + Send + Sync + 'static {
    /// Its transactions.
    type Transaction: HubTransaction;

    /// Begins a transaction that may write. Dropped without [`HubTransaction::commit`] it is undone.
    fn begin(&self) -> impl Future<Output = Stored<Self::Transaction>> + Send;

    /// Begins a transaction that may write and whose commit does not wait for the disk: others see at once what it
    /// wrote, and a power cut keeps it from the next commit on that waits.
    fn begin_lazily(&self) -> impl Future<Output = Stored<Self::Transaction>> + Send {
        self.begin()
    }

    /// Begins a transaction that only reads.
    fn begin_read(&self) -> impl Future<Output = Stored<Self::Transaction>> + Send;

    /// How the connections of this process to its database stand; `None` where it needs none.
    fn connections(&self) -> Option<Connections> {
        None
    }
}

/// What can be done inside of a transaction, area by area. Every row belongs to a district.
pub trait HubTransaction:
    HubLifeStore
    + EnrolmentStore
    + RequestStore
    + LogStore
    + LifeStore
    + ChangeStore
    + ReceiptStore
    + LaneStore
    + BlobStore
    + OfficerStore
    + OverviewStore
    + ReportStore
    + DatasetStore
    + Send
{
    /// Makes everything durable.
    fn commit(self) -> impl Future<Output = Stored<()>> + Send;
}
