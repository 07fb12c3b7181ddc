//! Reference data of a district: publishing a version of it, and giving it out.
//!
//! [`publish`] takes rows from wherever they come; [`rows_of_file`] reads them from a file and holds them against the
//! reporting standard. Both are called by the command and by the browser's pages.

mod findings;
mod foresee;
mod from_file;
mod give;
mod publicity_rows;
mod publish;
mod subject_rows;
mod table;
mod topic_rows;

pub use findings::Findings;
pub use foresee::{Foreseen, documents, foresee};
pub use from_file::{FileError, FileRows, RowCounts, rows_of_file};
pub use give::{GiveError, chunks, list};
pub use publish::{Mode, Publication, PublishError, Published, publish};

/// The versions of each kind that are kept: what a counter is in the middle of fetching stays a while.
const VERSIONS_KEPT: usize = 2;
