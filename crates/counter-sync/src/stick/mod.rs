//! The stick lane: the same batches, receipts and pages as over the network, carried in a file.
//!
//! [`export_outbox`] writes what has no receipt and how far the feed was read; a person carries the file to the hub and its
//! answer back; [`import_answer`] takes the answer in by the rules of the network. Neither changes what the other or
//! a later round over the network finds: what has no receipt is unsent, what has one is not.

mod export;
mod import;
mod progress;

pub use export::{Exported, export_outbox};
pub use import::{Imported, import_answer};
pub use progress::StickProgress;
