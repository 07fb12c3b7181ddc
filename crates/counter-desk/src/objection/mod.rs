//! 异议: taken in at a visit, passed on, followed until the reply has reached the subject.

pub mod enter_objection_act;
pub mod mark_objection_material;
pub mod objection_detail;
pub mod objection_list;
pub mod objection_rules;
pub mod receive_objection;

use counter_core::{
    change::{Lane, LaneKind},
    lane_state::LaneState,
    objection::Objection,
};
use counter_store::{ReadTx, StoreError};

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::Objection, no)
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<Objection>, StoreError> {
    match tx.lane(&lane(no))? {
        Some(LaneState::Objection(objection)) => Ok(Some(objection)),
        Some(_) | None => Ok(None),
    }
}
