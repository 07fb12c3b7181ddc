//! Reading the feed: verdicts on our changes, acts entered at the hub, what other counters of the district did.

use counter_core::change::{IncarnationId, LaneKind};
use counter_store::{
    FeedEntry as StoreEntry, FeedEvent as StoreEvent, StoreError,
    table::{
        hub_binding, hub_dataset,
        hub_page::{self, NewHubPage},
    },
};
use hub_api::{
    feed::{Cursor, FeedEntry, FeedError, FeedEvent, FeedPage, Verdict, verify_page},
    refused::RefusedCode,
    signed::Signed,
};

use crate::{
    RefusedChange, SyncError, Transport,
    call::{Binding, Connection},
};

/// Entries that one transaction takes in.
const ENTRIES_AT_ONCE: usize = 16;

/// What came of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pulled {
    /// Changes that were made elsewhere.
    pub changes: u32,
    /// Our own changes that came back.
    pub returned: u32,
    /// Our changes that the hub refused, newly.
    pub refused: Vec<RefusedChange>,
    /// Another copy of this database wrote under our numbers, and a new life was begun.
    pub forked: bool,
}

/// Reads to the end of the log. The first request is held open up to `wait_s` seconds while there is nothing new.
pub(crate) async fn pull<T: Transport>(
    connection: &mut Connection<'_, T>,
    wait_s: u64,
    pulled: &mut Pulled,
) -> Result<(), SyncError> {
    read_again(connection, pulled)?;
    let mut wait_s = wait_s;
    loop {
        let after = connection.cursor;
        let (signed, page) = ask(connection, after, wait_s).await?;
        if let Some((life, from)) = fork_in(connection, &page)? {
            tracing::error!(%life, from, "another copy of this database wrote under our numbers");
            if pulled.forked {
                return Err(SyncError::Nonsense("it tells of a fork that cannot be"));
            }
            connection.store.carry_over(life, from, connection.clock.now())?;
            connection.go_on();
            pulled.forked = true;
            // Asked again in the new life, the page brings what the other copy did.
            continue;
        }
        for part in parts(&page) {
            take_in(connection, &signed, &page, part, pulled)?;
            tokio::task::yield_now().await;
        }
        connection.cursor = page.next;
        wait_s = 0;
        if page.next == page.head {
            return Ok(());
        }
        if page.next == after {
            return Err(SyncError::Nonsense("its page goes nowhere"));
        }
    }
}

/// The page after `after`, believed.
async fn ask<T: Transport>(
    connection: &Connection<'_, T>,
    after: Cursor,
    wait_s: u64,
) -> Result<(Signed<FeedPage>, FeedPage), SyncError> {
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
    let signed = Signed::from_bytes(answer?.to_vec());
    let page = believe(connection, &signed, after)?;
    Ok((signed, page))
}

fn believe(binding: &Binding<'_>, page: &Signed<FeedPage>, after: Cursor) -> Result<FeedPage, SyncError> {
    let identity = &binding.identity;
    match verify_page(page, &binding.hub_key, &identity.site, &identity.counter, after) {
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

/// Where another copy of this database wrote under our numbers: the life and the first number that is not ours.
pub(crate) fn fork_in(binding: &Binding<'_>, page: &FeedPage) -> Result<Option<(IncarnationId, u64)>, StoreError> {
    let identity = &binding.identity;
    binding.store.read(|tx| {
        for entry in &page.entries {
            let FeedEvent::Judged {
                counter,
                incarnation,
                seq,
                hash,
                ..
            } = &entry.event
            else {
                continue;
            };
            if *counter != identity.counter {
                continue;
            }
            let parted = match tx.change(counter, *incarnation, *seq)? {
                Some(known) => known.stored.hash != *hash,
                // Nobody but us writes in the life that writes here.
                None => *incarnation == identity.incarnation,
            };
            if parted {
                return Ok(Some((*incarnation, *seq)));
            }
        }
        Ok(None)
    })
}

/// Reads again what an older program could not, from the pages it kept.
fn read_again(binding: &Binding<'_>, pulled: &mut Pulled) -> Result<(), SyncError> {
    for kept in binding.store.read(hub_page::unread)? {
        let signed = Signed::from_bytes(kept.bytes);
        let page: FeedPage = signed.open(&binding.hub_key).map_err(FeedError::Open)?;
        if !page.entries.iter().any(is_unread) {
            for part in parts(&page) {
                take_in(binding, &signed, &page, part, pulled)?;
            }
        }
    }
    Ok(())
}

/// Entries of a page that are taken in together.
pub(crate) struct Part<'p> {
    entries: &'p [FeedEntry],
    /// The page is kept with the first of them.
    first: bool,
    last: bool,
}

/// A page in parts. Whoever saves waits for a part, not for the page, and the cursor stands behind what was taken in.
pub(crate) fn parts(page: &FeedPage) -> impl Iterator<Item = Part<'_>> {
    let count = page.entries.len().div_ceil(ENTRIES_AT_ONCE).max(1);
    (0..count).map(move |at| {
        let end = page.entries.len().min((at + 1) * ENTRIES_AT_ONCE);
        Part {
            entries: &page.entries[at * ENTRIES_AT_ONCE..end],
            first: at == 0,
            last: at + 1 == count,
        }
    })
}

/// Takes in one part of a page, in one transaction with the cursor.
pub(crate) fn take_in(
    binding: &Binding<'_>,
    signed: &Signed<FeedPage>,
    page: &FeedPage,
    part: Part<'_>,
    pulled: &mut Pulled,
) -> Result<(), SyncError> {
    let entries: Vec<StoreEntry<'_>> = part
        .entries
        .iter()
        .map(|entry| StoreEntry {
            index: entry.index,
            at: entry.at,
            event: for_store(entry),
        })
        .collect();
    // Telling whether all of a page can be read reads all of it: once, and before anybody waits for this write.
    let kept = part.first.then(|| NewHubPage {
        hub_incarnation: &page.next.hub_incarnation.0,
        after: page.after.index,
        next: page.next.index,
        entries: page.entries.len(),
        unread: page.entries.iter().any(is_unread),
        bytes: signed.as_bytes(),
    });
    let now = binding.clock.now();
    let reached = match part.entries.last() {
        Some(entry) if !part.last => entry.index,
        Some(_) | None => page.next.index,
    };
    let outcome = binding.store.write(|tx| {
        if let Some(page) = &kept {
            tx.keep_page(page)?;
        }
        let outcome = tx.apply_feed(&page.next.hub_incarnation.0, reached, &entries, now)?;
        hub_binding::note_contact(tx, now)?;
        let published = |entry: &FeedEntry| matches!(entry.event, FeedEvent::DatasetPublished { .. });
        if part.entries.iter().any(published) {
            hub_dataset::mark_outdated(tx)?;
        }
        Ok::<_, StoreError>(outcome)
    })?;
    pulled.changes +=
        u32::try_from(part.entries.iter().filter(|entry| entry.change.is_some()).count()).unwrap_or(u32::MAX);
    pulled.returned += outcome.returned;
    for refused in outcome.refused {
        let Some(Verdict::Refused(refusal)) = refused.verdict else {
            continue;
        };
        let case = if refused.lane.kind == LaneKind::Case {
            refused.lane.id
        } else {
            refused.lane.to_string()
        };
        pulled.refused.push(RefusedChange {
            case,
            code: refusal.code.as_str().to_owned(),
            message: refusal.detail,
        });
    }
    Ok(())
}

/// Whether this program cannot read the entry or the change beside it, so that the next one has to.
fn is_unread(entry: &FeedEntry) -> bool {
    use counter_core::change::{ChangeBytes, ChangeDecodeError};
    let newer = |bytes: &[u8]| {
        matches!(
            ChangeBytes::from_stored(bytes.to_vec()).decode(),
            Err(ChangeDecodeError::Newer { .. })
        )
    };
    entry.event == FeedEvent::Unknown || entry.change.as_ref().is_some_and(|change| newer(change))
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
            verdict: verdict.clone(),
            change: entry.change.as_ref().map(|change| change.as_slice()),
            lane_key: entry.lane_key.as_ref().map(|key| key.as_slice()),
        },
        FeedEvent::Recorded { .. }
        | FeedEvent::TrustPublished { .. }
        | FeedEvent::DatasetPublished { .. }
        | FeedEvent::Unknown => StoreEvent::Other,
    }
}
