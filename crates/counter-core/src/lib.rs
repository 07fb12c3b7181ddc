//! The pure domain of the repair counter. No IO, no clock, no randomness: they are arguments.

pub mod account;
pub mod assess;
pub mod attachment;
pub mod authority;
pub mod calendar;
pub mod case;
pub mod certificate;
pub mod change;
pub mod class;
pub mod document_issue;
pub mod exam;
pub mod identifier;
pub mod incarnation;
pub mod lane_state;
pub mod merge;
pub mod number;
pub mod pack;
pub mod publicity;
pub mod question;
pub mod record;
pub mod record_entry;
pub mod refusal;
pub mod sealed;
pub mod subject_snapshot;
pub mod verdict;
pub mod visit;
