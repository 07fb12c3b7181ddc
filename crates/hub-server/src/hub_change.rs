//! Changes the hub makes itself: an officer's act, a countersignature. They go through the same reducer and the same log.

use counter_core::{
    certificate::{Certificate, CertificateChange, CertificateState, envelope_sha256_of},
    change::{ActId, Change, ChangeBody, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind},
    lane_state::{LaneState, apply},
    refusal::{Refusal, RefusalCode},
};
use hub_api::{
    cbor,
    feed::{FeedEvent, Verdict},
    push::LaneWords,
};

use crate::{
    clock::{NoEntropy, day_in_china},
    district_log::DistrictLog,
    hub::Hub,
    judge::read_state,
    recording::Sender,
    store::{AboutChange, ChangeStore, HubStore, LaneRow, LaneStore, Life, LifeStore, RecordedChange, StoreError},
    trust::is_genuine,
};

/// The account under which the hub acts by itself.
pub const SYSTEM_ACTOR: &str = "system";

/// A change of the hub's own that was not made.
#[derive(Debug, thiserror::Error)]
pub enum HubChangeError {
    /// The lane does not take it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The random source.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
}

/// Appends `body` to `lane` in the hub's own chain; returns what the lane has become and the entry's index.
///
/// # Errors
/// [`HubChangeError::Refused`] where the lane does not take it; nothing was written then.
pub async fn make<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    lane: Lane,
    body: ChangeBody,
    actor: &str,
    now: i64,
) -> Result<(LaneState, u64), HubChangeError> {
    let district = log.district().to_owned();
    let words = LaneWords {
        kind: lane.kind.as_str().to_owned(),
        id: lane.id.clone(),
    };
    let row = transaction.lane(&district, &words).await?;
    let life = own_life(log);
    let known = transaction.life(&life).await?;
    let change = Change {
        schema: Change::schema_of(&body, None),
        counter: life.counter.clone(),
        incarnation: life.incarnation,
        seq: known.map_or(0, |known| known.head_seq) + 1,
        lane,
        act: ActId(hub.world.random()?),
        body,
        actor: actor.to_owned(),
        made_at: now,
        base: row.as_ref().map(|row| row.last_index),
        prev_hash: known.map_or(ChangeHash::ORIGIN, |known| known.head_hash),
        settles: None,
    };
    let state = apply(row.as_ref().map(read_state).transpose()?, &change)?
        .ok_or_else(|| Refusal::new(RefusalCode::NotFound, change.lane.to_string()))?;

    let stored = change.to_bytes();
    transaction
        .insert_change(
            &life,
            RecordedChange {
                seq: change.seq,
                hash: stored.hash,
                bytes: &stored.bytes,
            },
        )
        .await?;
    transaction.put_life_head(&life, change.seq, stored.hash).await?;
    let event = FeedEvent::Judged {
        counter: life.counter.clone(),
        incarnation: life.incarnation,
        seq: change.seq,
        hash: stored.hash,
        lane: words.clone(),
        verdict: Verdict::Applied,
    };
    let about = AboutChange {
        counter: &life.counter,
        incarnation: life.incarnation,
        seq: change.seq,
        lane: Some(&words),
        taken: true,
    };
    let end = log.append(transaction, now, &event, Some(about)).await?;
    transaction
        .put_lane(
            &district,
            &words,
            &LaneRow {
                state: cbor::encode(&state),
                last_index: end.index,
            },
        )
        .await?;
    Ok((state, end.index))
}

/// The certificate in what a lane has just become, where the hub has not vouched for it yet.
pub(crate) fn to_countersign(applied: Option<&LaneState>) -> Option<&Certificate> {
    let Some(LaneState::Certificate(certificate)) = applied else {
        return None;
    };
    (certificate.state() == CertificateState::Provisional).then_some(certificate)
}

/// Vouches for a certificate the hub has just applied, if it was signed by the key of the counter that issued it.
pub(crate) async fn countersign<S: HubStore>(
    hub: &Hub<S>,
    transaction: &mut S::Transaction,
    log: &mut DistrictLog,
    issuer: &Sender,
    certificate: &Certificate,
    now: i64,
) -> Result<(), StoreError> {
    if !is_genuine(certificate, &issuer.key) {
        tracing::warn!(certificate = certificate.no, counter = %issuer.life.counter, "not countersigned: the envelope is not the issuer's");
        return Ok(());
    }
    let lane = Lane::new(LaneKind::Certificate, certificate.no.clone());
    let body = ChangeBody::Certificate(CertificateChange::CountersignedByHub {
        envelope_sha256: envelope_sha256_of(&certificate.issued.envelope),
        on: day_in_china(now).max(certificate.issued.issued_on),
    });
    match make(hub, transaction, log, lane, body, SYSTEM_ACTOR, now).await {
        Ok(_) => Ok(()),
        Err(HubChangeError::Store(error)) => Err(error),
        Err(HubChangeError::Entropy(error)) => Err(StoreError::Failed(Box::new(error))),
        Err(HubChangeError::Refused(refusal)) => {
            tracing::warn!(certificate = certificate.no, %refusal, "not countersigned");
            Ok(())
        }
    }
}

/// The chain the hub writes its own changes in: one per district and life of its database.
fn own_life(log: &DistrictLog) -> Life {
    Life {
        district: log.district().to_owned(),
        counter: CounterCode(CounterCode::HUB.to_owned()),
        incarnation: IncarnationId(log.life().0),
    }
}
