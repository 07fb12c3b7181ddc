//! The log: every change as it was hashed, with what the hub said about it.

use std::collections::BTreeSet;

use counter_core::{
    change::{ActId, Change, ChangeBytes, ChangeHash, ChangeRef, CounterCode, IncarnationId, Lane, LaneKind},
    refusal::{Refusal, RefusalCode},
    verdict::{Verdict, WaitingFor},
};
use rusqlite::{OptionalExtension, Row, params, types::Type};

use super::column;
use crate::{CounterIdentity, ReadTx, StoreError, WriteTx, tx::ChainHead};

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Made in this database: it has to be delivered.
    Own,
    /// Came with the hub's feed.
    Hub,
}

impl Origin {
    fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Hub => "hub",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Own, Self::Hub]
            .into_iter()
            .find(|origin| origin.as_str() == word)
    }
}

/// A verdict as its three columns: the word, the reason's word, and what stands in the way.
fn columns(verdict: &Verdict) -> (&'static str, Option<&'static str>, Option<&str>) {
    let (code, detail) = match verdict {
        Verdict::Applied | Verdict::Merged => (None, None),
        Verdict::Refused(refusal) => (Some(refusal.code.as_str()), Some(refusal.detail.as_str())),
        Verdict::Waiting(waiting) => (Some(waiting.as_str()), None),
    };
    (verdict.as_str(), code, detail)
}

fn verdict_of(word: &str, code: Option<&str>, detail: Option<String>) -> Option<Verdict> {
    match word {
        "applied" => Some(Verdict::Applied),
        "merged" => Some(Verdict::Merged),
        "refused" => Some(Verdict::Refused(Refusal::new(RefusalCode::from_word(code?)?, detail?))),
        "waiting" => Some(Verdict::Waiting(WaitingFor::from_word(code?)?)),
        _ => None,
    }
}

/// 待处理: made here, taken by no lane and settled by nobody. Over a row `c` of `change`; the index of parked changes names it
/// in these words.
pub(crate) const PARKED: &str = "c.verdict IN ('refused', 'waiting') AND c.settled_at IS NULL AND c.origin = 'own'";

/// A change as it is stored. Decode `stored` for what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChange {
    pub(crate) id: i64,
    /// Where it was made; `HUB` for an act entered at the hub.
    pub counter: CounterCode,
    /// In which life of that counter.
    pub incarnation: IncarnationId,
    /// Its place in that life, from 1.
    pub seq: u64,
    /// What it is about.
    pub lane: Lane,
    /// The act it belongs to.
    pub act: ActId,
    /// The word for what happened.
    pub kind: String,
    /// Who acted.
    pub actor: String,
    /// When, ms UTC.
    pub made_at: i64,
    /// The bytes and their hash.
    pub stored: ChangeBytes,
    /// Whether it was made in this database.
    pub own: bool,
    /// Whether this database had lost it, and it came back from the hub: as long as it waits, no lane shows it.
    pub returned: bool,
    /// The place of its verdict in the hub's log, once the feed told it.
    pub log_index: Option<u64>,
    /// What the hub made of it, once the feed told it.
    pub verdict: Option<Verdict>,
    /// When the hub judged it, ms UTC, by the hub's clock.
    pub judged_at: Option<i64>,
    /// When a person dealt with it, where no lane took it.
    pub settled_at: Option<i64>,
    /// Whether a receipt covers it and the hub has every file it cites. True for what came from the hub.
    pub delivered: bool,
}

/// A change to be stored.
pub(crate) struct NewChange<'a> {
    pub(crate) change: &'a Change,
    pub(crate) stored: &'a ChangeBytes,
    pub(crate) origin: Origin,
    pub(crate) log_index: Option<u64>,
    pub(crate) verdict: Option<&'a Verdict>,
    /// When the hub judged it, ms UTC.
    pub(crate) judged_at: Option<i64>,
    /// An own change that this database had lost.
    pub(crate) returned: bool,
}

pub(crate) fn insert(tx: &WriteTx<'_>, new: &NewChange<'_>) -> Result<i64, StoreError> {
    let NewChange { change, stored, .. } = new;
    let (verdict, code, detail) = match new.verdict {
        Some(verdict) => {
            let (word, code, detail) = columns(verdict);
            (Some(word), code, detail)
        }
        None => (None, None, None),
    };
    let mut statement = tx.connection().prepare_cached(
        "INSERT INTO change (counter, incarnation, seq, lane_kind, lane_id, act, kind, actor, made_at, base, bytes, hash,
                             origin, log_index, verdict, verdict_code, verdict_detail, judged_at, returned)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    Ok(statement.insert(params![
        change.counter.0,
        change.incarnation.0,
        column::integer(change.seq),
        change.lane.kind.as_str(),
        change.lane.id,
        change.act.0,
        change.body.kind(),
        change.actor,
        change.made_at,
        change.base.map(column::integer),
        stored.bytes,
        stored.hash.0,
        new.origin.as_str(),
        new.log_index.map(column::integer),
        verdict,
        code,
        detail,
        new.judged_at,
        new.returned,
    ])?)
}

pub(crate) fn insert_cited(tx: &WriteTx<'_>, change_id: i64, cited: &BTreeSet<String>) -> Result<(), StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("INSERT INTO cited_attachment (change_id, sha256) VALUES (?, ?)")?;
    for sha256 in cited {
        statement.execute(params![change_id, sha256])?;
    }
    Ok(())
}

/// Keeps what the hub said about a change, and when. What was settled stays settled.
pub(crate) fn set_verdict(
    tx: &WriteTx<'_>,
    id: i64,
    log_index: u64,
    judged_at: i64,
    verdict: &Verdict,
) -> Result<(), StoreError> {
    let (word, code, detail) = columns(verdict);
    tx.connection()
        .prepare_cached(
            "UPDATE change SET verdict = ?2, verdict_code = ?3, verdict_detail = ?4, log_index = ?5, judged_at = ?6
             WHERE id = ?1",
        )?
        .execute(params![id, word, code, detail, column::integer(log_index), judged_at])?;
    Ok(())
}

/// Notes that the change `by`, made at `settled_at`, settles the one of this counter that `settles` names.
pub(crate) fn note_settled(tx: &WriteTx<'_>, settles: &ChangeRef, by: i64, settled_at: i64) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "UPDATE change SET settled_at = ?1, settled_by = ?2
             WHERE origin = 'own' AND incarnation = ?3 AND seq = ?4 AND hash = ?5",
        )?
        .execute(params![
            settled_at,
            by,
            settles.incarnation.0,
            column::integer(settles.seq),
            settles.hash.0
        ])?;
    Ok(())
}

pub(crate) fn head(tx: &ReadTx<'_>, identity: &CounterIdentity) -> Result<ChainHead, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT seq, hash FROM change WHERE counter = ? AND incarnation = ? ORDER BY seq DESC LIMIT 1",
    )?;
    let last = statement
        .query_row(params![identity.counter.0, identity.incarnation.0], |row| {
            Ok((column::count(row, 0)?, column::hash(row, 1)?))
        })
        .optional()?;
    let (seq, hash) = last.unwrap_or((0, ChangeHash::ORIGIN));
    Ok(ChainHead {
        incarnation: identity.incarnation,
        seq,
        hash,
    })
}

/// The hub's log index of the last verdict on a lane that is known here. A refusal counts too: what is written
/// next was written knowing it, and the hub judges it afresh.
pub(crate) fn base_of(tx: &ReadTx<'_>, lane: &Lane) -> Result<Option<u64>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT max(log_index) FROM change WHERE lane_kind = ? AND lane_id = ?")?;
    Ok(statement.query_row(params![lane.kind.as_str(), lane.id], |row| {
        column::optional_count(row, 0)
    })?)
}

/// The quick look at every start: the last change written here is what it was when it was hashed.
pub(crate) fn verify_head(tx: &ReadTx<'_>) -> Result<(), StoreError> {
    let last = select(tx, "WHERE c.origin = 'own' ORDER BY c.id DESC LIMIT 1", [])?;
    match last.into_iter().next() {
        Some(change) if ChangeBytes::from_stored(change.stored.bytes.clone()).hash != change.stored.hash => {
            Err(StoreError::Damaged(format!("change {} of the log", change.seq)))
        }
        Some(_) | None => Ok(()),
    }
}

/// Whether the change that `mark` names is here.
pub(crate) fn contains(tx: &ReadTx<'_>, mark: &ChainHead) -> Result<bool, StoreError> {
    Ok(tx.connection().query_row(
        "SELECT EXISTS (SELECT 1 FROM change WHERE counter = (SELECT counter FROM counter)
            AND incarnation = ? AND seq = ? AND hash = ?)",
        params![mark.incarnation.0, column::integer(mark.seq), mark.hash.0],
        |row| row.get(0),
    )?)
}

const COLUMNS: &str = "c.id, c.counter, c.incarnation, c.seq, c.lane_kind, c.lane_id, c.act, c.kind, c.actor, c.made_at,
    c.bytes, c.hash, c.origin, c.log_index, c.verdict, c.verdict_code, c.verdict_detail, c.judged_at, c.settled_at, c.returned,
    c.origin = 'hub' OR NOT (c.returned = 0 AND c.seq > coalesce((SELECT i.recorded_to FROM incarnation i WHERE i.id = c.incarnation), 0)
        OR EXISTS (SELECT 1 FROM cited_attachment a JOIN missing_blob m ON m.sha256 = a.sha256 WHERE a.change_id = c.id))";

/// The changes for which `condition` holds, in its order.
pub(crate) fn select(
    tx: &ReadTx<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<StoredChange>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached(&format!("SELECT {COLUMNS} FROM change c {condition}"))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<StoredChange> {
    let verdict = match row.get::<_, Option<String>>(14)? {
        None => None,
        Some(word) => {
            let code: Option<String> = row.get(15)?;
            let known = verdict_of(&word, code.as_deref(), row.get(16)?);
            let unknown = || rusqlite::Error::FromSqlConversionFailure(14, Type::Text, "unknown verdict".into());
            Some(known.ok_or_else(unknown)?)
        }
    };
    Ok(StoredChange {
        id: row.get(0)?,
        counter: CounterCode(row.get(1)?),
        incarnation: column::incarnation(row, 2)?,
        seq: column::count(row, 3)?,
        lane: Lane::new(column::word(row, 4, LaneKind::from_word)?, row.get::<_, String>(5)?),
        act: column::act(row, 6)?,
        kind: row.get(7)?,
        actor: row.get(8)?,
        made_at: row.get(9)?,
        stored: ChangeBytes {
            bytes: row.get(10)?,
            hash: column::hash(row, 11)?,
        },
        own: column::word(row, 12, Origin::from_word)? == Origin::Own,
        log_index: column::optional_count(row, 13)?,
        verdict,
        judged_at: row.get(17)?,
        settled_at: row.get(18)?,
        returned: row.get(19)?,
        delivered: row.get(20)?,
    })
}

/// All that the act did of which something stands in `lane`. The changes of one act follow each other in the chain.
pub(crate) fn of_act(tx: &ReadTx<'_>, lane: &Lane, act: ActId) -> Result<Vec<StoredChange>, StoreError> {
    let mut changes = tx.changes_of(lane)?;
    changes.retain(|change| change.act == act);
    let Some(first) = changes.first().cloned() else {
        return Ok(changes);
    };
    let beside = |seq: u64| -> Result<Option<StoredChange>, StoreError> {
        let found = tx.change(&first.counter, first.incarnation, seq)?;
        Ok(found.filter(|change| change.act == act))
    };
    let (mut before, mut after) = (Vec::new(), vec![first.clone()]);
    while let Some(change) = beside(before.last().map_or(first.seq, |change: &StoredChange| change.seq) - 1)? {
        before.push(change);
    }
    while let Some(change) = beside(after.last().map_or(first.seq, |change| change.seq) + 1)? {
        after.push(change);
    }
    Ok(before.into_iter().rev().chain(after).collect())
}

impl ReadTx<'_> {
    /// Everything that happened in a lane, in the order it became known here.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn changes_of(&self, lane: &Lane) -> Result<Vec<StoredChange>, StoreError> {
        select(
            self,
            "WHERE c.lane_kind = ? AND c.lane_id = ? ORDER BY c.id",
            params![lane.kind.as_str(), lane.id],
        )
    }

    /// The change `seq` of a life of a counter.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn change(
        &self,
        counter: &CounterCode,
        incarnation: IncarnationId,
        seq: u64,
    ) -> Result<Option<StoredChange>, StoreError> {
        let found = select(
            self,
            "WHERE c.counter = ? AND c.incarnation = ? AND c.seq = ?",
            params![counter.0, incarnation.0, column::integer(seq)],
        )?;
        Ok(found.into_iter().next())
    }

    /// The newest changes first, for the audit page: at most `limit`, below `before` (the id the last page ended with).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn latest_changes(&self, before: Option<i64>, limit: u32) -> Result<Vec<StoredChange>, StoreError> {
        select(
            self,
            "WHERE c.id < ? ORDER BY c.id DESC LIMIT ?",
            params![before.unwrap_or(i64::MAX), limit],
        )
    }

    /// 待处理: the changes made here that the hub refused or holds, and nobody has dealt with.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn parked_changes(&self) -> Result<Vec<StoredChange>, StoreError> {
        // They are few; in the order of their ids all changes would be looked through for them.
        let condition = format!("INDEXED BY change_parked WHERE {PARKED} ORDER BY c.id");
        select(self, &condition, [])
    }

    /// The changes made here that no lane took and a person has dealt with, the last dealt with first: at most `limit`,
    /// each with the change that settled it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn settled_changes(&self, limit: u32) -> Result<Vec<(StoredChange, StoredChange)>, StoreError> {
        let settled = select(
            self,
            "WHERE c.settled_by IS NOT NULL ORDER BY c.settled_at DESC, c.id DESC LIMIT ?",
            [limit],
        )?;
        settled
            .into_iter()
            .map(|change| {
                let by = select(
                    self,
                    "WHERE c.id = (SELECT settled_by FROM change WHERE id = ?)",
                    [change.id],
                )?;
                let by = by.into_iter().next();
                let by = by.ok_or_else(|| StoreError::Damaged(format!("what settled change {}", change.seq)))?;
                Ok((change, by))
            })
            .collect()
    }
}

impl StoredChange {
    /// Where to go on reading with [`ReadTx::latest_changes`].
    pub fn position(&self) -> i64 {
        self.id
    }

    /// How another change names this one.
    pub fn reference(&self) -> ChangeRef {
        ChangeRef {
            incarnation: self.incarnation,
            seq: self.seq,
            hash: self.stored.hash,
        }
    }
}
