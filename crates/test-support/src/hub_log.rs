//! A district's log read to its end, as what must always hold of it.

use counter_core::change::ChangeHash;
use hub_api::{
    cbor,
    feed::{FeedEvent, Verdict},
    push::LaneWords,
};
use hub_server::{
    hub::Hub,
    store::{HubLifeStore, HubStore, Life, LogStore},
};
use sha2::{Digest, Sha256};

use crate::SITE;

/// More entries than a test ever makes.
const WHOLE_LOG: usize = 1_000_000;

/// A verdict in the log.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its entry.
    pub index: u64,
    /// Where the change was made.
    pub life: Life,
    /// The change's number there.
    pub seq: u64,
    /// The change's lane, as the counter names it.
    pub lane: LaneWords,
    /// What came of it.
    pub verdict: Verdict,
}

/// Whether the hub was put back from a backup: then its log goes on above a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// Once at least.
    Yes,
    /// Never: the log has no hole.
    No,
}

/// Reads the log, whose every head must follow from the one before; returns the verdicts in it.
pub async fn read_whole<S: HubStore>(hub: &Hub<S>, restored: Restored) -> Vec<Judged> {
    let mut transaction = hub.store.begin_read().await.unwrap();
    let end = transaction.log_head(SITE).await.unwrap();
    let rows = transaction.log_after(SITE, 0, WHOLE_LOG).await.unwrap();
    let (mut head, mut judged) = (ChangeHash::ORIGIN, Vec::new());
    for (place, row) in (1..).zip(&rows) {
        assert!(
            restored == Restored::Yes || row.index == place,
            "the log has a hole before {}",
            row.index
        );
        let next = Sha256::new()
            .chain_update(head.0)
            .chain_update(row.at.to_be_bytes())
            .chain_update(&row.event)
            .finalize();
        head = ChangeHash(next.into());
        if let FeedEvent::Judged {
            counter,
            incarnation,
            seq,
            lane,
            verdict,
            ..
        } = cbor::decode(&row.event).unwrap()
        {
            let life = Life {
                district: SITE.into(),
                counter,
                incarnation,
            };
            judged.push(Judged {
                index: row.index,
                life,
                seq,
                lane,
                verdict,
            });
        }
    }
    let last = rows.last().map_or(0, |row| row.index);
    let ended = transaction.ended_lives(SITE).await.unwrap();
    // A life that has entered nothing yet stands above the last entry.
    let is_fresh = restored == Restored::Yes && ended.iter().any(|life| life.ended_at >= last);
    assert!(
        end.index == last || is_fresh && end.index > last,
        "the log ends at {}, its entries at {last}",
        end.index
    );
    assert_eq!(end.head, head, "the heads of the log do not follow from it");
    judged
}
