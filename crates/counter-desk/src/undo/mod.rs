//! 撤销: the last act on a visit, a case or an objection is taken back, before a paper told of it and before a receipt.

use counter_core::change::{ActId, ChangeBody, Lane, LaneKind, Undone};
use counter_store::{RecordError, StoreError, StoredChange, Verdict};
use serde::Serialize;

use crate::{Actor, Desk, account::names::Names};

/// The act that can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoableView {
    /// Which, 32 hexadecimal digits.
    pub act: String,
    /// All it did, in the order it was done.
    pub steps: Vec<UndoableStep>,
    /// Who did it, by the name on screens.
    pub actor: String,
    /// When, ms UTC.
    #[specta(type = f64)]
    pub made_at: i64,
}

/// One thing the act did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoableStep {
    /// What happened, such as `case_submitted`.
    pub kind: String,
    /// The visit, case or objection.
    pub no: String,
    /// A word on it: site and number, reason.
    pub detail: String,
}

/// The last act on the lane `no`, if it can be taken back.
///
/// # Errors
/// When the store cannot be read.
pub fn undoable(desk: &Desk, kind: LaneKind, no: &str) -> Result<Option<UndoableView>, StoreError> {
    desk.store().read(|tx| {
        let Some(found) = tx.undoable_act(&Lane::new(kind, no))? else {
            return Ok(None);
        };
        let Some(first) = found.changes.first() else {
            return Ok(None);
        };
        Ok(Some(UndoableView {
            act: hex::encode(found.act.0),
            actor: Names::read(tx)?.of(first),
            made_at: first.made_at,
            steps: found.changes.iter().map(step).collect(),
        }))
    })
}

/// Takes `act`, the last one on the lane `no`, back in all it touched.
///
/// # Errors
/// When it cannot be taken back any more, or that cannot be kept; all of it stands then.
pub fn undo(desk: &Desk, actor: &Actor, kind: LaneKind, no: &str, act: &str) -> Result<(), RecordError> {
    let lane = Lane::new(kind, no);
    let context = desk.act(actor);
    let mut id = [0; 16];
    // What is no act is none of this lane.
    let act = hex::decode_to_slice(act, &mut id).map_or(ActId([0; 16]), |()| ActId(id));
    desk.store().write(|tx| tx.undo(&context, &lane, act))
}

/// The acts that are taken back among `changes`; what the hub refused takes nothing back.
pub(crate) fn undone_acts(changes: &[StoredChange]) -> Vec<ActId> {
    changes
        .iter()
        .filter(|change| !matches!(change.verdict, Some(Verdict::Refused(_))))
        .filter(|change| change.kind == Undone::KIND)
        .filter_map(|change| {
            if let ChangeBody::Undone(undone) = change.stored.decode().ok()?.body {
                Some(undone.act)
            } else {
                None
            }
        })
        .collect()
}

fn step(change: &StoredChange) -> UndoableStep {
    let detail = match change.stored.decode().map(|decoded| decoded.body) {
        Ok(ChangeBody::Case(body)) => body.detail(),
        Ok(ChangeBody::Objection(body)) => body.detail(),
        Ok(_) | Err(_) => String::new(),
    };
    UndoableStep {
        kind: change.kind.clone(),
        no: change.lane.id.clone(),
        detail,
    }
}
