//! Reading the feed: verdicts on our changes, acts entered at the hub, what other counters of the district did.

use counter_core::change::LaneKind;
use counter_store::{
    FeedEntry as StoreEntry, FeedEvent as StoreEvent, StoreError, Verdict as StoreVerdict, table::hub_binding,
};
use hub_api::{
    cbor,
    feed::{Cursor, FeedEntry, FeedError, FeedEvent, FeedPage, Verdict, verify_page},
    refused::RefusedCode,
    signed::Signed,
};

use crate::{
    RefusedChange, SyncError, Transport,
    call::{Binding, Connection},
};

/// What came of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pulled {
    /// Changes that were made elsewhere.
    pub changes: u32,
    /// Our changes that the hub refused, newly.
    pub refused: Vec<RefusedChange>,
}

/// Reads to the end of the log. The first request is held open up to `wait_s` seconds while there is nothing new.
pub(crate) async fn pull<T: Transport>(connection: &mut Connection<'_, T>, wait_s: u64) -> Result<Pulled, SyncError> {
    let mut pulled = Pulled::default();
    let mut wait_s = wait_s;
    loop {
        let after = connection.cursor;
        let life = connection.identity.incarnation;
        let answer = connection
            .call(http::Method::GET, &after.feed_path(wait_s), Vec::new(), life)
            .await;
        if matches!(
            &answer,
            Err(SyncError::Refused {
                code: RefusedCode::NotFound,
                ..
            })
        ) {
            // Its log is shorter than what was read from it.
            return Err(SyncError::HubRestored);
        }
        let answer = answer?;
        let page = believe(connection, Signed::from_bytes(answer.to_vec()), after)?;
        take_in(connection, &page, &mut pulled)?;
        connection.cursor = page.next;
        wait_s = 0;
        if page.next == page.head {
            return Ok(pulled);
        }
        if page.next == after {
            return Err(SyncError::Nonsense("its page goes nowhere"));
        }
    }
}

fn believe(binding: &Binding<'_>, page: Signed<FeedPage>, after: Cursor) -> Result<FeedPage, SyncError> {
    let identity = &binding.identity;
    match verify_page(&page, &binding.hub_key, &identity.site, &identity.counter, after) {
        Ok(page) => Ok(page),
        Err(FeedError::OtherQuestion) => {
            let other_life = page.open(&binding.hub_key).is_ok_and(|page| {
                page.after.hub_incarnation != after.hub_incarnation && page.counter == identity.counter
            });
            Err(if other_life {
                SyncError::HubRestored
            } else {
                FeedError::OtherQuestion.into()
            })
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn take_in(binding: &Binding<'_>, page: &FeedPage, pulled: &mut Pulled) -> Result<(), SyncError> {
    let bytes: Vec<Vec<u8>> = page.entries.iter().map(cbor::encode).collect();
    let mut entries: Vec<StoreEntry<'_>> = Vec::with_capacity(bytes.len());
    for (entry, bytes) in page.entries.iter().zip(&bytes) {
        let event = if is_of_a_fork(binding, &entry.event)? {
            StoreEvent::Other { kind: "forked" }
        } else {
            for_store(entry)
        };
        entries.push(StoreEntry {
            index: entry.index,
            bytes,
            event,
        });
    }
    let outcome = binding.store.write(|tx| {
        let outcome = tx.apply_feed(&page.next.hub_incarnation.0, &entries, page.next.index)?;
        hub_binding::note_contact(tx, binding.clock.now())?;
        Ok::<_, StoreError>(outcome)
    })?;
    pulled.changes +=
        u32::try_from(page.entries.iter().filter(|entry| entry.change.is_some()).count()).unwrap_or(u32::MAX);
    for stored in outcome.refused {
        let refusal = page.entries.iter().find_map(|entry| match &entry.event {
            FeedEvent::Judged {
                incarnation,
                seq,
                verdict: Verdict::Refused(refusal),
                ..
            } if *incarnation == stored.incarnation && *seq == stored.seq => Some(refusal),
            FeedEvent::Judged { .. } | FeedEvent::Recorded { .. } | FeedEvent::TrustPublished { .. } => None,
        });
        let StoreVerdict::Refused { code, detail } = refusal.map_or(StoreVerdict::Applied, StoreVerdict::refused)
        else {
            continue;
        };
        let case = if stored.lane.kind == LaneKind::Case {
            stored.lane.id
        } else {
            stored.lane.to_string()
        };
        pulled.refused.push(RefusedChange {
            case,
            code,
            message: detail,
        });
    }
    Ok(())
}

/// Whether the entry is about a change that another database made under one of our numbers. It is kept as it came;
/// our own change under that number stays, and so does the other's at the hub.
fn is_of_a_fork(binding: &Binding<'_>, event: &FeedEvent) -> Result<bool, StoreError> {
    let FeedEvent::Judged {
        counter,
        incarnation,
        seq,
        hash,
        ..
    } = event
    else {
        return Ok(false);
    };
    if *counter != binding.identity.counter {
        return Ok(false);
    }
    let known = binding.store.read(|tx| tx.change(counter, *incarnation, *seq))?;
    Ok(known.is_some_and(|known| known.stored.hash != *hash))
}

fn for_store(entry: &FeedEntry) -> StoreEvent<'_> {
    match &entry.event {
        FeedEvent::Judged {
            counter,
            incarnation,
            seq,
            hash,
            verdict,
            ..
        } => StoreEvent::Judged {
            counter,
            incarnation: *incarnation,
            seq: *seq,
            hash: *hash,
            verdict: match verdict {
                Verdict::Applied => StoreVerdict::Applied,
                Verdict::Merged => StoreVerdict::Merged,
                Verdict::Refused(refusal) => StoreVerdict::refused(refusal),
                Verdict::Waiting(reason) => StoreVerdict::Waiting {
                    reason: reason.as_str().to_owned(),
                },
            },
            change: entry.change.as_ref().map(|change| change.as_slice()),
        },
        FeedEvent::Recorded { .. } => StoreEvent::Other { kind: "recorded" },
        FeedEvent::TrustPublished { .. } => StoreEvent::Other {
            kind: "trust_published",
        },
    }
}
