//! After a fork: what was written under numbers that another copy used before is written again in a new life.
//!
//! The acts keep their maker, their time and their lane; only their numbers in the chain change. What they were
//! hashed as stays beside the log. Whether the hub's lanes take them is judged there, like everything else.

use std::collections::BTreeSet;

use counter_core::{
    change::{ChangeBody, IncarnationId, Lane},
    incarnation::ParentHead,
};
use rusqlite::params;

use crate::{
    ActContext, CounterIdentity, Store, StoreError, StoredChange, WriteTx, incarnation as life, rebuild,
    table::{change, column, forked_change, incarnation},
};

/// What was carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedOver {
    /// The counter in its new life.
    pub identity: CounterIdentity,
    /// Changes that were written again.
    pub changes: u32,
}

impl Store {
    /// Begins a new life in which everything is written again that `forked` wrote from number `from` on, and all
    /// that later lives of this database wrote and the hub has no receipt for, since it may build on it.
    ///
    /// # Errors
    /// [`StoreError::Contradiction`] when the life never was here, or would have forked before it began.
    pub fn carry_over(&self, forked: IncarnationId, from: u64, now_at: i64) -> Result<CarriedOver, StoreError> {
        let changes = self.write(|tx| tx.carry_over(forked, from, now_at))?;
        Ok(CarriedOver {
            identity: self.identity(),
            changes,
        })
    }
}

impl WriteTx<'_> {
    fn carry_over(&mut self, forked: IncarnationId, from: u64, now_at: i64) -> Result<u32, StoreError> {
        let never = || StoreError::Contradiction(format!("life {forked} cannot have forked at {from}"));
        let recorded_to = incarnation::recorded_to(self, forked)?.ok_or_else(never)?;
        let tail = change::select(
            self,
            "JOIN incarnation i ON i.id = c.incarnation JOIN incarnation f ON f.id = ?1
             WHERE c.origin = 'own' AND c.counter = (SELECT counter FROM counter)
               AND (i.id = f.id AND c.seq >= ?2 OR i.ordinal > f.ordinal AND c.seq > i.recorded_to AND c.returned = 0)
             ORDER BY i.ordinal, c.seq",
            params![forked.0, column::integer(from)],
        )?;
        let parent = from
            .checked_sub(1)
            .map(|seq| self.change(&self.identity.counter, forked, seq))
            .transpose()?
            .flatten()
            .ok_or_else(never)?;
        let lanes: BTreeSet<Lane> = tail.iter().map(|change| change.lane.clone()).collect();
        for change in &tail {
            forked_change::move_out(self, change, now_at)?;
        }
        if recorded_to >= from {
            incarnation::set_recorded_to(self, forked, from - 1)?;
        }
        for lane in &lanes {
            rebuild::recompute(self, lane)?;
        }
        let parent = ParentHead {
            incarnation: forked,
            seq: parent.seq,
            hash: parent.stored.hash,
        };
        life::open_after(self, parent, now_at)?;
        let mut carried = 0;
        for change in &tail {
            carried += u32::from(self.write_again(change)?);
        }
        Ok(carried)
    }

    fn write_again(&mut self, old: &StoredChange) -> Result<bool, StoreError> {
        let decoded = old
            .stored
            .decode()
            .map_err(|error| StoreError::Damaged(format!("change {} of the log: {error}", old.seq)))?;
        if matches!(decoded.body, ChangeBody::Counter(_)) {
            return Ok(false);
        }
        let act = ActContext {
            act_id: decoded.act,
            actor: decoded.actor,
            made_at: decoded.made_at,
        };
        self.record_as_made(&act, decoded.lane, decoded.body, decoded.settles)?;
        forked_change::note_carried(self, old, self.identity.incarnation, self.head.seq)?;
        Ok(true)
    }
}
