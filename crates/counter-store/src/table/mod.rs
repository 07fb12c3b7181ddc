//! One file per table: its rows, and the functions that read and write them in a transaction.

pub mod account;
pub mod brought_paper;
pub mod certificate;
pub(crate) mod change;
pub mod class;
pub(crate) mod counter;
pub mod credential;
pub mod dataset;
pub mod draft;
pub mod entered_record;
pub mod exam_clock;
pub mod exam_session;
pub mod forked_change;
pub mod hub_binding;
pub mod hub_dataset;
pub mod hub_page;
pub mod hub_row;
pub mod import_finding;
pub mod import_run;
pub(crate) mod incarnation;
pub(crate) mod lane;
pub mod lane_key;
pub(crate) mod number_series;
pub mod penalty;
pub mod permit;
pub mod publicity_row;
pub mod receipt;
pub mod repair_case;
pub mod setting;
pub mod subject;
pub mod subject_register;
pub mod topic_record;
pub mod visit;
pub mod wanted_blob;

pub(crate) mod column;
