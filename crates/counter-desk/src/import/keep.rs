//! Keeping a row that is there already, and what is loaded.

use counter_core::publicity::{CheckedRow, RowKind, StoredRow};
use counter_store::{
    ActContext, ReadTx, StoreError, WriteTx,
    table::{
        self,
        dataset::{self, Dataset},
        hub_dataset,
        import_run::{self, ImportRun},
        publicity_row::{ExistingRow, NewRow, key_text},
    },
};
use jiff::civil::Date;

use super::{ImportError, case_flag};

/// Replaces a row, and says what differs on the cases about it.
pub(super) fn update(
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    source: &str,
    kind: RowKind,
    new: &NewRow<'_>,
    checked: &CheckedRow<'_>,
    existing: &ExistingRow,
) -> Result<(), ImportError> {
    // Other content under the same key keeps its subject: the key holds the subject's code.
    let new = NewRow {
        subject_id: existing.subject_id,
        ..*new
    };
    match kind {
        RowKind::Permit => table::permit::update(tx, &new)?,
        RowKind::Penalty => {
            let key = key_text(new.key);
            let before = table::penalty::get(tx, &key)?;
            table::penalty::update(tx, &new)?;
            if let Some(before) = before {
                let differences = StoredRow::differences(&before.row, &checked.row);
                for key in std::iter::once(&key).chain(&before.entered_key) {
                    case_flag::flag(tx, act, key, source, &differences)?;
                }
            }
        }
    }
    Ok(())
}

/// 数据截至 of the hub's rows of this kind.
pub(super) fn of_hub_until(tx: &ReadTx<'_>, kind: RowKind) -> Result<Option<Date>, StoreError> {
    let run = hub_dataset::taken_over(tx, kind.as_str())?.and_then(|taken| taken.run_id);
    let Some(run) = run else { return Ok(None) };
    Ok(import_run::get(tx, run)?.and_then(|run| run.data_as_of))
}

pub(super) fn put_dataset(tx: &WriteTx<'_>, kind: RowKind, run: &ImportRun) -> Result<(), StoreError> {
    let rows = match kind {
        RowKind::Penalty => table::penalty::count(tx)?,
        RowKind::Permit => table::permit::count(tx)?,
    };
    let before = dataset::get(tx, kind.as_str())?.and_then(|before| before.data_as_of);
    dataset::put(
        tx,
        &Dataset {
            kind: kind.as_str().to_owned(),
            source: run.file_name.clone(),
            data_as_of: run.data_as_of.max(before),
            rows,
            loaded_at: run.imported_at,
        },
    )
}
