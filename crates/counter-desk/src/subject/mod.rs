//! Credit subjects: the whole file of one on one page.

pub mod credit_file;
pub mod snapshot;
