//! Cases: taken in at a visit, then carried through the acts of counter and authority.

pub mod case_board;
pub mod case_detail;
pub mod case_list;
pub mod checklist;
pub mod enter_act;
pub mod mark_material;
pub mod receive_cases;

use counter_core::{
    case::Case,
    change::{Lane, LaneKind},
    lane_state::LaneState,
};
use counter_store::{ReadTx, StoreError};

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::Case, no)
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<Case>, StoreError> {
    match tx.lane(&lane(no))? {
        Some(LaneState::Case(case)) => Ok(Some(case)),
        Some(_) | None => Ok(None),
    }
}
