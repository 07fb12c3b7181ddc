//! The serial numbers given out, by family and year. Not a projection: what was printed once is never given again.

use counter_core::number::NumberFamily;
use rusqlite::params;

use super::column;
use crate::{StoreError, WriteTx};

pub(crate) fn next(tx: &WriteTx<'_>, family: NumberFamily, year: i16) -> Result<u32, StoreError> {
    Ok(tx
        .connection()
        .prepare_cached(
            "INSERT INTO number_series (family, year, last_serial) VALUES (?, ?, 1)
             ON CONFLICT (family, year) DO UPDATE SET last_serial = last_serial + 1 RETURNING last_serial",
        )?
        .query_row(params![word(family), year], |row| column::count(row, 0))?)
}

fn word(family: NumberFamily) -> &'static str {
    match family {
        NumberFamily::Case => "case",
        NumberFamily::Visit => "visit",
        NumberFamily::Slip => "slip",
        NumberFamily::Record => "record",
        NumberFamily::Objection => "objection",
        NumberFamily::Class => "class",
        NumberFamily::ExamSession => "exam_session",
        NumberFamily::Certificate => "certificate",
    }
}
