//! What happens at the hub comes to the counter, and is shown there.

use counter_core::{
    case::{CaseChange, CaseState},
    change::{Lane, LaneKind},
};
use counter_store::{Delivery, RecordError, StoreError, table::repair_case};
use hub_server::{authority_act::Outcome, hub_change::HubChangeError};
use jiff::civil::date;

use test_support::{CounterOffice, HubOffice, network::Direct, work};

#[tokio::test]
async fn a_decision_made_at_the_hub_arrives_and_changes_the_case() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);

    let refused = hub.decide(&no, Outcome::Repaired).await.unwrap_err();
    assert!(
        matches!(refused, HubChangeError::Refused(_)),
        "the hub does not know the case yet: {refused}"
    );
    office.submit(&no);
    office.sync(&network).await.unwrap();
    hub.decide(&no, Outcome::Supplement).await.unwrap();
    assert_eq!(
        hub.decide(&no, Outcome::Repaired).await.unwrap().case.state(),
        CaseState::Decided
    );
    let again = hub.decide(&no, Outcome::Repaired).await.unwrap_err();
    assert!(matches!(again, HubChangeError::Refused(_)));

    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.pulled), (0, 2));
    let case = office.case(&no);
    assert_eq!(case.state, CaseState::Decided);
    assert_eq!(office.delivery(&no), Delivery::Delivered);

    // What is done next is based on the decision, and the hub takes it.
    let taken_down = CaseChange::TakenDown {
        sites: vec!["信用中国".into()],
        on: date(2026, 11, 27),
    };
    office.act_on_case(&no, taken_down).unwrap();
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (1, 0));
    assert_eq!(office.case(&no).state, CaseState::TakenDown);
}

#[tokio::test]
async fn the_three_words_of_a_decision_follow_the_state_of_the_case() {
    for (accepted, outcome, expected) in [
        (false, Outcome::Repaired, Some(CaseState::Decided)),
        (false, Outcome::Declined, Some(CaseState::Declined)),
        (true, Outcome::Declined, Some(CaseState::Decided)),
        (true, Outcome::Repaired, Some(CaseState::Decided)),
        (true, Outcome::Supplement, Some(CaseState::Accepted)),
        (false, Outcome::Supplement, Some(CaseState::Submitted)),
    ] {
        let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
        let network = Direct(hub.router());
        office.enrol_with(&hub, &network).await;
        let no = office.take_case_in(None);
        office.submit(&no);
        if accepted {
            let accept = CaseChange::Accepted {
                by: "区市场监管局".into(),
                on: date(2026, 11, 25),
                number: None,
            };
            office.act_on_case(&no, accept).unwrap();
        }
        office.sync(&network).await.unwrap();
        let entered = hub.decide(&no, outcome).await.map(|entered| entered.case.state()).ok();
        assert_eq!(entered, expected, "{accepted} {outcome:?}");
    }
}

#[tokio::test]
async fn a_change_that_lost_against_a_decision_is_kept_shown_and_followed_by_new_work() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);
    office.submit(&no);
    office.sync(&network).await.unwrap();

    hub.decide(&no, Outcome::Declined).await.unwrap();
    office.act_on_case(&no, work::withdrawn()).unwrap();
    let other = office.take_case_in(None);
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!(outcome.pushed, 5, "recording is not judging");
    assert_eq!(outcome.refused.len(), 1);
    assert_eq!(outcome.refused[0].case, no);
    assert_eq!(outcome.refused[0].code, "wrong_state");
    assert_eq!(office.case(&no).state, CaseState::Declined);
    assert_eq!(office.delivery(&no), Delivery::Refused);
    assert_eq!(
        office.delivery(&other),
        Delivery::Delivered,
        "one frozen lane holds no other up"
    );

    let parked = office.store().read(|tx| tx.parked_changes()).unwrap();
    assert_eq!(parked.len(), 1, "the loser's work is kept");

    // The clerk has seen the refusal; what is done next is judged afresh.
    let closed = CaseChange::Closed {
        note: "认定单位不予受理".into(),
        on: date(2026, 11, 27),
    };
    office.act_on_case(&no, closed).unwrap();
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (1, 0));
    let state = hub_state(&hub, &no).await;
    assert_eq!(state, CaseState::Closed);
    assert_eq!(office.case(&no).state, CaseState::Closed);
}

async fn hub_state(hub: &HubOffice, no: &str) -> CaseState {
    use counter_core::lane_state::LaneState;
    use hub_server::{
        judge::read_state,
        store::{HubStore, LaneStore},
    };
    let lane = hub_api::push::LaneWords {
        kind: "case".into(),
        id: no.into(),
    };
    let mut transaction = hub.hub.store.begin_read().await.unwrap();
    let row = transaction.lane(test_support::SITE, &lane).await.unwrap().unwrap();
    let LaneState::Case(case) = read_state(&row).unwrap() else {
        panic!("not a case")
    };
    case.state()
}

#[tokio::test]
async fn another_counter_of_the_district_sees_the_case_but_not_the_accounts() {
    let hub = HubOffice::new().await;
    let network = Direct(hub.router());
    let (first, second) = (CounterOffice::new("W03"), CounterOffice::new("W04"));
    for office in [&first, &second] {
        office.enrol_with(&hub, &network).await;
        make_account(office, "li").unwrap();
    }
    let no = first.take_case_in(None);
    first.sync(&network).await.unwrap();
    let outcome = second.sync(&network).await.unwrap();
    assert_eq!(outcome.refused, [], "two counters may both have a clerk called li");
    assert_eq!(outcome.pulled, 4);
    assert_eq!(second.case(&no).state, CaseState::Received);
    let seen = second
        .store()
        .read(|tx| tx.changes_of(&Lane::new(LaneKind::Account, "li")))
        .unwrap();
    assert_eq!(seen.len(), 1, "only its own");

    // Both go on with the same case at the same time: the first to arrive counts, the other is refused and kept.
    first.submit(&no);
    let referred = CaseChange::Referred {
        office: "法院".into(),
        reason: "属法院".into(),
        on: date(2026, 11, 25),
    };
    second.act_on_case(&no, referred).unwrap();
    first.sync(&network).await.unwrap();
    let outcome = second.sync(&network).await.unwrap();
    assert_eq!(outcome.refused.len(), 1);
    first.sync(&network).await.unwrap();
    for office in [&first, &second] {
        let state = office
            .store()
            .read::<_, StoreError>(|tx| repair_case::get(tx, &no))
            .unwrap()
            .unwrap()
            .state;
        assert_eq!(state, CaseState::Submitted);
    }
}

fn make_account(office: &CounterOffice, name: &str) -> Result<(), RecordError> {
    use counter_core::{
        account::{AccountChange, Role},
        change::{ActId, ChangeBody},
    };
    let act = counter_store::ActContext {
        act_id: ActId([7; 16]),
        actor: "li".into(),
        made_at: test_support::NOW,
    };
    let body = AccountChange::Created {
        display_name: "李受理".into(),
        roles: vec![Role::Clerk],
    };
    office.store().write(|tx| {
        tx.record(&act, Lane::new(LaneKind::Account, name), ChangeBody::Account(body))
            .map(|_| ())
    })
}
