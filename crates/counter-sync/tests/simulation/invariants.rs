//! What must hold once everything has come to rest, whatever happened before.

use std::collections::{BTreeMap, BTreeSet};

use counter_core::{
    change::{ChangeBytes, CounterCode, IncarnationId, Lane, LaneKind},
    lane_fold::LaneFold,
    lane_state::LaneState,
    verdict::Verdict,
};
use counter_store::{StoreError, StoredChange};
use hub_api::{
    cbor,
    push::LaneWords,
    receipt::{ReceiptContext, verify_receipt},
    signed::Signed,
    trust::TrustBundle,
};
use hub_server::{
    hub::Hub,
    judge::{filed_under, is_private, read_state},
    store::{ChangeStore, HubStore, LaneStore, Life},
    trust::bundle,
};
use test_support::{
    SITE,
    hub_log::{self, Judged, Restored},
};

use crate::{counter::Counter, hub_host::Halting, ledger::Pages};

/// Checks everything.
///
/// # Panics
/// Where something does not hold, with what it is.
///
/// Where the hub was restored, what nobody but the lost hub knew is lost with it, and its log goes on above a gap.
pub async fn hold(hub: &Hub<Halting>, counters: &[Counter], pages: &Pages, restored: bool) {
    let judged = hub_log::read_whole(hub, if restored { Restored::Yes } else { Restored::No }).await;
    let mut pages = pages.clone();
    if restored {
        pages
            .saved
            .retain(|saved| counters.iter().any(|counter| counter.has(saved)));
        pages.entered.clear();
    }
    let pages = &pages;
    every_saved_change_is_at_the_hub_once(hub, pages, &judged).await;
    every_act_of_an_officer_is_in_the_log(hub, pages, &judged).await;
    no_number_was_given_twice(pages);
    let lanes = lanes(hub, &judged).await;
    only_genuine_certificates_are_final(hub, &lanes).await;
    for counter in counters {
        receipts_hold(hub, counter, pages);
        counter_has_what_the_hub_has(counter, &lanes);
        nothing_is_stuck_without_a_reason(counter, pages);
        let mut problems = counter.office.store().check().unwrap().problems;
        let lost = lost_attachments(counter);
        problems.retain(|problem| problem.code != "missing_attachment" || !lost.contains(&problem.detail));
        assert!(problems.is_empty(), "{}: {problems:?}", counter.name);
    }
}

async fn every_saved_change_is_at_the_hub_once(hub: &Hub<Halting>, pages: &Pages, judged: &[Judged]) {
    let mut transaction = hub.store.begin_read().await.unwrap();
    for saved in &pages.saved {
        let life = Life {
            district: SITE.into(),
            counter: saved.counter.clone(),
            incarnation: saved.incarnation,
        };
        let recorded = transaction.change_hashes(&life, saved.seq, saved.seq).await.unwrap();
        assert_eq!(
            recorded,
            [saved.hash],
            "change {} of {}/{} ({}) was shown as saved",
            saved.seq,
            saved.counter,
            saved.incarnation,
            saved.lane
        );
    }
    let mut taken = BTreeMap::new();
    let (mut hashes, mut settled) = (BTreeSet::new(), BTreeSet::new());
    for verdict in judged.iter().filter(|judged| judged.verdict.is_taken()) {
        let stored = recorded(&mut transaction, verdict).await;
        let change = stored.decode().unwrap();
        hashes.insert(stored.hash.0);
        if let Some(settles) = change.settles {
            let first = settled.insert(settles.hash.0);
            assert!(first, "entry {} settles what was settled before", verdict.index);
        }
        // The same step of one act, made once more in another life, would be a duplicate too.
        let step = (
            change.act.0,
            verdict.lane.kind.clone(),
            verdict.lane.id.clone(),
            cbor::encode(&change.body),
        );
        let before = taken.insert(step, verdict.index);
        assert_eq!(
            before,
            None,
            "entry {} takes what was taken before: {} in {}/{}",
            verdict.index,
            change.body.kind(),
            verdict.lane.kind,
            verdict.lane.id
        );
    }
    let twice = settled.intersection(&hashes).count();
    assert_eq!(twice, 0, "what was settled was taken as well");
}

/// The change a verdict is about, as the hub recorded it.
async fn recorded(transaction: &mut impl ChangeStore, verdict: &Judged) -> ChangeBytes {
    let bytes = transaction.change_bytes(&verdict.life, verdict.seq).await;
    ChangeBytes::from_stored(bytes.unwrap().unwrap())
}

async fn every_act_of_an_officer_is_in_the_log(hub: &Hub<Halting>, pages: &Pages, judged: &[Judged]) {
    let mut transaction = hub.store.begin_read().await.unwrap();
    let mut found: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for verdict in judged.iter().filter(|judged| judged.life.counter.0 == CounterCode::HUB) {
        let change = recorded(&mut transaction, verdict).await.decode().unwrap();
        *found.entry((verdict.lane.id.clone(), change.body.kind())).or_default() += 1;
    }
    let mut told: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for entered in &pages.entered {
        *told.entry((entered.case.clone(), entered.kind)).or_default() += 1;
    }
    for (act, times) in told {
        let in_log = found.get(&act).copied().unwrap_or(0);
        assert!(
            in_log >= times,
            "{act:?} was entered {times} times and stands {in_log} times in the log"
        );
    }
}

fn no_number_was_given_twice(pages: &Pages) {
    let mut given = BTreeSet::new();
    for number in &pages.numbers {
        assert!(given.insert(number), "{number} was given twice");
    }
}

/// Every lane of the log as the hub has it, with the counter it is private to.
struct HubLane {
    lane: Lane,
    private_to: Option<CounterCode>,
    /// As the hub keeps it, which is what its log makes of it.
    history: LaneFold,
}

async fn lanes(hub: &Hub<Halting>, judged: &[Judged]) -> Vec<HubLane> {
    let mut transaction = hub.store.begin_read().await.unwrap();
    let mut lanes: BTreeMap<(String, String), HubLane> = BTreeMap::new();
    for verdict in judged {
        let filed = filed_under(&verdict.life, &verdict.lane);
        let lane = lanes
            .entry((filed.kind.clone(), filed.id.clone()))
            .or_insert_with(|| HubLane {
                lane: Lane::new(LaneKind::from_word(&verdict.lane.kind).unwrap(), &verdict.lane.id),
                private_to: is_private(&verdict.lane).then(|| verdict.life.counter.clone()),
                history: LaneFold::default(),
            });
        if verdict.verdict.is_taken() {
            let change = recorded(&mut transaction, verdict).await.decode().unwrap();
            lane.history.take(&change).unwrap();
        }
    }
    for ((kind, id), lane) in &lanes {
        let filed = LaneWords {
            kind: kind.clone(),
            id: id.clone(),
        };
        let kept = transaction.lane(SITE, &filed).await.unwrap();
        let kept = kept.map(|row| read_state(&row).unwrap());
        assert_eq!(
            kept.as_ref(),
            lane.history.state(),
            "the log makes another lane {kind}/{id}"
        );
    }
    lanes.into_values().collect()
}

fn counter_has_what_the_hub_has(counter: &Counter, lanes: &[HubLane]) {
    let store = counter.office.store();
    let own = store.identity().counter;
    for hub in lanes {
        if hub.private_to.as_ref().is_some_and(|private| *private != own) {
            continue;
        }
        let (here, parked) = store
            .read::<_, StoreError>(|tx| Ok((tx.lane(&hub.lane)?, tx.parked_changes()?)))
            .unwrap();
        // What waits at the hub is work of this counter, which goes on showing it, on top and as waiting; but for what it
        // had lost, which it shows only as waiting.
        let waits = |change: &&StoredChange| matches!(change.verdict, Some(Verdict::Waiting(_))) && !change.returned;
        let on_top = parked
            .iter()
            .filter(|change| change.lane == hub.lane)
            .filter(waits)
            .fold(hub.history.clone(), |mut history, change| {
                // What does not fit waits beside it.
                let _ = history.take(&change.stored.decode().unwrap());
                history
            })
            .into_state();
        assert_eq!(
            here,
            on_top,
            "{}: lane {} is another at the hub; known here of it: {:#?}",
            counter.name,
            hub.lane,
            known_of(counter, &hub.lane)
        );
    }
}

/// What a counter knows of the changes of a lane, a line each.
fn known_of(counter: &Counter, lane: &Lane) -> Vec<String> {
    let changes = counter.office.store().read(|tx| tx.changes_of(lane)).unwrap();
    changes
        .iter()
        .map(|change| {
            let settles = change.stored.decode().ok().and_then(|change| change.settles);
            format!(
                "{} {} {} {}: {:?} at {:?}, settled {}, settles {:?}",
                change.counter,
                change.incarnation,
                change.seq,
                change.kind,
                change.verdict,
                change.log_index,
                change.settled_at.is_some(),
                settles.map(|settles| (settles.incarnation, settles.seq))
            )
        })
        .collect()
}

async fn only_genuine_certificates_are_final(hub: &Hub<Halting>, lanes: &[HubLane]) {
    let Some(signed) = bundle(hub, SITE).await.unwrap() else {
        return;
    };
    let list = TrustBundle::open(signed.as_bytes(), &[hub.public_key()]).unwrap();
    for hub in lanes {
        let Some(LaneState::Certificate(certificate)) = hub.history.state() else {
            continue;
        };
        let envelope =
            hub_api::certificate_envelope::Envelope::from_bytes(certificate.issued.envelope.clone()).unwrap();
        let genuine = list.keys.iter().any(|key| envelope.verify(&key.key).is_ok());
        assert!(
            genuine || certificate.countersigned_on.is_none(),
            "{} is final without proof",
            certificate.no
        );
        if genuine {
            assert!(
                certificate.countersigned_on.is_some() || certificate.revocation.is_some(),
                "{} is genuine and not final",
                certificate.no
            );
        }
    }
}

/// Every receipt kept verifies against the pinned key and the chain.
fn receipts_hold(hub: &Hub<Halting>, counter: &Counter, pages: &Pages) {
    let store = counter.office.store();
    let identity = store.identity();
    let hash_of = |incarnation: IncarnationId, seq| {
        let found = store.read::<_, StoreError>(|tx| tx.change(&identity.counter, incarnation, seq));
        found.unwrap().map(|change| change.stored.hash)
    };
    for saved in pages.saved.iter().filter(|saved| saved.counter == identity.counter) {
        let kept = store
            .read(|tx| tx.receipt_covering(saved.incarnation, saved.seq))
            .unwrap();
        let Some(bytes) = kept else { continue };
        let context = ReceiptContext {
            hub_key: &hub.public_key(),
            site: SITE,
            counter: &identity.counter,
            incarnation: saved.incarnation,
        };
        let receipt = verify_receipt(&Signed::from_bytes(bytes), context, |seq| {
            hash_of(saved.incarnation, seq)
        });
        receipt.unwrap_or_else(|error| panic!("{}: the receipt over {}: {error}", counter.name, saved.seq));
    }
}

/// What the hub asks for and this counter shows as missing: all that is left of an attachment that was on a lost computer only.
fn lost_attachments(counter: &Counter) -> Vec<String> {
    let missing = counter.office.store().read::<_, StoreError>(|tx| tx.missing_blobs());
    missing.unwrap()
}

/// Nothing waits unsent; what the hub did not take says why and stands in 待处理.
fn nothing_is_stuck_without_a_reason(counter: &Counter, pages: &Pages) {
    let store = counter.office.store();
    let outbox = store.read::<_, StoreError>(|tx| tx.outbox()).unwrap();
    assert_eq!(outbox.changes, 0, "{}: changes without a receipt", counter.name);
    for sha256 in lost_attachments(counter) {
        let held = store.attachments().length(&sha256).unwrap().is_some();
        assert!(!held, "{}: attachment {sha256} was not delivered", counter.name);
    }
    let identity = store.identity();
    let parked = store.read::<_, StoreError>(|tx| tx.parked_changes()).unwrap();
    for saved in pages.saved.iter().filter(|saved| saved.counter == identity.counter) {
        let change = store
            .read::<_, StoreError>(|tx| tx.change(&saved.counter, saved.incarnation, saved.seq))
            .unwrap()
            .unwrap_or_else(|| {
                panic!(
                    "{}: change {} of {} did not come back",
                    counter.name, saved.seq, saved.incarnation
                )
            });
        let verdict = change
            .verdict
            .as_ref()
            .unwrap_or_else(|| panic!("{}: no verdict on change {} ({})", counter.name, saved.seq, saved.lane));
        if change.own && !verdict.is_taken() && change.settled_at.is_none() {
            assert!(
                parked.iter().any(|parked| parked.stored.hash == saved.hash),
                "{}: change {} ({}) is not taken and not shown: {verdict:?}",
                counter.name,
                saved.seq,
                saved.lane
            );
        }
    }
}
