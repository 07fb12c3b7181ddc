//! What every lane has become, as the reducer left it.

use counter_core::{
    change::{Lane, LaneKind},
    delivery::Delivery,
    lane_state::LaneState,
};
use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A lane as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LaneRow {
    pub(crate) state: LaneState,
    /// The hub's log index of the last verdict on it that is known here.
    pub(crate) base: Option<u64>,
    /// When the last change applied was made.
    pub(crate) updated_at: i64,
}

pub(crate) fn load(tx: &ReadTx<'_>, lane: &Lane) -> Result<Option<LaneRow>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT state, base, updated_at FROM lane WHERE kind = ? AND id = ?")?;
    let found = statement
        .query_row(params![lane.kind.as_str(), lane.id], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, column::optional_count(row, 1)?, row.get(2)?))
        })
        .optional()?;
    found
        .map(|(state, base, updated_at)| {
            Ok(LaneRow {
                state: decode(lane, &state)?,
                base,
                updated_at,
            })
        })
        .transpose()
}

pub(crate) fn put(tx: &WriteTx<'_>, lane: &Lane, row: &LaneRow, delivery: Delivery) -> Result<(), StoreError> {
    let mut state = Vec::with_capacity(1024);
    ciborium::into_writer(&row.state, &mut state).expect("a state is plain data and a vector takes every byte");
    tx.connection()
        .prepare_cached(
            "INSERT INTO lane (kind, id, state, base, updated_at, delivery) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (kind, id) DO UPDATE SET state = ?3, base = ?4, updated_at = ?5, delivery = ?6",
        )?
        .execute(params![
            lane.kind.as_str(),
            lane.id,
            state,
            row.base.map(column::integer),
            row.updated_at,
            delivery.as_str()
        ])?;
    Ok(())
}

pub(crate) fn delete(tx: &WriteTx<'_>, lane: &Lane) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("DELETE FROM lane WHERE kind = ? AND id = ?")?
        .execute(params![lane.kind.as_str(), lane.id])?;
    Ok(())
}

/// A fresh change of our own takes a delivered lane back to saved; a refused one stays refused until it is settled.
pub(crate) fn delivery_after_own_change(tx: &ReadTx<'_>, lane: &Lane) -> Result<Delivery, StoreError> {
    Ok(match delivery_of(tx, lane)? {
        Some(Delivery::Refused) => Delivery::Refused,
        Some(Delivery::Saved | Delivery::Delivered) | None => Delivery::Saved,
    })
}

fn delivery_of(tx: &ReadTx<'_>, lane: &Lane) -> Result<Option<Delivery>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT delivery FROM lane WHERE kind = ? AND id = ?")?;
    Ok(statement
        .query_row(params![lane.kind.as_str(), lane.id], |row| {
            column::word(row, 0, Delivery::from_word)
        })
        .optional()?)
}

/// What `delivery` is by the changes, as an SQL expression over a row of `lane`.
pub(crate) const DELIVERY: &str = "CASE
    WHEN EXISTS (SELECT 1 FROM change c WHERE c.lane_kind = lane.kind AND c.lane_id = lane.id AND c.origin = 'own'
        AND c.verdict = 'refused' AND c.settled_at IS NULL) THEN 'refused'
    WHEN EXISTS (SELECT 1 FROM change c JOIN incarnation i ON i.id = c.incarnation
        WHERE c.lane_kind = lane.kind AND c.lane_id = lane.id AND c.origin = 'own' AND (c.seq > i.recorded_to
        OR EXISTS (SELECT 1 FROM cited_attachment a JOIN missing_blob m ON m.sha256 = a.sha256 WHERE a.change_id = c.id)))
        THEN 'saved'
    ELSE 'delivered' END";

/// Reckons `delivery` anew for the lanes that `condition` names.
pub(crate) fn refresh_delivery(
    tx: &WriteTx<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(&format!("UPDATE lane SET delivery = {DELIVERY} WHERE {condition}"))?
        .execute(parameters)?;
    Ok(())
}

fn decode(lane: &Lane, state: &[u8]) -> Result<LaneState, StoreError> {
    ciborium::from_reader(state).map_err(|error| StoreError::Damaged(format!("the state of {lane}: {error}")))
}

impl ReadTx<'_> {
    /// What a lane has become.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lane(&self, lane: &Lane) -> Result<Option<LaneState>, StoreError> {
        Ok(load(self, lane)?.map(|row| row.state))
    }

    /// Where the work on a lane is; `None` when there is no such lane.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn delivery(&self, lane: &Lane) -> Result<Option<Delivery>, StoreError> {
        delivery_of(self, lane)
    }

    /// The ids of all lanes of a kind, ascending.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn lane_ids(&self, kind: LaneKind) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT id FROM lane WHERE kind = ? ORDER BY id")?;
        let ids = statement.query_map([kind.as_str()], |row| row.get(0))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}
