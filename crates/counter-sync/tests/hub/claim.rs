//! What a closed life still sent waits for a person, and is judged once somebody stands by it.

use counter_core::case::CaseState;
use counter_store::{Delivery, EntropySource, Verdict, WaitingFor};
use hub_server::judge_again::{Come, JudgedAgain, judge_again};
use test_support::{CounterOffice, HubOffice, SITE, TestClock, network::Direct};

/// A hub with a case that an old computer of a counter and the one that followed it both know. The old one was thought
/// lost, another goes on from a backup, and then the old one is found.
pub async fn with_an_old_computer() -> (HubOffice, CounterOffice, CounterOffice, String) {
    let (hub, mut office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let shared = office.take_case_in(None);
    office.sync(&network).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    office.store().backup(&backup).unwrap();
    let old = office.copy(EntropySource::system(), TestClock::default());
    office.restore(&backup);
    office.sync(&network).await.unwrap();
    (hub, old, office, shared)
}

#[tokio::test]
async fn what_a_closed_life_still_sent_is_judged_when_it_is_claimed() {
    let (hub, old, office, shared) = with_an_old_computer().await;
    let network = Direct(hub.router());
    let late = old.take_case_in(None);
    old.submit(&late);
    old.submit(&shared);
    let outcome = old.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.refused.len()), (6, 0), "recorded, not judged");
    let parked = old.store().read(|tx| tx.parked_changes()).unwrap();
    assert_eq!(parked.len(), 6);
    assert!(
        parked
            .iter()
            .all(|change| change.verdict == Some(Verdict::Waiting(WaitingFor::Claim)))
    );

    let identity = old.store().identity();
    let come = Come::Claim {
        counter: identity.counter,
        incarnation: identity.incarnation,
    };
    let judged = judge_again(&hub.hub, SITE, &come).await.unwrap();
    assert_eq!(judged, JudgedAgain { taken: 6, refused: 0 });
    assert_eq!(
        judge_again(&hub.hub, SITE, &come).await.unwrap(),
        JudgedAgain::default()
    );
    for counter in [&old, &office] {
        counter.sync(&network).await.unwrap();
        // What came in as its own is given its receipt in the round after.
        counter.sync(&network).await.unwrap();
        assert_eq!(counter.case(&late).state, CaseState::Submitted);
        assert_eq!(counter.case(&shared).state, CaseState::Submitted);
        assert_eq!(counter.delivery(&late), Delivery::Delivered);
        assert!(counter.store().read(|tx| tx.parked_changes()).unwrap().is_empty());
    }
}
