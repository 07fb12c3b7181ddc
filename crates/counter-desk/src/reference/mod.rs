//! 参考数据: what the hub publishes, taken over once all of it has come.
//!
//! `counter_sync` fetches the signed list, the manifests and the chunks, and keeps each as it comes. [`take_over`] puts a
//! version that is whole in the place of the one before, in one transaction: whoever reads sees the one or the other.

mod difference;
mod document;
mod error;
mod pending;
mod rows;
mod subjects;
mod take_over;
#[cfg(test)]
mod tests;
mod topics;
mod view;

pub use document::rule_book;
pub use error::TakeOverError;
pub use take_over::{TakenOver, take_over};
pub use view::{ArrivingVersion, ReferenceDataset, reference_data};
