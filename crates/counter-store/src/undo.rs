//! 撤销: the last act is taken back by changes of its own, as long as no paper told of it and no receipt covers it.

use std::collections::BTreeSet;

use counter_core::{
    change::{ActId, ChangeBody, Lane, Undone},
    refusal::{Refusal, RefusalCode},
};

use crate::{ActContext, ReadTx, RecordError, StoreError, StoredChange, WriteTx, rebuild, table::change};

/// An act that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoableAct {
    /// Which.
    pub act: ActId,
    /// All it did, in every lane, in the order it was done.
    pub changes: Vec<StoredChange>,
}

impl UndoableAct {
    fn lanes(&self) -> BTreeSet<&Lane> {
        self.changes.iter().map(|change| &change.lane).collect()
    }
}

impl ReadTx<'_> {
    /// The last act on `lane`, if it can be taken back: it is the last one in every lane it touched, of this counter's
    /// present life, unjudged, and the hub has given no receipt for any of it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn undoable_act(&self, lane: &Lane) -> Result<Option<UndoableAct>, StoreError> {
        let Some(act) = rebuild::fold(self, lane)?.last_act() else {
            return Ok(None);
        };
        let found = UndoableAct {
            act,
            changes: change::of_act(self, lane, act)?,
        };
        for change in &found.changes {
            let told = !change.own || change.verdict.is_some() || change.returned;
            if told || self.receipt_of(change.incarnation, change.seq)?.is_some() {
                return Ok(None);
            }
        }
        for other in found.lanes().into_iter().filter(|other| *other != lane) {
            if rebuild::fold(self, other)?.last_act() != Some(act) {
                return Ok(None);
            }
        }
        Ok(Some(found))
    }
}

impl WriteTx<'_> {
    /// Takes `act`, the last one on `lane`, back in every lane it touched.
    ///
    /// # Errors
    /// [`RefusalCode::NothingToUndo`] when it is not [`ReadTx::undoable_act`] any more.
    pub fn undo(&mut self, context: &ActContext, lane: &Lane, act: ActId) -> Result<(), RecordError> {
        let found = self.undoable_act(lane)?.filter(|found| found.act == act);
        let found = found.ok_or_else(|| Refusal::new(RefusalCode::NothingToUndo, lane.to_string()))?;
        for lane in found.lanes() {
            self.record(context, lane.clone(), ChangeBody::Undone(Undone { act }))?;
        }
        Ok(())
    }
}
