//! The outbox without an outbox: what has no receipt yet is unsent.

use counter_core::change::{ChangeBytes, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind};

use crate::{
    ReadTx, StoreError, StoredChange, WriteTx,
    table::{
        change::{self, PARKED},
        column, hub_binding, incarnation, receipt,
    },
};
use rusqlite::{OptionalExtension, params};

/// A receipt whose signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReceipt<'a> {
    /// The life of the hub's database.
    pub hub_incarnation: &'a [u8],
    /// The counter it is for.
    pub counter: &'a CounterCode,
    /// The life of that counter's database.
    pub incarnation: IncarnationId,
    /// The first change covered.
    pub from: u64,
    /// The last change covered.
    pub to: u64,
    /// The hash of the last.
    pub hash: ChangeHash,
    /// Its place in the hub's log.
    pub log_index: u64,
    /// The head of the hub's log after it.
    pub head: [u8; 32],
    /// When it was recorded, ms UTC, by the hub's clock.
    pub recorded_at: i64,
    /// The contents (SHA-256, hexadecimal) the hub does not have.
    pub missing_blobs: &'a [String],
    /// As the hub signed it.
    pub bytes: &'a [u8],
}

/// How far the hub has a life of this counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordedTo {
    /// The life.
    pub incarnation: IncarnationId,
    /// The last number recorded.
    pub seq: u64,
}

/// A change as it goes to the hub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingChange {
    /// Its number.
    pub seq: u64,
    /// Its lane.
    pub lane: Lane,
    /// Its bytes and their hash.
    pub stored: ChangeBytes,
}

/// What waits for the hub, for the chip on every screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outbox {
    /// Changes without a receipt.
    pub changes: u64,
    /// When the oldest of them was made, ms UTC.
    pub oldest_made_at: Option<i64>,
    /// Files the hub has a recorded change for but not the content.
    pub blobs: u64,
    /// 待处理: changes the hub refused and nobody dealt with.
    pub refused: u64,
    /// 待处理: changes the hub holds back and nobody dealt with.
    pub waiting: u64,
}

/// A life of this counter with changes that have no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnsentLife {
    /// Which.
    pub incarnation: IncarnationId,
    /// Up to where receipts cover it; 0 before the first.
    pub recorded_to: u64,
    /// How many bytes the changes above have.
    pub bytes: u64,
}

/// What has no receipt, over a row `c` of `change` and its life `i`. Above a hole there is only what came back from the hub,
/// after this database and the hub had both lost what the hole held: the hub has it, and takes nothing above a hole.
const UNSENT: &str = "c.origin = 'own' AND c.counter = (SELECT counter FROM counter) AND c.seq > i.recorded_to
    AND EXISTS (SELECT 1 FROM change n WHERE n.counter = c.counter AND n.incarnation = i.id AND n.seq = i.recorded_to + 1)";

impl ReadTx<'_> {
    /// The changes without a receipt in the order they must be sent: life by life, in each by number. At most `limit`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unsent(&self, limit: u32) -> Result<Vec<StoredChange>, StoreError> {
        let condition =
            format!("JOIN incarnation i ON i.id = c.incarnation WHERE {UNSENT} ORDER BY i.ordinal, c.seq LIMIT ?");
        change::select(self, &condition, [limit])
    }

    /// The lives with changes that have no receipt, in the order they must be sent.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unsent_lives(&self) -> Result<Vec<UnsentLife>, StoreError> {
        let mut statement = self.connection().prepare_cached(&format!(
            "SELECT i.id, i.recorded_to, sum(length(c.bytes)) FROM change c JOIN incarnation i ON i.id = c.incarnation
             WHERE {UNSENT} GROUP BY i.id ORDER BY i.ordinal"
        ))?;
        let rows = statement.query_map([], |row| {
            Ok(UnsentLife {
                incarnation: IncarnationId(row.get(0)?),
                recorded_to: column::count(row, 1)?,
                bytes: column::count(row, 2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The oldest life with a change without a receipt, and that change's number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn first_unsent(&self) -> Result<Option<(IncarnationId, u64)>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "WITH life AS (SELECT id, ordinal, (SELECT c.seq FROM change c
                WHERE c.counter = (SELECT counter FROM counter) AND c.incarnation = i.id AND c.seq = i.recorded_to + 1
                    AND c.origin = 'own') AS next FROM incarnation i)
             SELECT id, next FROM life WHERE next IS NOT NULL ORDER BY ordinal LIMIT 1",
        )?;
        let found = statement.query_row([], |row| Ok((column::incarnation(row, 0)?, column::count(row, 1)?)));
        Ok(found.optional()?)
    }

    /// The changes of a life of this counter from number `from` on without a hole: at most `limit`, and no more than
    /// `most_bytes` bytes together unless the first alone is longer.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn outgoing(
        &self,
        incarnation: IncarnationId,
        from: u64,
        limit: usize,
        most_bytes: usize,
    ) -> Result<Vec<OutgoingChange>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT seq, lane_kind, lane_id, bytes, hash FROM change
             WHERE counter = (SELECT counter FROM counter) AND incarnation = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![incarnation.0, column::integer(from), limit])?;
        let (mut changes, mut bytes) = (Vec::<OutgoingChange>::new(), 0);
        while let Some(row) = rows.next()? {
            let change = OutgoingChange {
                seq: column::count(row, 0)?,
                lane: Lane::new(column::word(row, 1, LaneKind::from_word)?, row.get::<_, String>(2)?),
                stored: ChangeBytes {
                    bytes: row.get(3)?,
                    hash: column::hash(row, 4)?,
                },
            };
            bytes += change.stored.bytes.len();
            let hole = change.seq != from + changes.len() as u64;
            if hole || (bytes > most_bytes && !changes.is_empty()) {
                break;
            }
            changes.push(change);
        }
        Ok(changes)
    }

    /// The contents the hub asked for and that are kept here or still to come.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn missing_blobs(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT sha256 FROM missing_blob ORDER BY sha256")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The contents that the unsent changes cite: offered to the hub before the changes go.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn unsent_blobs(&self) -> Result<Vec<String>, StoreError> {
        // The index of numbers tells what is unsent; of the changes themselves only those are looked at that cite.
        let mut statement = self.connection().prepare_cached(
            "SELECT DISTINCT sha256 FROM cited_attachment WHERE change_id IN (
                SELECT c.id FROM change c JOIN incarnation i ON i.id = c.incarnation
                WHERE c.counter = (SELECT counter FROM counter) AND c.seq > i.recorded_to)
             AND (SELECT origin FROM change WHERE id = change_id) = 'own' ORDER BY sha256",
        )?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How much waits for the hub, and since when.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn outbox(&self) -> Result<Outbox, StoreError> {
        // A chain has no holes where anything is unsent, so its length tells the count; this stands on every screen.
        let mut statement = self.connection().prepare_cached(&format!(
            "WITH life AS (SELECT id, recorded_to,
                (SELECT c.seq FROM change c WHERE c.counter = (SELECT counter FROM counter) AND c.incarnation = i.id
                    AND c.origin = 'own' ORDER BY c.seq DESC LIMIT 1) AS head FROM incarnation i)
             SELECT coalesce(sum(head - recorded_to), 0),
                    min((SELECT c.made_at FROM change c WHERE c.counter = (SELECT counter FROM counter)
                        AND c.incarnation = life.id AND c.seq = recorded_to + 1)),
                    (SELECT count(*) FROM missing_blob),
                    (SELECT count(*) FROM change c WHERE c.verdict = 'refused' AND {PARKED}),
                    (SELECT count(*) FROM change c WHERE c.verdict = 'waiting' AND {PARKED})
             FROM life WHERE EXISTS (SELECT 1 FROM change c WHERE c.counter = (SELECT counter FROM counter)
                AND c.incarnation = life.id AND c.seq = recorded_to + 1)"
        ))?;
        Ok(statement.query_row([], |row| {
            Ok(Outbox {
                changes: column::count(row, 0)?,
                oldest_made_at: row.get(1)?,
                blobs: column::count(row, 2)?,
                refused: column::count(row, 3)?,
                waiting: column::count(row, 4)?,
            })
        })?)
    }

    /// Up to where the hub's receipts cover a life of this counter without a hole; 0 before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn recorded_to(&self, incarnation: IncarnationId) -> Result<u64, StoreError> {
        Ok(incarnation::recorded_to(self, incarnation)?.unwrap_or(0))
    }
}

impl WriteTx<'_> {
    /// Keeps a receipt. The same one again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Contradiction`] when it is for another counter or for a change that is not ours.
    pub fn store_receipt(&mut self, new: &NewReceipt<'_>) -> Result<(), StoreError> {
        let recorded_to = incarnation::recorded_to(self, new.incarnation)?
            .filter(|_| *new.counter == self.identity.counter && new.from >= 1 && new.from <= new.to)
            .ok_or_else(|| StoreError::Contradiction("a receipt for another counter".to_owned()))?;
        let covered = self.change(new.counter, new.incarnation, new.to)?;
        if covered.is_none_or(|change| change.stored.hash != new.hash) {
            return Err(StoreError::Contradiction(format!(
                "a receipt for another change {}",
                new.to
            )));
        }
        if !receipt::insert(self, new)? {
            return Ok(());
        }
        for sha256 in new.missing_blobs {
            self.connection()
                .prepare_cached("INSERT OR IGNORE INTO missing_blob (sha256) VALUES (?)")?
                .execute([sha256])?;
        }
        let reached = receipt::reach(self, new.incarnation, recorded_to)?;
        incarnation::set_recorded_to(self, new.incarnation, reached)
    }

    /// Notes that the hub has just given a kept receipt, in answer to the changes it covers. It holds again where the hub
    /// had lost it: put back from one backup and then from a newer one, it has what it had lost.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn receipt_given_again(&mut self, incarnation: IncarnationId, bytes: &[u8]) -> Result<(), StoreError> {
        if !receipt::find_again(self, bytes)? {
            return Ok(());
        }
        let recorded_to = incarnation::recorded_to(self, incarnation)?.unwrap_or(0);
        let reached = receipt::reach(self, incarnation, recorded_to)?;
        incarnation::set_recorded_to(self, incarnation, reached)
    }

    /// Notes that the hub has the content of a file now.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn blob_delivered(&mut self, sha256: &str) -> Result<(), StoreError> {
        self.connection()
            .execute("DELETE FROM missing_blob WHERE sha256 = ?", [sha256])?;
        Ok(())
    }

    /// The hub was restored: its log is read from `cursor` in its new life, what it lost counts as unsent again, and
    /// every file as one the hub may lack until it says that it has it.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn hub_was_restored(
        &mut self,
        hub_incarnation: &[u8],
        cursor: u64,
        heads: &[RecordedTo],
        now_at: i64,
    ) -> Result<(), StoreError> {
        for (life, recorded_to) in incarnation::all_recorded_to(self)? {
            let head = heads
                .iter()
                .find(|head| head.incarnation == life)
                .map_or(0, |head| head.seq);
            if head < recorded_to {
                incarnation::set_recorded_to(self, life, head)?;
                receipt::lose(self, life, head, now_at)?;
            }
        }
        self.connection().execute(
            "INSERT OR IGNORE INTO missing_blob (sha256)
             SELECT DISTINCT sha256 FROM cited_attachment JOIN change c ON c.id = change_id AND c.origin = 'own'",
            [],
        )?;
        // What was told above is told again. Its new place may be lower than the lost one, where a clock went back.
        self.connection().execute(
            "UPDATE change SET log_index = NULL WHERE log_index > ?",
            [column::integer(cursor)],
        )?;
        hub_binding::set_cursor(self, hub_incarnation, cursor)
    }
}
