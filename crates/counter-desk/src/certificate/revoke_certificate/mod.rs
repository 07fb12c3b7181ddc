//! 撤销证明.

use counter_core::{
    certificate::CertificateChange,
    change::ChangeBody,
    refusal::{Refusal, RefusalCode},
};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Revokes the certificate `no` today. Elsewhere it is known as revoked with the hub's next trust list.
///
/// # Errors
/// When it does not exist, is revoked already, no reason is given, or it cannot be kept.
pub fn revoke_certificate(desk: &Desk, actor: &Actor, no: &str, reason: &str) -> Result<(), RecordError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(RecordError::Refused(Refusal::new(RefusalCode::Contradiction, "reason")));
    }
    let act = desk.act(actor);
    let on = desk.clock().today();
    desk.store().write(|tx| {
        let change = CertificateChange::Revoked {
            reason: reason.to_owned(),
            on,
        };
        tx.record(&act, super::lane(no), ChangeBody::Certificate(change))?;
        Ok(())
    })
}
