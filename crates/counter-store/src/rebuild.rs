//! Lanes made again from the changes: after the hub's order became known, or all of them.

use counter_core::{
    change::{Lane, LaneKind},
    lane_fold::LaneFold,
};
use rusqlite::params;

use crate::{
    ReadTx, Store, StoreError, WriteTx, projection,
    table::{
        change, column,
        lane::{self, LaneRow},
    },
};

impl Store {
    /// Makes every lane and every projected table again from the changes. They come out as they were.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn rebuild_projections(&self) -> Result<(), StoreError> {
        self.write(|tx| {
            tx.connection().execute("DELETE FROM lane", [])?;
            for (table, _) in projection::TABLES {
                tx.connection().execute(&format!("DELETE FROM {table}"), [])?;
            }
            let lanes = {
                let mut statement = tx
                    .connection()
                    .prepare("SELECT DISTINCT lane_kind, lane_id FROM change ORDER BY lane_kind, lane_id")?;
                let rows = statement.query_map([], |row| {
                    Ok(Lane::new(
                        column::word(row, 0, LaneKind::from_word)?,
                        row.get::<_, String>(1)?,
                    ))
                })?;
                rows.collect::<Result<Vec<_>, _>>()?
            };
            lanes.iter().try_for_each(|lane| recompute(tx, lane))
        })
    }

    /// Writes the rows again that a migration gave new columns to.
    pub(crate) fn refresh_stale_projections(&self) -> Result<(), StoreError> {
        if self.read(stale_kinds)?.is_empty() {
            return Ok(());
        }
        self.write(|tx| {
            for kind in stale_kinds(tx)? {
                for id in tx.lane_ids(kind)? {
                    let lane = Lane::new(kind, id);
                    if let Some(row) = lane::load(tx, &lane)? {
                        projection::put(tx, &lane, &row)?;
                    }
                }
            }
            tx.connection().execute("DELETE FROM stale_projection", [])?;
            Ok(())
        })
    }
}

fn stale_kinds(tx: &ReadTx<'_>) -> Result<Vec<LaneKind>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT kind FROM stale_projection ORDER BY kind")?;
    let kinds = statement.query_map([], |row| column::word(row, 0, LaneKind::from_word))?;
    Ok(kinds.collect::<Result<_, _>>()?)
}

/// Makes a lane again: first what the hub took, in the hub's order, then what was made here and is not judged yet.
///
/// What was refused is left out, and so is what no longer fits after others' work came in between: the hub
/// will say so too. Both stay in the log.
pub(crate) fn recompute(tx: &mut WriteTx<'_>, lane: &Lane) -> Result<(), StoreError> {
    let row = reduce(tx, lane)?;
    put(tx, lane, row.as_ref())
}

/// Writes what a lane has become, or takes it away where it is no more.
pub(crate) fn put(tx: &WriteTx<'_>, lane: &Lane, row: Option<&LaneRow>) -> Result<(), StoreError> {
    let Some(row) = row else {
        lane::delete(tx, lane)?;
        return projection::delete(tx, lane);
    };
    lane::put(tx, lane, row)?;
    projection::put(tx, lane, row)
}

/// What the changes make of a lane.
pub(crate) fn reduce(tx: &ReadTx<'_>, lane: &Lane) -> Result<Option<LaneRow>, StoreError> {
    reduce_without(tx, lane, None)
}

/// What the changes make of a lane where the one with the id `settled` waits no more.
pub(crate) fn reduce_without(
    tx: &ReadTx<'_>,
    lane: &Lane,
    settled: Option<i64>,
) -> Result<Option<LaneRow>, StoreError> {
    let (fold, updated_at) = fold_without(tx, lane, settled)?;
    let base = change::base_of(tx, lane)?;
    Ok(fold.into_state().map(|state| LaneRow {
        state,
        base,
        updated_at,
    }))
}

/// A lane on the way through its history as it is known here, and when its last change was made.
pub(crate) fn fold(tx: &ReadTx<'_>, lane: &Lane) -> Result<LaneFold, StoreError> {
    Ok(fold_without(tx, lane, None)?.0)
}

fn fold_without(tx: &ReadTx<'_>, lane: &Lane, settled: Option<i64>) -> Result<(LaneFold, i64), StoreError> {
    let taken = change::select(
        tx,
        "WHERE c.lane_kind = ? AND c.lane_id = ? AND c.verdict IN ('applied', 'merged')
            ORDER BY c.log_index IS NULL, c.log_index, c.id",
        params![lane.kind.as_str(), lane.id],
    )?;
    let pending = change::select(
        tx,
        "WHERE c.lane_kind = ?1 AND c.lane_id = ?2 AND c.origin = 'own' AND (c.verdict IS NULL OR c.verdict = 'waiting' AND c.returned = 0)
            AND c.settled_at IS NULL AND c.id IS NOT ?3 ORDER BY c.id",
        params![lane.kind.as_str(), lane.id, settled],
    )?;
    let mut fold = LaneFold::default();
    let mut updated_at = 0;
    for stored in taken.iter().chain(&pending) {
        // A change of a newer program cannot be read yet; its lane is made again after the update.
        let Ok(decoded) = stored.stored.decode() else {
            tracing::warn!(%lane, seq = stored.seq, "a change cannot be read by this program");
            continue;
        };
        match fold.take(&decoded) {
            Ok(()) => updated_at = stored.made_at,
            Err(refusal) => tracing::info!(%lane, seq = stored.seq, %refusal, "a change no longer fits its lane"),
        }
    }
    Ok((fold, updated_at))
}
