//! Training certificates, projected from their lanes for the lists.

use counter_core::certificate::{Certificate, CertificateState};
use jiff::civil::Date;
use rusqlite::{Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// One certificate in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRow {
    /// Its number.
    pub no: String,
    /// How it stands.
    pub state: CertificateState,
    /// The number of the class.
    pub class: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub trainee_name: String,
    /// 企业.
    pub subject_name: String,
    /// The enterprise's code.
    pub uscc: Option<String>,
    /// 发证日期.
    pub issued_on: Date,
    /// The day it was revoked.
    pub revoked_on: Option<Date>,
}

/// Every certificate, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<CertificateRow>, StoreError> {
    select(tx, "ORDER BY issued_on DESC, no DESC", [])
}

/// The certificates of a class, by trainee.
///
/// # Errors
/// When the store cannot be read.
pub fn of_class(tx: &ReadTx<'_>, class: &str) -> Result<Vec<CertificateRow>, StoreError> {
    select(tx, "WHERE class = ? ORDER BY trainee, no", [class])
}

/// The certificates of an enterprise, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_subject(tx: &ReadTx<'_>, uscc: &str) -> Result<Vec<CertificateRow>, StoreError> {
    select(tx, "WHERE uscc = ? ORDER BY issued_on DESC, no DESC", [uscc])
}

fn select(
    tx: &ReadTx<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<CertificateRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, state, class, trainee, trainee_name, subject_name, uscc, issued_on, revoked_on FROM certificate {condition}"
    ))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<CertificateRow> {
    Ok(CertificateRow {
        no: row.get(0)?,
        state: column::word(row, 1, |word| {
            [
                CertificateState::Provisional,
                CertificateState::Final,
                CertificateState::Revoked,
            ]
            .into_iter()
            .find(|state| state.as_str() == word)
        })?,
        class: row.get(2)?,
        trainee: row.get(3)?,
        trainee_name: row.get(4)?,
        subject_name: row.get(5)?,
        uscc: row.get(6)?,
        issued_on: column::day(row, 7)?,
        revoked_on: column::optional_day(row, 8)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, certificate: &Certificate) -> Result<(), StoreError> {
    let issued = &certificate.issued;
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO certificate
             (no, state, class, trainee, trainee_name, subject_name, uscc, issued_on, revoked_on)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            certificate.no,
            certificate.state().as_str(),
            issued.class,
            issued.trainee,
            issued.trainee_name,
            issued.subject.name,
            issued.subject.uscc,
            issued.issued_on.to_string(),
            certificate
                .revocation
                .as_ref()
                .map(|revocation| revocation.on.to_string()),
        ])?;
    Ok(())
}
