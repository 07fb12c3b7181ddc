//! Tables `district_log`, `log_entry`, `incarnation`, `change` and `receipt`.

use counter_core::change::ChangeHash;
use rusqlite::{Connection, OptionalExtension, params};

use super::{signed, unsigned};
use crate::store::{Life, LifeRow, LogHead, LogRow, NewLogEntry, ReceiptRow, RecordedChange, StoreError};

pub fn lock(connection: &Connection, district: &str) -> Result<LogHead, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO district_log (district, last_index, head) VALUES (?1, 0, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![district, ChangeHash::ORIGIN.0])?;
    head(connection, district)
}

pub fn head(connection: &Connection, district: &str) -> Result<LogHead, StoreError> {
    let found = connection
        .prepare_cached("SELECT last_index, head FROM district_log WHERE district = ?1")?
        .query_row([district], |row| {
            Ok(LogHead {
                index: unsigned(row.get(0)?),
                head: ChangeHash(row.get(1)?),
            })
        })
        .optional()?;
    Ok(found.unwrap_or(LogHead {
        index: 0,
        head: ChangeHash::ORIGIN,
    }))
}

pub fn append(connection: &Connection, district: &str, entry: &NewLogEntry<'_>) -> Result<(), StoreError> {
    let about = entry.about;
    let lane = about.and_then(|about| about.lane);
    connection
        .prepare_cached(
            "INSERT INTO log_entry (district, log_index, at, event, counter, incarnation, seq, lane_kind, lane_id, taken)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            district,
            signed(entry.end.index)?,
            entry.at,
            entry.event,
            about.map(|about| &about.counter.0),
            about.map(|about| about.incarnation.0),
            about.map(|about| signed(about.seq)).transpose()?,
            lane.map(|lane| &lane.kind),
            lane.map(|lane| &lane.id),
            about.is_some_and(|about| about.taken),
        ])?;
    connection
        .prepare_cached("UPDATE district_log SET last_index = ?2, head = ?3 WHERE district = ?1")?
        .execute(params![district, signed(entry.end.index)?, entry.end.head.0])?;
    Ok(())
}

pub fn after(connection: &Connection, district: &str, after: u64, limit: usize) -> Result<Vec<LogRow>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT log_index, at, event FROM log_entry WHERE district = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3",
    )?;
    let rows = statement
        .query_map(params![district, signed(after)?, signed(limit as u64)?], |row| {
            Ok(LogRow {
                index: unsigned(row.get(0)?),
                at: row.get(1)?,
                event: row.get(2)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn life(connection: &Connection, life: &Life) -> Result<Option<LifeRow>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT head_seq, head_hash, closed_at FROM incarnation WHERE district = ?1 AND counter = ?2 AND incarnation = ?3",
        )?
        .query_row(params![life.district, life.counter.0, life.incarnation.0], |row| {
            Ok(LifeRow { head_seq: unsigned(row.get(0)?), head_hash: ChangeHash(row.get(1)?), closed_at: row.get(2)? })
        })
        .optional()?;
    Ok(found)
}

pub fn put_life_head(connection: &Connection, life: &Life, seq: u64, hash: ChangeHash) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO incarnation (district, counter, incarnation, head_seq, head_hash) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash",
        )?
        .execute(params![
            life.district,
            life.counter.0,
            life.incarnation.0,
            signed(seq)?,
            hash.0
        ])?;
    Ok(())
}

pub fn close_life(connection: &Connection, life: &Life, now: i64) -> Result<(), StoreError> {
    // A parent the hub never heard of is closed too: what it still sends comes late.
    connection
        .prepare_cached(
            "INSERT INTO incarnation (district, counter, incarnation, head_seq, head_hash, closed_at)
             VALUES (?1, ?2, ?3, 0, ?4, ?5)
             ON CONFLICT DO UPDATE SET closed_at = coalesce(closed_at, excluded.closed_at)",
        )?
        .execute(params![
            life.district,
            life.counter.0,
            life.incarnation.0,
            ChangeHash::ORIGIN.0,
            now
        ])?;
    Ok(())
}

pub fn hashes(connection: &Connection, life: &Life, from: u64, to: u64) -> Result<Vec<ChangeHash>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT hash FROM change
         WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND seq BETWEEN ?4 AND ?5 ORDER BY seq",
    )?;
    let hashes = statement
        .query_map(
            params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                signed(from)?,
                signed(to)?
            ],
            |row| row.get(0).map(ChangeHash),
        )?
        .collect::<Result<_, _>>()?;
    Ok(hashes)
}

pub fn bytes(connection: &Connection, life: &Life, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
    let found = connection
        .prepare_cached(
            "SELECT bytes FROM change WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND seq = ?4",
        )?
        .query_row(
            params![life.district, life.counter.0, life.incarnation.0, signed(seq)?],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found)
}

pub fn insert(connection: &Connection, life: &Life, change: RecordedChange<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO change (district, counter, incarnation, seq, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            life.district,
            life.counter.0,
            life.incarnation.0,
            signed(change.seq)?,
            change.hash.0,
            change.bytes
        ])?;
    Ok(())
}

pub fn receipts(connection: &Connection, life: &Life, from: u64, to: u64) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT bytes FROM receipt
         WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND to_seq >= ?4 AND from_seq <= ?5 ORDER BY to_seq",
    )?;
    let receipts = statement
        .query_map(
            params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                signed(from)?,
                signed(to)?
            ],
            |row| row.get(0),
        )?
        .collect::<Result<_, _>>()?;
    Ok(receipts)
}

pub fn insert_receipt(connection: &Connection, life: &Life, row: ReceiptRow<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO receipt (district, counter, incarnation, from_seq, to_seq, bytes, head_claim)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            life.district,
            life.counter.0,
            life.incarnation.0,
            signed(row.from)?,
            signed(row.to)?,
            row.bytes,
            row.head_claim
        ])?;
    Ok(())
}
