//! A counter put back from a backup, or going on as a copy: its lost work comes back, and what two copies wrote is kept.

use counter_core::{
    case::CaseState,
    change::{Lane, LaneKind},
};
use counter_store::{Delivery, EntropySource, StoreError};

use test_support::{CounterOffice, HubOffice, TestClock, network::Direct, work::withdrawn};

#[tokio::test]
async fn a_counter_restored_from_a_backup_gets_its_own_lost_changes_back() {
    let (hub, mut office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let kept = office.take_case_in(None);
    office.sync(&network).await.unwrap();
    // Not sent before the backup, but recorded by the hub together with later work, under one receipt.
    let unsent = office.take_case_in(None);
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    office.store().backup(&backup).unwrap();

    office.submit(&kept);
    let content = vec![7; 1_500_000];
    let scan = office
        .store()
        .attachments()
        .put("scan.pdf", "application/pdf", &content)
        .unwrap();
    let lost = office.take_case_in(Some(&scan));
    let lane = Lane::new(LaneKind::Case, &lost);
    let sealed = office
        .store()
        .write::<_, StoreError>(|tx| tx.seal(&lane, "440104198001011234"))
        .unwrap();
    office.act_on_case(&lost, withdrawn()).unwrap();
    office.sync(&network).await.unwrap();
    let before = (office.own_changes(), office.store().identity());

    office.restore(&backup);
    let new = office.take_case_in(None);
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!(outcome.refused, []);
    assert_eq!(
        outcome.returned, 6,
        "a submission, a visit and its case, and a withdrawal"
    );

    for no in [&kept, &unsent, &lost, &new] {
        assert_eq!(office.delivery(no), Delivery::Delivered, "{no}");
    }
    assert_eq!(office.case(&kept).state, CaseState::Submitted);
    assert_eq!(office.case(&lost).state, CaseState::Withdrawn);
    assert_eq!(office.store().attachments().get(&scan.sha256).unwrap(), content);
    let number = office.store().read(|tx| tx.unseal(&lane, &sealed)).unwrap();
    assert_eq!(number.unwrap().as_str(), "440104198001011234");
    let known = office
        .store()
        .read(|tx| tx.change(&before.1.counter, before.1.incarnation, before.0));
    assert!(known.unwrap().is_some(), "the old life is whole again");
    assert!(office.store().check().unwrap().ok, "{:?}", office.store().check());
    assert_eq!(office.unsent(), 0);
    assert_ne!(new, lost, "no number is given twice");
    assert_eq!(office.sync(&network).await.unwrap(), Default::default());
}

#[tokio::test]
async fn a_life_lost_with_everything_it_did_comes_back_too() {
    let (hub, mut office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let backup = folder.path().join("backup");
    office.store().backup(&backup).unwrap();
    let mut cases = Vec::new();
    for _ in 0..3 {
        cases.push(office.take_case_in(None));
        office.sync(&network).await.unwrap();
        office.restore(&backup);
    }
    office.sync(&network).await.unwrap();
    for no in &cases {
        assert_eq!(office.delivery(no), Delivery::Delivered);
    }
    assert!(office.store().check().unwrap().ok, "{:?}", office.store().check());
}

#[tokio::test]
async fn what_two_copies_of_one_counter_wrote_is_kept_by_both_and_by_the_hub() {
    let (hub, mut office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let shared = office.take_case_in(None);
    office.sync(&network).await.unwrap();
    let mut copy = office.copy(EntropySource::system(), TestClock::default());

    // Both go on under the same key, life and numbers; one number is given out by both.
    let first = office.take_case_in(None);
    office.submit(&shared);
    office.sync(&network).await.unwrap();
    let twin = copy.take_case_in(None);
    assert_eq!(first, twin);
    let second = copy.take_case_in(None);
    let outcome = copy.sync(&network).await.unwrap();
    assert!(outcome.forked);
    copy.sync(&network).await.unwrap();

    assert_eq!(copy.unsent(), 0, "nothing stays behind in the life that forked");
    assert_eq!(
        copy.delivery(&second),
        Delivery::Delivered,
        "carried over under its own number"
    );
    assert_eq!(
        copy.case(&shared).state,
        CaseState::Submitted,
        "what the other copy did is here"
    );
    // Two cases under one number cannot both stand: the later one is shown with its reason.
    assert_eq!(copy.delivery(&twin), Delivery::Refused);
    let parked = copy.store().read(|tx| tx.parked_changes()).unwrap();
    assert!(
        parked
            .iter()
            .any(|change| change.lane == Lane::new(LaneKind::Case, &twin))
    );
    assert!(copy.store().check().unwrap().ok, "{:?}", copy.store().check());

    office.sync(&network).await.unwrap();
    assert_eq!(office.case(&second).state, CaseState::Received);
    let third = copy.take_case_in(None);
    assert!(![&first, &second].contains(&&third));
    office.reopen();
    copy.reopen();
}

#[tokio::test]
async fn an_idle_copy_learns_what_the_other_did_before_it_writes() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();
    let copy = office.copy(EntropySource::system(), TestClock::default());
    let first = office.take_case_in(None);
    office.sync(&network).await.unwrap();

    assert!(copy.sync(&network).await.unwrap().forked);
    assert_eq!(copy.case(&first).state, CaseState::Received);
    let second = copy.take_case_in(None);
    assert_ne!(first, second);
    copy.sync(&network).await.unwrap();
    assert_eq!(copy.delivery(&second), Delivery::Delivered);
}
