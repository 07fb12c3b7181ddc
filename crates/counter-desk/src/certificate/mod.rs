//! Training certificates: issued to those who passed, verified by anybody.

pub mod accept_trust;
pub mod certificate_file;
pub mod certificate_list;
pub mod issue_certificates;
pub mod revoke_certificate;
pub mod trust;
pub mod verify_certificate;

use counter_core::{
    certificate::Certificate,
    change::{Lane, LaneKind},
    lane_state::LaneState,
};
use counter_store::{ReadTx, StoreError};

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::Certificate, no)
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<Certificate>, StoreError> {
    match tx.lane(&lane(no))? {
        Some(LaneState::Certificate(certificate)) => Ok(Some(certificate)),
        Some(_) | None => Ok(None),
    }
}
