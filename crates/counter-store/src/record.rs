//! The writing spine: a change is reduced, chained, stored, and the tables people read follow, in one transaction.

use counter_core::{
    change::{ActId, Change, ChangeBody, ChangeRef, Lane},
    lane_state::{self, LaneState},
    number::NumberFamily,
    refusal::{Refusal, RefusalCode},
};

use crate::{
    RecordError, StoreError, StoredChange, WriteTx, cites, projection, rebuild,
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
        let change = self.next_change(act, lane, body, None, before.as_ref().and_then(|row| row.base))?;
        let after = self.reduce_and_append(before, &change)?;
        // Only what settles another leaves a lane without a state.
        let row = after.ok_or_else(|| Refusal::new(RefusalCode::NotFound, change.lane.to_string()))?;
        table::lane::put(self, &change.lane, &row)?;
        projection::put(self, &change.lane, &row)?;
        Ok(row.state)
    }

    /// Records that `body` happened in the lane of `parked`, which it settles.
    pub(crate) fn record_settling(
        &mut self,
        act: &ActContext,
        parked: &StoredChange,
        body: ChangeBody,
    ) -> Result<(), RecordError> {
        let before = rebuild::reduce_without(self, &parked.lane, Some(parked.id))?;
        let base = before.as_ref().and_then(|row| row.base);
        let change = self.next_change(act, parked.lane.clone(), body, Some(parked.reference()), base)?;
        let after = self.reduce_and_append(before, &change)?;
        Ok(rebuild::put(self, &change.lane, after.as_ref())?)
    }

    /// Reduces `change` on `before` and puts it at the end of the chain, once every file it cites is known to be here.
    fn reduce_and_append(&mut self, before: Option<LaneRow>, change: &Change) -> Result<Option<LaneRow>, RecordError> {
        let after = if let ChangeBody::Undone(_) = &change.body {
            let mut history = rebuild::fold(self, &change.lane)?;
            history.take(change)?;
            history.into_state()
        } else {
            lane_state::apply(before.map(|row| row.state), change)?
        };
        for sha256 in cites::attachments(&change.body) {
            if !self.attachments.holds(&sha256)? {
                return Err(StoreError::NoAttachment(sha256).into());
            }
        }
        self.append(change)?;
        Ok(after.map(|state| LaneRow {
            state,
            base: change.base,
            updated_at: change.made_at,
        }))
    }

    /// Records what was made and acknowledged before, whether or not the lane takes it now: nothing of it is asked
    /// again, and what the lane does not take the hub will refuse and the screen will show.
    pub(crate) fn record_as_made(
        &mut self,
        act: &ActContext,
        lane: Lane,
        body: ChangeBody,
        settles: Option<ChangeRef>,
    ) -> Result<(), StoreError> {
        let base = table::lane::load(self, &lane)?.and_then(|row| row.base);
        let change = self.next_change(act, lane, body, settles, base)?;
        self.append(&change)?;
        rebuild::recompute(self, &change.lane)
    }

    fn next_change(
        &self,
        act: &ActContext,
        lane: Lane,
        body: ChangeBody,
        settles: Option<ChangeRef>,
        base: Option<u64>,
    ) -> Result<Change, StoreError> {
        let base = match base {
            Some(base) => Some(base),
            // All of the lane may have been refused; the hub wants to hear that we know.
            None => table::change::base_of(self, &lane)?,
        };
        Ok(Change {
            schema: Change::schema_of(&body, settles.as_ref()),
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
            settles,
        })
    }

    /// Puts `change` at the end of the chain.
    fn append(&mut self, change: &Change) -> Result<(), StoreError> {
        let stored = change.to_bytes();
        let id = table::change::insert(
            self,
            &NewChange {
                change,
                stored: &stored,
                origin: Origin::Own,
                log_index: None,
                verdict: None,
                judged_at: None,
                returned: false,
            },
        )?;
        table::change::insert_cited(self, id, &cites::attachments(&change.body))?;
        if let Some(settles) = &change.settles {
            table::change::note_settled(self, settles, id, change.made_at)?;
        }
        self.head.seq = change.seq;
        self.head.hash = stored.hash;
        self.recorded = true;
        Ok(())
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
