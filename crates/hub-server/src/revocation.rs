//! Revoking a certificate at the hub: a change in its lane, and word to the counters that the trust list has grown.

use counter_core::{
    certificate::{Certificate, CertificateChange},
    change::{ChangeBody, Lane, LaneKind},
    lane_state::LaneState,
};
use hub_api::feed::FeedEvent;

use crate::{
    clock::day_in_china,
    district_log::DistrictLog,
    hub::Hub,
    hub_change::{self, HubChangeError},
    store::{HubStore, HubTransaction, StoreError},
};

/// Revokes certificate `no` of `district` today, in the name of `actor`. The trust list's number jumps with it.
///
/// # Errors
/// [`HubChangeError::Refused`] where there is no such certificate, or it was revoked before.
pub async fn revoke<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    no: &str,
    reason: &str,
    actor: &str,
) -> Result<Certificate, HubChangeError> {
    let now = hub.world.now();
    let mut transaction = hub.store.begin().await?;
    let mut log = DistrictLog::lock(&mut transaction, district).await?;
    let lane = Lane::new(LaneKind::Certificate, no.to_owned());
    let body = ChangeBody::Certificate(CertificateChange::Revoked {
        reason: reason.to_owned(),
        on: day_in_china(now),
    });
    let (state, _) = hub_change::make(hub, &mut transaction, &mut log, lane, body, actor, now).await?;
    let published = FeedEvent::TrustPublished {
        number: log.next_index(),
    };
    log.append(&mut transaction, now, &published, None).await?;
    transaction.commit().await?;
    hub.appended(&log);
    tracing::info!(district, certificate = no, actor, "certificate revoked");
    let LaneState::Certificate(certificate) = state else {
        return Err(StoreError::Damaged(format!("the lane of certificate {no} changed its kind")).into());
    };
    Ok(certificate)
}
