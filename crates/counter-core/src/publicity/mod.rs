//! Double publicity (双公示): the rows in which departments report permits and penalties.
//!
//! A sheet's [`Layout`] is told from its header texts, never from positions. [`check::check`]
//! turns a row of cells into a [`CheckedRow`]: every value normalised as far as that is safe,
//! the original beside it, and a [`Finding`] for every rule V01–V17 the row breaks.
//! Reading files, look-ups in the database and writing live elsewhere; what a rule needs from
//! there comes as an argument.

pub mod amount;
pub mod check;
pub mod date;
mod field;
mod file_kind;
mod finding;
mod header;
mod key;
mod layout;
pub mod penalty_kind;
mod row;
mod stored;
pub mod text;
mod to_record;
mod topic_group;

pub use check::{CheckContext, CheckedRow, check};
pub use field::{Field, FieldSet, RowKind};
pub use file_kind::FileKind;
pub use finding::{Finding, Level, Rule};
pub use key::{ContentHash, RowKey, content_hash, near_duplicate_hash, row_key};
pub use layout::{Layout, LayoutVersion, SheetHint, detect_layout, is_footer};
pub use row::{CellKind, RawCell, Row, SubjectKind};
pub use stored::{StoredRow, write_cells, write_originals};
pub use to_record::to_record;
pub use topic_group::TopicGroup;
