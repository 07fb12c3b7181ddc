//! The writing spine: a change is reduced, chained, stored, and the tables people read follow, in one transaction.

use counter_core::{
    change::{ActId, CHANGE_SCHEMA, Change, ChangeBody, Lane},
    lane_state::{self, LaneState},
    number::NumberFamily,
};

use crate::{
    RecordError, StoreError, WriteTx, cites, projection,
    table::{
        self,
        change::{NewChange, Origin},
        lane::LaneRow,
    },
};

/// Who does what, and when: the same for all changes of one act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActContext {
    /// Ties the changes together.
    pub act_id: ActId,
    /// The account that acts.
    pub actor: String,
    /// This moment, in milliseconds since 1970 UTC.
    pub made_at: i64,
}

impl WriteTx<'_> {
    /// Records that `body` happened in `lane` and returns what the lane has become.
    ///
    /// # Errors
    /// [`RecordError::Refused`] when the reducer says no; nothing of this change is written then.
    /// [`StoreError::NoAttachment`] when the change cites a file that is not kept here yet.
    pub fn record(&mut self, act: &ActContext, lane: Lane, body: ChangeBody) -> Result<LaneState, RecordError> {
        let before = table::lane::load(self, &lane)?;
        let base = match &before {
            Some(row) => row.base,
            // All of the lane may have been refused; the hub wants to hear that we know.
            None => table::change::base_of(self, &lane)?,
        };
        let change = Change {
            schema: CHANGE_SCHEMA,
            counter: self.identity.counter.clone(),
            incarnation: self.identity.incarnation,
            seq: self.head.seq + 1,
            lane,
            act: act.act_id,
            body,
            actor: act.actor.clone(),
            made_at: act.made_at,
            base,
            prev_hash: self.head.hash,
        };
        let after = lane_state::apply(before.map(|row| row.state), &change)?;
        let cited = cites::attachments(&change.body);
        for sha256 in &cited {
            if !self.attachments.holds(sha256)? {
                return Err(StoreError::NoAttachment(sha256.clone()).into());
            }
        }
        let stored = change.to_bytes();
        let id = table::change::insert(
            self,
            &NewChange {
                change: &change,
                stored: &stored,
                origin: Origin::Own,
                log_index: None,
                verdict: None,
            },
        )?;
        table::change::insert_cited(self, id, &cited)?;
        let row = LaneRow {
            state: after,
            base,
            updated_at: change.made_at,
        };
        let delivery = table::lane::delivery_after_own_change(self, &change.lane)?;
        table::lane::put(self, &change.lane, &row, delivery)?;
        projection::put(self, &change.lane, &row)?;
        self.head.seq = change.seq;
        self.head.hash = stored.hash;
        self.recorded = true;
        Ok(row.state)
    }

    /// The next number of `family` in `year`. Given back only when the whole transaction fails.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn next_number(&mut self, family: NumberFamily, year: i16) -> Result<String, StoreError> {
        let serial = table::number_series::next(self, family, year)?;
        Ok(self.identity.number_source().number(family, year, serial))
    }
}
