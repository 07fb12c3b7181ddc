//! 专题记录: what public lists say of a subject, as the hub publishes them.

use std::collections::HashSet;

use counter_core::publicity::TopicGroup;
use jiff::civil::Date;
use rusqlite::{Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A subject's place on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicRecord {
    /// Its place in the hub's dataset; names it.
    pub key: Vec<u8>,
    /// Whose it is.
    pub subject_id: i64,
    /// The list, such as 纳税信用A级纳税人.
    pub topic: String,
    /// The group of the list.
    pub group: TopicGroup,
    /// 认定单位.
    pub authority: Option<String>,
    /// 文号.
    pub document_no: Option<String>,
    /// 列入日期.
    pub listed_on: Option<Date>,
    /// The last day it stands, where one was said.
    pub until: Option<Date>,
    /// 事由.
    pub reason: Option<String>,
}

/// Keeps a record, in place of what it said before.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, record: &TopicRecord) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO topic_record
                (key, subject_id, topic, topic_group, authority, document_no, listed_on, until_on, reason)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            record.key,
            record.subject_id,
            record.topic,
            record.group.as_str(),
            record.authority,
            record.document_no,
            record.listed_on.map(|day| day.to_string()),
            record.until.map(|day| day.to_string()),
            record.reason,
        ])?;
    Ok(())
}

/// The subjects on lists whose name holds `part`.
///
/// # Errors
/// When the store cannot be read.
pub fn subjects_on(tx: &ReadTx<'_>, part: &str) -> Result<HashSet<i64>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT DISTINCT subject_id FROM topic_record WHERE instr(topic, ?) > 0")?;
    let rows = statement.query_map([part], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes a record away that is published no more.
///
/// # Errors
/// When the store cannot keep it.
pub fn remove(tx: &WriteTx<'_>, key: &[u8]) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("DELETE FROM topic_record WHERE key = ?")?
        .execute([key])?;
    Ok(())
}

/// The records of a subject: what speaks against it first, and in each group the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_subject(tx: &ReadTx<'_>, subject: i64) -> Result<Vec<TopicRecord>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT key, subject_id, topic, topic_group, authority, document_no, listed_on, until_on, reason
         FROM topic_record WHERE subject_id = ? ORDER BY listed_on DESC, key",
    )?;
    let rows = statement.query_map([subject], read_row)?;
    let mut records: Vec<TopicRecord> = rows.collect::<Result<_, _>>()?;
    records.sort_by_key(|record| record.group);
    Ok(records)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<TopicRecord> {
    Ok(TopicRecord {
        key: row.get(0)?,
        subject_id: row.get(1)?,
        topic: row.get(2)?,
        group: column::word(row, 3, TopicGroup::from_word)?,
        authority: row.get(4)?,
        document_no: row.get(5)?,
        listed_on: column::optional_day(row, 6)?,
        until: column::optional_day(row, 7)?,
        reason: row.get(8)?,
    })
}
