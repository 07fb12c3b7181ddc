//! What every lane has become, as the reducer left it.

use counter_core::{
    change::{Lane, LaneKind},
    delivery::Delivery,
    lane_state::LaneState,
};
use rusqlite::{OptionalExtension, params};

use super::{change::PARKED, column};
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

pub(crate) fn put(tx: &WriteTx<'_>, lane: &Lane, row: &LaneRow) -> Result<(), StoreError> {
    let mut state = Vec::with_capacity(1024);
    ciborium::into_writer(&row.state, &mut state).expect("a state is plain data and a vector takes every byte");
    tx.connection()
        .prepare_cached(
            "INSERT INTO lane (kind, id, state, base, updated_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (kind, id) DO UPDATE SET state = ?3, base = ?4, updated_at = ?5",
        )?
        .execute(params![
            lane.kind.as_str(),
            lane.id,
            state,
            row.base.map(column::integer),
            row.updated_at,
        ])?;
    Ok(())
}

pub(crate) fn delete(tx: &WriteTx<'_>, lane: &Lane) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("DELETE FROM lane WHERE kind = ? AND id = ?")?
        .execute(params![lane.kind.as_str(), lane.id])?;
    Ok(())
}

/// Where the work on a lane is by its changes and the receipts, as an SQL expression; `kind` and `id` are expressions that
/// name the lane. It is answered from indexes alone, since lists ask it for every row.
pub(crate) fn delivery_of(kind: &str, id: &str) -> String {
    format!(
        "CASE
            WHEN EXISTS (SELECT 1 FROM change c WHERE c.lane_kind = {kind} AND c.lane_id = {id}
                AND {PARKED} AND c.verdict = 'refused') THEN 'refused'
            WHEN EXISTS (SELECT 1 FROM change c JOIN incarnation i ON i.id = c.incarnation
                WHERE c.lane_kind = {kind} AND c.lane_id = {id} AND c.seq > i.recorded_to AND c.returned = 0)
                THEN 'saved'
            WHEN EXISTS (SELECT 1 FROM missing_blob) AND EXISTS (SELECT 1 FROM change c
                JOIN incarnation i ON i.id = c.incarnation
                JOIN cited_attachment a ON a.change_id = c.id JOIN missing_blob m ON m.sha256 = a.sha256
                WHERE c.lane_kind = {kind} AND c.lane_id = {id}) THEN 'saved'
            ELSE 'delivered' END"
    )
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
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT {} FROM lane WHERE kind = ? AND id = ?",
            delivery_of("lane.kind", "lane.id")
        ))?;
        Ok(statement
            .query_row(params![lane.kind.as_str(), lane.id], |row| {
                column::word(row, 0, Delivery::from_word)
            })
            .optional()?)
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
