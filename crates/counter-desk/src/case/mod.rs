//! Cases: taken in at a visit, then carried through the acts of counter and authority.

pub mod archive_case;
pub mod case_board;
pub mod case_detail;
pub mod case_list;
pub mod checklist;
pub mod enter_act;
pub mod mark_material;
pub mod receive_cases;
pub mod submission_guide;
pub mod submission_package;
pub mod take_over_brought;

use counter_core::{
    case::{Case, CaseChange},
    change::{ChangeBody, Lane, LaneKind},
    lane_state::LaneState,
};
use counter_store::{ReadTx, StoreError, Verdict};

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::Case, no)
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<Case>, StoreError> {
    match tx.lane(&lane(no))? {
        Some(LaneState::Case(case)) => Ok(Some(case)),
        Some(_) | None => Ok(None),
    }
}

/// What was entered on a case and stands, oldest first.
pub(crate) fn acts_of(tx: &ReadTx<'_>, no: &str) -> Result<Vec<CaseChange>, StoreError> {
    let mut acts = Vec::new();
    for stored in tx.changes_of(&lane(no))? {
        let stands = !matches!(stored.verdict, Some(Verdict::Refused(_)));
        let change = stored.stored.decode();
        let change = change.map_err(|error| StoreError::Contradiction(format!("change {}: {error}", stored.seq)))?;
        if !stands {
            continue;
        }
        if let ChangeBody::Undone(undone) = &change.body {
            acts.retain(|(act, _)| *act != undone.act);
        } else if let ChangeBody::Case(body) = change.body {
            acts.push((change.act, body));
        }
    }
    Ok(acts.into_iter().map(|(_, body)| body).collect())
}
