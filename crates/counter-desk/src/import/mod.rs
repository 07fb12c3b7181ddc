//! 导入: 双公示 files into the credit files of subjects.
//!
//! One transaction a file. One thread unpacks and reads, a second holds the rows against the rules, and the one that
//! asked looks up and writes; whatever goes wrong, or a cancel, leaves the database as it was. A row that breaks a rule of
//! the reporting standard is kept for check as long as it names a subject.

pub(crate) mod case_flag;
mod error;
mod in_time;
mod intake;
mod keep;
pub(crate) mod merge;
mod outcome;
mod report;
#[cfg(test)]
mod tests;
mod view;

use std::{path::Path, sync::mpsc, thread};

use counter_core::publicity::RowKind;
use counter_store::{WriteTx, table::publicity_row};
use jiff::civil::Date;

use crate::{Actor, Desk};
pub use error::ImportError;
use in_time::in_time_since;
pub use outcome::ImportOutcome;
pub use publicity_file as read;
use publicity_file::{Against, Block, CheckError, CheckedBlock, ReadError, ReadLimits, Source, check_ahead};
pub use report::{save_findings, save_report};
pub use view::{
    FindingFilter, FindingPage, ImportCounts, ImportRunView, KeptForCheckRow, RuleCount, findings, kept_for_check, run,
    runs,
};

/// What is asked for besides the file.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Refuse sheets of another kind; `None` takes what the headers say.
    pub kind: Option<RowKind>,
    /// 数据截至 as the giver of the file says; otherwise the day in the file's name, otherwise the latest decision in it.
    pub data_as_of: Option<Date>,
    /// When the rows were reported (V06).
    pub reported: Reported,
    /// How much is read at most.
    pub limits: ReadLimits,
    /// The subjects are made up, for practice.
    pub demo: bool,
}

/// The day rows were reported, which their sheets do not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reported {
    /// The day of the import.
    #[default]
    Today,
    /// This day.
    On(Date),
    /// Nobody knows: late rows are not told apart.
    Unknown,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    /// Rows looked at.
    pub rows: u32,
    /// How much of the file is read, in thousandths.
    pub permille: u16,
}

/// Whether to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoOn {
    /// Read on.
    Yes,
    /// Stop; nothing is kept.
    Cancel,
}

/// Imports the file at `path`. `watch` is told how far it is, about every 500 rows, and may cancel.
///
/// # Errors
/// See [`ImportError`]; after any of them the database is as it was.
pub fn import_file(
    desk: &Desk,
    actor: &Actor,
    path: &Path,
    options: &ImportOptions,
    watch: &mut dyn FnMut(ImportProgress) -> GoOn,
) -> Result<ImportOutcome, ImportError> {
    let source = Source::open(path, &options.limits)?;
    import_source(desk, actor, &source, options, watch)
}

/// Imports a file that is in memory.
///
/// # Errors
/// See [`ImportError`]; after any of them the database is as it was.
pub fn import_source(
    desk: &Desk,
    actor: &Actor,
    source: &Source,
    options: &ImportOptions,
    watch: &mut dyn FnMut(ImportProgress) -> GoOn,
) -> Result<ImportOutcome, ImportError> {
    desk.store()
        .write(|tx| take_in_source(desk, tx, actor, source, options, watch))
}

/// Takes a file in inside a transaction that does more.
pub(crate) fn take_in_source(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    source: &Source,
    options: &ImportOptions,
    watch: &mut dyn FnMut(ImportProgress) -> GoOn,
) -> Result<ImportOutcome, ImportError> {
    publicity_row::keep_in_memory(tx, true)?;
    let today = desk.clock().today();
    let calendar = desk.rules().calendar();
    let against = Against {
        kind: options.kind,
        today,
        in_time_since: match options.reported {
            Reported::Today => in_time_since(calendar, today),
            Reported::On(day) => in_time_since(calendar, day),
            Reported::Unknown => None,
        },
    };
    let (read_on, to_check) = mpsc::sync_channel::<Result<Block, ReadError>>(4);
    let (hand_on, checked) = mpsc::sync_channel::<Result<CheckedBlock, CheckError>>(4);
    let outcome = thread::scope(|scope| {
        scope.spawn(move || {
            let read = read::read(source, &options.limits, &mut |block| read_on.send(Ok(block)).is_ok());
            if let Err(error) = read {
                // Where nobody listens any more, there is nobody to tell.
                let _ = read_on.send(Err(error));
            }
        });
        scope.spawn(move || check_ahead(against, to_check, &mut |block| hand_on.send(block).is_ok()));
        // The receiver moves in: when the intake ends early the others find nobody listening and stop.
        intake::take_in(desk, tx, actor, source, options, against, checked, watch)
    });
    publicity_row::keep_in_memory(tx, false)?;
    outcome
}
