//! What no lane took is said again or given up at the counter, and the hub lets go of it.

use counter_core::{
    case::{CaseChange, CaseState, MaterialMark, MaterialState},
    change::ChangeBody,
    refusal::{Refusal, RefusalCode},
};
use counter_store::{Delivery, EntropySource, StoredChange, Verdict, WaitingFor};
use hub_server::{
    authority_act::Outcome,
    judge_again::{Come, JudgedAgain, judge_again},
    overview,
    store::{HubStore, OverviewStore},
};
use jiff::civil::date;
use test_support::{CounterOffice, HubOffice, SITE, TestClock, network::Direct, work};

fn parked(office: &CounterOffice) -> Vec<StoredChange> {
    office.store().read(|tx| tx.parked_changes()).unwrap()
}

fn say_again(office: &CounterOffice, stuck: &StoredChange) {
    let body = stuck.stored.decode().unwrap().body;
    let named = stuck.reference();
    office.store().write(|tx| tx.amend(&work::act(), &named, body)).unwrap();
}

fn give_up(office: &CounterOffice, stuck: &StoredChange) {
    let named = stuck.reference();
    office
        .store()
        .write(|tx| tx.withdraw(&work::act(), &named, "不再需要"))
        .unwrap();
}

fn mark(state: MaterialState) -> CaseChange {
    CaseChange::MaterialMarked {
        code: "commitment".into(),
        mark: MaterialMark {
            state,
            original_seen: false,
            copy_kept: false,
            scans: Vec::new(),
        },
    }
}

/// How many lines stand in 待处理 at the hub.
async fn parked_at(hub: &HubOffice) -> usize {
    let rules = counter_core::pack::RuleBook::shipped();
    overview::follow(&hub.hub, &rules, SITE).await.unwrap();
    let mut transaction = hub.hub.store.begin_read().await.unwrap();
    transaction.parked(SITE, 0, 1000).await.unwrap().len()
}

#[tokio::test]
async fn refused_work_is_given_up_and_the_lane_is_free_again() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);
    office.submit(&no);
    office.sync(&network).await.unwrap();
    hub.decide(&no, Outcome::Declined).await.unwrap();
    let withdrawn = CaseChange::Withdrawn {
        reason: "当事人撤回".into(),
        on: date(2026, 11, 26),
    };
    office.act_on_case(&no, withdrawn).unwrap();
    office.sync(&network).await.unwrap();
    assert_eq!((parked(&office).len(), parked_at(&hub).await), (1, 1));
    assert_eq!(office.delivery(&no), Delivery::Refused);

    give_up(&office, &parked(&office)[0]);
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (1, 0));
    assert_eq!((parked(&office).len(), parked_at(&hub).await), (0, 0));
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    assert_eq!(office.case(&no).state, CaseState::Declined, "giving up changes nothing");
    let (_, by) = office.store().read(|tx| tx.settled_changes(1)).unwrap().remove(0);
    assert_eq!(by.verdict, Some(Verdict::Applied));

    let closed = CaseChange::Closed {
        note: "认定单位不予受理".into(),
        on: date(2026, 11, 27),
    };
    office.act_on_case(&no, closed).unwrap();
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (1, 0));
    assert_eq!(office.case(&no).state, CaseState::Closed);
}

#[tokio::test]
async fn the_loser_of_a_conflict_says_it_again_knowing_the_others_work() {
    let hub = HubOffice::new().await;
    let network = Direct(hub.router());
    let (first, second) = (CounterOffice::new("W03"), CounterOffice::new("W04"));
    for office in [&first, &second] {
        office.enrol_with(&hub, &network).await;
    }
    let no = first.take_case_in(None);
    first.sync(&network).await.unwrap();
    second.sync(&network).await.unwrap();
    first
        .act_on_case(
            &no,
            mark(MaterialState::Faulty {
                reason: "未盖章".into(),
            }),
        )
        .unwrap();
    second.act_on_case(&no, mark(MaterialState::Pending)).unwrap();
    // Made on top of what is going to be refused.
    let paper = CaseChange::RecordChanged {
        source: "x.xlsx".into(),
        differences: vec!["处罚内容".into()],
    };
    second.act_on_case(&no, paper).unwrap();
    first.sync(&network).await.unwrap();
    second.sync(&network).await.unwrap();
    let stuck = parked(&second);
    let words: Vec<_> = stuck.iter().map(|change| change.verdict.clone().unwrap()).collect();
    assert_eq!(
        words,
        [
            Verdict::Refused(Refusal::new(RefusalCode::Contradiction, "case_material_marked")),
            Verdict::Waiting(WaitingFor::EarlierChange)
        ]
    );
    assert_eq!(parked_at(&hub).await, 2);

    for stuck in &stuck {
        say_again(&second, stuck);
    }
    let outcome = second.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (2, 0));
    first.sync(&network).await.unwrap();
    assert_eq!((parked(&second).len(), parked_at(&hub).await), (0, 0));
    for office in [&first, &second] {
        let row = office.case(&no);
        assert_eq!((row.state, row.record_changed), (CaseState::GapsOpen, true));
    }
}

#[tokio::test]
async fn what_a_lost_life_sent_and_the_next_said_again_is_not_taken_a_second_time() {
    let (hub, mut office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.take_case_in(None);
    office.sync(&network).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    office.store().backup(&backup).unwrap();
    let old = office.copy(EntropySource::system(), TestClock::default());
    office.restore(&backup);
    office.sync(&network).await.unwrap();
    let late = old.take_case_in(None);
    old.sync(&network).await.unwrap();

    // The counter sees what its old life still sent, and does not wait for somebody at the hub.
    office.sync(&network).await.unwrap();
    let stuck = parked(&office);
    assert_eq!(stuck.len(), 4);
    for stuck in &stuck {
        say_again(&office, stuck);
    }
    office.sync(&network).await.unwrap();
    assert_eq!(office.case(&late).state, CaseState::Received);
    assert_eq!((parked(&office).len(), parked_at(&hub).await), (0, 0));

    let come = Come::Claim {
        counter: stuck[0].counter.clone(),
        incarnation: stuck[0].incarnation,
    };
    let judged = judge_again(&hub.hub, SITE, &come).await.unwrap();
    assert_eq!(judged, JudgedAgain::default(), "nothing of it waits any more");
}

#[tokio::test]
async fn only_what_is_parked_can_be_settled_and_only_once() {
    let (hub, mut office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);
    office.submit(&no);
    office.sync(&network).await.unwrap();
    hub.decide(&no, Outcome::Declined).await.unwrap();
    let withdrawn = CaseChange::Withdrawn {
        reason: "当事人撤回".into(),
        on: date(2026, 11, 26),
    };
    office.act_on_case(&no, withdrawn).unwrap();
    office.sync(&network).await.unwrap();

    // Two copies of one database give the same refusal up; the second one finds it settled.
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    office.store().backup(&backup).unwrap();
    give_up(&office, &parked(&office)[0]);
    office.sync(&network).await.unwrap();
    office.restore(&backup);
    give_up(&office, &parked(&office)[0]);
    office.sync(&network).await.unwrap();
    let stuck = parked(&office);
    assert_eq!(stuck.len(), 1, "{stuck:?}");
    assert!(
        matches!(&stuck[0].verdict, Some(Verdict::Refused(refusal)) if refusal.code == RefusalCode::NothingToSettle),
        "{:?}",
        stuck[0].verdict
    );
    // What was refused as settling nothing is itself given up.
    assert!(matches!(
        stuck[0].stored.decode().unwrap().body,
        ChangeBody::Withdrawal(_)
    ));
    give_up(&office, &stuck[0]);
    office.sync(&network).await.unwrap();
    assert_eq!((parked(&office).len(), parked_at(&hub).await), (0, 0));
    assert_eq!(office.case(&no).state, CaseState::Declined);
}
