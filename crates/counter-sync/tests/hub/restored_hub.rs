//! A hub put back from a backup: what it had told comes back from the counters, in its order, and nothing is undone in silence.

use counter_core::{
    account::AccountChange,
    case::{CaseChange, CaseState, MaterialState},
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{Delivery, StoreError, Verdict};
use counter_sync::SyncError;
use hub_api::{
    feed::{FeedEvent, Verdict as HubVerdict},
    signed::Signed,
    trust::TrustBundle,
};
use hub_server::{
    authority_act::Outcome,
    hand_back::begin_new_life,
    store::{HubStore, LaneStore, LogStore},
    trust,
};
use jiff::civil::date;

use test_support::{
    CounterOffice, HubOffice, SITE,
    network::{Direct, Fate, Told},
    work,
};

fn referred() -> CaseChange {
    CaseChange::Referred {
        office: "法院".into(),
        reason: "属法院".into(),
        on: date(2026, 11, 25),
    }
}

/// The state of every case at the hub, as stored.
async fn cases_at(hub: &HubOffice) -> Vec<Vec<u8>> {
    let mut transaction = hub.hub.store.begin_read().await.unwrap();
    let rows = transaction.lanes_of(SITE, LaneKind::Case.as_str()).await.unwrap();
    rows.into_iter().map(|row| row.state).collect()
}

/// The last verdict on every change of the log: counter, life, number, verdict.
async fn verdicts_at(hub: &HubOffice) -> std::collections::BTreeMap<(String, [u8; 16], u64), HubVerdict> {
    let mut transaction = hub.hub.store.begin_read().await.unwrap();
    let mut verdicts = std::collections::BTreeMap::new();
    for row in transaction.log_after(SITE, 0, 1000).await.unwrap() {
        let event: FeedEvent = hub_api::cbor::decode(&row.event).unwrap();
        if let FeedEvent::Judged {
            counter,
            incarnation,
            seq,
            verdict,
            ..
        } = event
        {
            verdicts.insert((counter.0, incarnation.0, seq), verdict);
        }
    }
    verdicts
}

async fn trust_number(hub: &HubOffice) -> u64 {
    let bundle: Signed<TrustBundle> = trust::bundle(&hub.hub, SITE).await.unwrap().unwrap();
    bundle.open(&hub.hub.public_key()).unwrap().number
}

struct District {
    hub: HubOffice,
    first: CounterOffice,
    second: CounterOffice,
    backup: tempfile::TempDir,
    shared: String,
    alone: String,
    scanned: String,
}

/// Two counters and a hub that did much after its last backup: cases and attachments of both, an officer's act, and
/// work that lost against the other counter's.
async fn a_busy_district() -> District {
    let hub = HubOffice::new().await;
    let network = Direct(hub.router());
    let (first, second) = (CounterOffice::new("W03"), CounterOffice::new("W04"));
    for office in [&first, &second] {
        office.enrol_with(&hub, &network).await;
        office.sync(&network).await.unwrap();
    }
    let shared = first.take_case_in(None);
    // An attachment that came before the backup and is not in it, too.
    let early = first
        .store()
        .attachments()
        .put("early.pdf", "application/pdf", b"early")
        .unwrap();
    let scanned = first.take_case_in(Some(&early));
    let lossy = Told::new(hub.router(), [Fate::Lost]);
    first.sync(&lossy).await.unwrap();
    second.sync(&network).await.unwrap();
    let backup = hub.backup();

    first.sync(&network).await.unwrap();
    assert_eq!(first.delivery(&scanned), Delivery::Delivered);
    first.submit(&shared);
    let scan = first
        .store()
        .attachments()
        .put("scan.pdf", "application/pdf", &vec![3; 1_200_000])
        .unwrap();
    let alone = first.take_case_in(Some(&scan));
    first.sync(&network).await.unwrap();
    second.act_on_case(&shared, referred()).unwrap();
    let outcome = second.sync(&network).await.unwrap();
    assert_eq!(outcome.refused.len(), 1);
    hub.decide(&shared, Outcome::Supplement).await.unwrap();
    hub.decide(&shared, Outcome::Repaired).await.unwrap();
    for office in [&first, &second] {
        office.sync(&network).await.unwrap();
    }
    District {
        hub,
        first,
        second,
        backup,
        shared,
        alone,
        scanned,
    }
}

#[tokio::test]
async fn what_a_restored_hub_had_told_comes_back_whoever_comes_first_and_however_it_is_noticed() {
    for (told_by_operator, second_first) in [(false, false), (false, true), (true, true)] {
        let mut district = a_busy_district().await;
        let (cases, verdicts) = (cases_at(&district.hub).await, verdicts_at(&district.hub).await);
        let number = trust_number(&district.hub).await;
        district.hub.restore(district.backup).await;
        assert_ne!(cases_at(&district.hub).await, cases);
        if told_by_operator {
            begin_new_life(&district.hub.hub).await.unwrap();
        }
        let network = Direct(district.hub.router());
        let mut offices = [&district.first, &district.second];
        if second_first {
            offices.reverse();
        }
        // One saved something in the meantime.
        let new = district.second.take_case_in(None);
        for office in offices.iter().cycle().take(4) {
            let outcome = office.sync(&network).await.unwrap();
            assert_eq!(outcome.refused, [], "nothing that was told is told otherwise");
        }
        let healed = verdicts_at(&district.hub).await;
        for (change, verdict) in &verdicts {
            assert_eq!(healed.get(change), Some(verdict), "{change:?}");
        }
        assert_eq!(cases_at(&district.hub).await.len(), cases.len() + 1);
        for case in &cases {
            assert!(cases_at(&district.hub).await.contains(case));
        }
        assert!(
            trust_number(&district.hub).await > number,
            "the list's number jumps over every one that was seen"
        );

        for no in [&district.shared, &district.alone, &district.scanned] {
            assert_eq!(district.first.delivery(no), Delivery::Delivered, "{no}");
        }
        assert_eq!(district.second.delivery(&new), Delivery::Delivered);
        assert_eq!(district.second.delivery(&district.shared), Delivery::Refused);
        for office in offices {
            assert_eq!(office.case(&district.shared).state, CaseState::Decided);
            assert_eq!(office.unsent(), 0);
            assert_eq!(office.sync(&network).await.unwrap(), Default::default(), "healing ends");
            assert!(office.store().check().unwrap().ok, "{:?}", office.store().check());
        }
    }
}

#[tokio::test]
async fn what_new_work_made_impossible_before_it_was_handed_back_is_refused_aloud() {
    let mut district = a_busy_district().await;
    // W04 has not heard of the last days; W03 decided about a case of its own and goes away.
    let network = Direct(district.hub.router());
    let no = district.second.take_case_in(None);
    district.second.sync(&network).await.unwrap();
    district.first.sync(&network).await.unwrap();
    let backup = district.hub.backup();
    district.first.submit(&no);
    district.first.sync(&network).await.unwrap();

    district.hub.restore(backup).await;
    begin_new_life(&district.hub.hub).await.unwrap();
    let network = Direct(district.hub.router());
    district.second.act_on_case(&no, referred()).unwrap();
    assert_eq!(district.second.sync(&network).await.unwrap().refused, []);
    let outcome = district.first.sync(&network).await.unwrap();
    assert_eq!(outcome.refused.len(), 1, "told otherwise, and said so");
    for office in [&district.first, &district.second] {
        office.sync(&network).await.unwrap();
        assert_eq!(office.case(&no).state, CaseState::Referred);
    }
    let parked = district.first.store().read(|tx| tx.parked_changes()).unwrap();
    assert!(matches!(parked[0].verdict, Some(Verdict::Refused(_))), "{parked:?}");
}

#[tokio::test]
async fn a_hub_restored_twice_and_from_the_same_backup_heals_again() {
    let mut district = a_busy_district().await;
    let cases = cases_at(&district.hub).await;
    let again = district.hub.backup();
    for backup in [district.backup, again] {
        district.hub.clock.move_by(60_000);
        district.hub.restore(backup).await;
        begin_new_life(&district.hub.hub).await.unwrap();
        let network = Direct(district.hub.router());
        for office in [&district.first, &district.second, &district.first] {
            office.sync(&network).await.unwrap();
        }
        assert_eq!(cases_at(&district.hub).await, cases);
        assert_eq!(district.first.delivery(&district.alone), Delivery::Delivered);
    }
}

#[tokio::test]
async fn a_hub_that_only_says_it_was_restored_is_not_believed() {
    let district = a_busy_district().await;
    let network = test_support::network::Bent(district.hub.router(), |path: &str, body: bytes::Bytes| {
        if path == hub_api::protocol::FEED_PATH {
            let refused = hub_api::refused::RefusedRequest {
                code: hub_api::refused::RefusedCode::NotFound,
                message: String::new(),
                hub_now: 0,
            };
            return bytes::Bytes::from(hub_api::cbor::encode(&refused));
        }
        body
    });
    let before = district.first.store().read::<_, StoreError>(|tx| tx.outbox()).unwrap();
    let answered = district.first.sync(&network).await;
    assert!(
        matches!(answered, Err(SyncError::Answer(_) | SyncError::Feed(_))),
        "{answered:?}"
    );
    let after = district.first.store().read::<_, StoreError>(|tx| tx.outbox()).unwrap();
    assert_eq!(before, after);
}

#[tokio::test]
async fn what_newer_work_stands_in_the_way_of_is_taken_back_from_everybody_it_was_told_to() {
    let mut hub = HubOffice::new().await;
    let network = Direct(hub.router());
    let (unaware, maker, witness) = (
        CounterOffice::new("W03"),
        CounterOffice::new("W04"),
        CounterOffice::new("W05"),
    );
    let no = unaware.take_case_in(None);
    for office in [&unaware, &maker, &witness] {
        office.enrol_with(&hub, &network).await;
        office.sync(&network).await.unwrap();
    }
    let (backup, same) = (hub.backup(), hub.backup());
    let faulty = MaterialState::Faulty {
        reason: "未盖章".into(),
    };
    maker.act_on_case(&no, work::commitment(faulty)).unwrap();
    maker.sync(&network).await.unwrap();
    witness.sync(&network).await.unwrap();
    assert_eq!(witness.case(&no).state, CaseState::GapsOpen);

    hub.restore(backup).await;
    begin_new_life(&hub.hub).await.unwrap();
    let network = Direct(hub.router());
    unaware
        .act_on_case(&no, work::commitment(MaterialState::Pending))
        .unwrap();
    unaware.sync(&network).await.unwrap();
    assert_eq!(maker.sync(&network).await.unwrap().refused.len(), 1);
    witness.sync(&network).await.unwrap();
    unaware.sync(&network).await.unwrap();
    let lane = Lane::new(LaneKind::Case, &no);
    let at = |office: &CounterOffice| office.store().read(|tx| tx.lane(&lane)).unwrap();
    assert_eq!(at(&witness), at(&unaware));
    assert_eq!(at(&maker), at(&unaware));

    // The same backup once more: the witness was told of the refusal without the change, and cannot hand that back.
    hub.restore(same).await;
    begin_new_life(&hub.hub).await.unwrap();
    let network = Direct(hub.router());
    for office in [&witness, &maker, &unaware, &witness, &maker] {
        office.sync(&network).await.unwrap();
    }
    assert_eq!(at(&witness), at(&unaware));
    assert_eq!(at(&maker), at(&unaware));
}

#[tokio::test]
async fn what_came_back_from_above_a_hole_that_nobody_can_fill_is_neither_sent_nor_unsent() {
    let mut hub = HubOffice::new().await;
    let network = Direct(hub.router());
    let (mut office, other) = (CounterOffice::new("W03"), CounterOffice::new("W04"));
    for office in [&office, &other] {
        office.enrol_with(&hub, &network).await;
        office.sync(&network).await.unwrap();
    }
    let (hub_backup, folder) = (hub.backup(), tempfile::tempdir().unwrap());
    let office_backup = folder.path().join("backup");
    office.store().backup(&office_backup).unwrap();
    // An account concerns no other counter: with hub and counter it is gone.
    let named = AccountChange::Created {
        display_name: "何某".into(),
        roles: Vec::new(),
    };
    let lane = Lane::new(LaneKind::Account, "he");
    office
        .store()
        .write(|tx| tx.record(&work::act(), lane, ChangeBody::Account(named)))
        .unwrap();
    let no = office.take_case_in(None);
    office.sync(&network).await.unwrap();
    other.sync(&network).await.unwrap();

    hub.restore(hub_backup).await;
    begin_new_life(&hub.hub).await.unwrap();
    office.restore(&office_backup);
    let network = Direct(hub.router());
    other.sync(&network).await.unwrap();
    let mut returned = 0;
    for _ in 0..3 {
        returned += office.sync(&network).await.unwrap().returned;
    }
    assert!(returned > 0);
    assert_eq!(office.case(&no).state, CaseState::Received);
    assert_eq!((office.unsent(), office.delivery(&no)), (0, Delivery::Delivered));
    let report = office.store().check().unwrap();
    assert!(report.ok, "{:?}", report.problems);
    // It goes on.
    office.submit(&no);
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (1, 0));
    other.sync(&network).await.unwrap();
    assert_eq!(other.case(&no).state, CaseState::Submitted);
}

#[tokio::test]
async fn a_hub_put_back_from_an_old_backup_and_then_from_a_newer_one_gives_its_receipts_again_and_they_hold() {
    let mut lost = 0;
    // Wherever the line breaks while the counter talks to the old one.
    for arriving in 2..=6 {
        let mut hub = HubOffice::new().await;
        let office = CounterOffice::new("W03");
        let network = Direct(hub.router());
        office.enrol_with(&hub, &network).await;
        office.sync(&network).await.unwrap();
        let old = hub.backup();
        let no = office.take_case_in(None);
        office.sync(&network).await.unwrap();
        let newer = hub.backup();

        hub.restore(old).await;
        begin_new_life(&hub.hub).await.unwrap();
        let fates = (0..40).map(|nth| if nth < arriving { Fate::Arrives } else { Fate::Lost });
        let _broken_or_not = office.sync(&Told::new(hub.router(), fates)).await;
        lost += u64::from(office.unsent() > 0);
        hub.restore(newer).await;
        begin_new_life(&hub.hub).await.unwrap();
        let network = Direct(hub.router());
        for _ in 0..2 {
            office.sync(&network).await.unwrap();
        }
        assert_eq!(
            (office.unsent(), office.delivery(&no)),
            (0, Delivery::Delivered),
            "{arriving}"
        );
    }
    assert!(lost > 0, "the receipts were lost in between");
}
