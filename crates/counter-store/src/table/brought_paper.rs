//! Papers brought at a visit for a case that the window did not know. Told from the visit's state.

use counter_core::{case::MaterialMark, visit::Visit};
use rusqlite::params;

use crate::{ReadTx, StoreError, WriteTx};

/// A paper brought elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtRow {
    /// The visit.
    pub visit: String,
    /// The case it is for.
    pub case_no: String,
    /// Its code in the pack.
    pub code: String,
    /// How it stands.
    pub mark: MaterialMark,
}

/// The papers brought for the case `no`, visit by visit.
///
/// # Errors
/// When the store cannot be read.
pub fn for_case(tx: &ReadTx<'_>, no: &str) -> Result<Vec<BroughtRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT visit, case_no, code, mark FROM brought_paper WHERE case_no = ? ORDER BY visit, code",
    )?;
    let rows = statement.query_map([no], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?))
    })?;
    rows.map(|row| {
        let (visit, case_no, code, mark) = row?;
        let mark = serde_json::from_str(&mark)
            .map_err(|error| StoreError::Contradiction(format!("brought paper of {visit}: {error}")))?;
        Ok(BroughtRow {
            visit,
            case_no,
            code,
            mark,
        })
    })
    .collect()
}

/// The cases for which papers were brought elsewhere, each once.
///
/// # Errors
/// When the store cannot be read.
pub fn cases(tx: &ReadTx<'_>) -> Result<Vec<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT DISTINCT case_no FROM brought_paper ORDER BY case_no")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes the papers of a visit anew.
pub(crate) fn put(tx: &WriteTx<'_>, visit: &Visit) -> Result<(), StoreError> {
    delete(tx, &visit.no)?;
    for continued in visit.continued.iter().filter(|continued| continued.slip.is_some()) {
        for paper in &continued.brought {
            let mark = serde_json::to_string(&paper.mark)
                .map_err(|error| StoreError::Contradiction(format!("brought paper of {}: {error}", visit.no)))?;
            tx.connection()
                .prepare_cached(
                    "INSERT OR REPLACE INTO brought_paper (visit, case_no, code, mark) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![visit.no, continued.case, paper.code, mark])?;
        }
    }
    Ok(())
}

pub(crate) fn delete(tx: &WriteTx<'_>, visit: &str) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("DELETE FROM brought_paper WHERE visit = ?")?
        .execute([visit])?;
    Ok(())
}
