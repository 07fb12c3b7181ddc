//! What no lane took is said again or given up at the counter, and the hub lets go of it.

use std::sync::Arc;

use counter_core::{
    account::Role,
    case::{CaseChange, CaseState, MaterialState},
    change::ChangeBody,
    pack::RuleBook,
    refusal::{Refusal, RefusalCode},
};
use counter_desk::{
    Actor, Coded, Desk, DeskParts, FixedClock, SystemEntropy,
    delivery::status,
    parked::{
        amend_parked::amend_parked,
        parked_list::{WayOut, WhyParked, parked_list},
        withdraw_parked::withdraw_parked,
    },
};
use counter_store::{Delivery, StoredChange, Verdict, WaitingFor};
use hub_server::{
    authority_act::Outcome,
    judge_again::{Come, JudgedAgain, judge_again},
    overview,
    store::{HubStore, OverviewStore},
};
use jiff::{Timestamp, civil::date};
use test_support::{CounterOffice, HubOffice, NOW, SITE, network::Direct, work};

use crate::claim::with_an_old_computer;

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

/// How many lines stand in 待处理 at the hub.
async fn parked_at(hub: &HubOffice) -> usize {
    let rules = RuleBook::shipped();
    overview::follow(&hub.hub, &rules, SITE).await.unwrap();
    let mut transaction = hub.hub.store.begin_read().await.unwrap();
    transaction.parked(SITE, 0, 1000).await.unwrap().len()
}

/// A counter whose clerk `li` submitted and took a case back after the authority had declined it.
async fn with_a_refusal() -> (HubOffice, CounterOffice, String) {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);
    office.submit(&no);
    office.sync(&network).await.unwrap();
    hub.decide(&no, Outcome::Declined).await.unwrap();
    office.act_on_case(&no, work::withdrawn()).unwrap();
    office.sync(&network).await.unwrap();
    (hub, office, no)
}

#[tokio::test]
async fn refused_work_is_given_up_and_the_lane_is_free_again() {
    let (hub, office, no) = with_a_refusal().await;
    let network = Direct(hub.router());
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
            work::commitment(MaterialState::Faulty {
                reason: "未盖章".into(),
            }),
        )
        .unwrap();
    second
        .act_on_case(&no, work::commitment(MaterialState::Pending))
        .unwrap();
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
    let (hub, old, office, _) = with_an_old_computer().await;
    let network = Direct(hub.router());
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
    let (hub, mut office, no) = with_a_refusal().await;
    let network = Direct(hub.router());

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

fn desk(office: &CounterOffice, now: Timestamp) -> Desk {
    Desk::new(DeskParts {
        store: office.store().clone(),
        rules: Arc::new(RuleBook::shipped()),
        clock: Arc::new(FixedClock(now)),
        entropy: Arc::new(SystemEntropy),
    })
}

fn somebody(account: &str, role: Role) -> Actor {
    Actor {
        account: account.into(),
        display_name: account.into(),
        roles: vec![role],
    }
}

#[tokio::test]
async fn the_desk_lists_parked_work_of_whoever_made_it_and_says_what_it_was() {
    let (hub, office, no) = with_a_refusal().await;
    // Somebody else is signed in by now, and the counter was bound once more.
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let desk = desk(&office, Timestamp::from_millisecond(NOW).unwrap());
    let list = parked_list(&desk).unwrap();
    assert_eq!((list.open.len(), list.settled.len()), (1, 0));
    let entry = &list.open[0];
    assert_eq!(
        (entry.lane_id.as_str(), entry.kind.as_str(), entry.actor.as_str()),
        (no.as_str(), "case_withdrawn", "li")
    );
    assert_eq!(entry.about, "广州市越秀区测试某某商贸有限公司 · 越市监处罚〔2026〕7号");
    assert_eq!(
        (entry.on.as_deref(), entry.detail.as_str()),
        (Some("2026-11-26"), "当事人撤回")
    );
    assert_eq!(entry.since, Some(NOW));
    assert_eq!(
        entry.why,
        WhyParked::Refused {
            code: RefusalCode::WrongState,
            detail: "declined".into()
        }
    );
    assert!(entry.can_amend);
    assert_eq!(status(&desk).unwrap().parked, 1);

    // As the case is now it cannot be taken back: it stays parked, with the reason.
    let clerk = somebody("wang", Role::Clerk);
    let refused = amend_parked(&desk, &clerk, &entry.id, None).unwrap_err();
    assert_eq!(refused.code(), "wrong_state");
    for (actor, reason, code) in [
        (somebody("auditor", Role::Auditor), "重复", "not_permitted"),
        (clerk.clone(), "  ", "field_empty"),
    ] {
        let refused = withdraw_parked(&desk, &actor, &entry.id, reason).unwrap_err();
        assert_eq!(refused.code(), code);
    }
    withdraw_parked(&desk, &clerk, &entry.id, "已不予受理").unwrap();
    let list = parked_list(&desk).unwrap();
    assert!(list.open.is_empty());
    let settled = &list.settled[0];
    assert_eq!(
        (
            settled.way,
            settled.reason.as_deref(),
            settled.by.as_str(),
            settled.taken
        ),
        (WayOut::Withdrawn, Some("已不予受理"), "wang", false)
    );
    office.sync(&Direct(hub.router())).await.unwrap();
    assert!(parked_list(&desk).unwrap().settled[0].taken);
    assert_eq!(status(&desk).unwrap().parked, 0);
    let again = withdraw_parked(&desk, &clerk, &entry.id, "x").unwrap_err();
    assert_eq!(again.code(), "nothing_to_settle");
}

#[tokio::test]
async fn an_act_dated_before_what_the_hub_knows_is_done_again_on_another_day() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);
    office.submit(&no);
    office.sync(&network).await.unwrap();
    // The authority enters that it asks for more, on the 26th; the counter, not knowing, that it accepted on the 25th.
    hub.decide(&no, Outcome::Supplement).await.unwrap();
    let accepted = CaseChange::Accepted {
        by: "区市场监管局".into(),
        on: date(2026, 11, 25),
        number: None,
    };
    office.act_on_case(&no, accepted).unwrap();
    office.sync(&network).await.unwrap();
    let desk = desk(&office, "2026-11-28T09:00:00+08:00".parse().unwrap());
    let entry = parked_list(&desk).unwrap().open.remove(0);
    assert!(
        matches!(
            &entry.why,
            WhyParked::Refused {
                code: RefusalCode::DateBeforeCause,
                ..
            }
        ),
        "{:?}",
        entry.why
    );
    let clerk = somebody("li", Role::Clerk);
    for (on, code) in [
        (None, "date_before_cause"),
        (Some("2026-12-01"), "bad_date"),
        (Some("gestern"), "bad_date"),
    ] {
        assert_eq!(amend_parked(&desk, &clerk, &entry.id, on).unwrap_err().code(), code);
    }
    amend_parked(&desk, &clerk, &entry.id, Some("2026-11-27")).unwrap();
    office.sync(&network).await.unwrap();
    assert_eq!(office.case(&no).state, CaseState::Accepted);
    let list = parked_list(&desk).unwrap();
    assert_eq!((list.open.len(), list.settled[0].way), (0, WayOut::Amended));
    assert!(list.settled[0].taken);
}
