//! Columns that hold more than a number or a text.

use counter_core::change::{ActId, ChangeHash, IncarnationId};
use jiff::civil::Date;
use rusqlite::{
    Row,
    types::{FromSql, Type, ValueRef},
};

/// Reads column `at` as a text and makes a `T` of it.
pub(crate) fn text<T, E: std::error::Error + Send + Sync + 'static>(
    row: &Row<'_>,
    at: usize,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    read(&text).map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Text, Box::new(error)))
}

/// Reads column `at` as one of the words of an enum.
pub(crate) fn word<T>(row: &Row<'_>, at: usize, from_word: impl FnOnce(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(at)?;
    from_word(&text).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(at, Type::Text, format!("unknown word {text:?}").into())
    })
}

/// Reads column `at` as a day.
pub(crate) fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Date> {
    text(row, at, str::parse)
}

/// Reads column `at` as a day that may be missing.
pub(crate) fn optional_day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Date>> {
    if row.get_ref(at)? == ValueRef::Null {
        Ok(None)
    } else {
        day(row, at).map(Some)
    }
}

/// Reads column `at` as a count. Negative numbers never come from us.
pub(crate) fn count<T: TryFrom<i64>>(row: &Row<'_>, at: usize) -> rusqlite::Result<T> {
    let number: i64 = row.get(at)?;
    T::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, number))
}

/// Reads column `at` as a count that may be missing.
pub(crate) fn optional_count<T: TryFrom<i64>>(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<T>> {
    if row.get_ref(at)? == ValueRef::Null {
        Ok(None)
    } else {
        count(row, at).map(Some)
    }
}

/// SQLite counts up to 2^63; our counters never get near it.
pub(crate) fn integer(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn fixed<const N: usize>(row: &Row<'_>, at: usize) -> rusqlite::Result<[u8; N]> {
    let value = row.get_ref(at)?;
    <[u8; N]>::column_result(value)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(at, Type::Blob, Box::new(error)))
}

/// Reads column `at` as a hash.
pub(crate) fn hash(row: &Row<'_>, at: usize) -> rusqlite::Result<ChangeHash> {
    fixed(row, at).map(ChangeHash)
}

/// Reads column `at` as the id of an incarnation.
pub(crate) fn incarnation(row: &Row<'_>, at: usize) -> rusqlite::Result<IncarnationId> {
    fixed(row, at).map(IncarnationId)
}

/// Reads column `at` as the id of an act.
pub(crate) fn act(row: &Row<'_>, at: usize) -> rusqlite::Result<ActId> {
    fixed(row, at).map(ActId)
}
