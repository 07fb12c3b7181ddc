//! What was saved offline arrives once, whatever the network does, and only a receipt makes it delivered.

use counter_core::{
    case::{CaseChange, CaseState},
    change::{Lane, LaneKind},
};
use counter_store::{Delivery, StoreError, table::lane_key};
use counter_sync::SyncOutcome;
use hub_api::{
    cbor,
    protocol::{BLOB_OFFER_PATH, PUSH_PATH},
    push::PushAnswer,
};

use test_support::{
    CounterOffice, HubOffice,
    network::{Direct, Fate, Told},
};

#[tokio::test]
async fn a_case_taken_offline_reaches_the_hub_once() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let no = office.take_case_in(None);
    assert_eq!(office.delivery(&no), Delivery::Saved);

    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!(
        outcome,
        SyncOutcome {
            pushed: 5,
            receipts: 1,
            ..SyncOutcome::default()
        }
    );
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    assert_eq!(office.case(&no).state, CaseState::Received);
    assert_eq!(hub.recorded_to(&office.store().identity()).await, office.own_changes());

    assert_eq!(
        office.sync(&network).await.unwrap(),
        SyncOutcome::default(),
        "a second round is a no-op"
    );
    office.submit(&no);
    assert_eq!(
        office.delivery(&no),
        Delivery::Saved,
        "new work is not delivered by an old receipt"
    );
    assert_eq!(office.sync(&network).await.unwrap().pushed, 1);
    assert_eq!(office.delivery(&no), Delivery::Delivered);
}

#[tokio::test]
async fn a_lost_answer_is_healed_by_the_same_receipt_bytes() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let no = office.take_case_in(None);

    let network = Told::new(hub.router(), [Fate::AnswerLost]);
    let failed = office.sync(&network).await.unwrap_err();
    assert_eq!(failed.code(), "hub_unreachable");
    assert_eq!(office.delivery(&no), Delivery::Saved);

    // More work comes between; the hub gives the stored receipt for what it has and a new one for the rest.
    office.submit(&no);
    let outcome = office.sync(&network).await.unwrap();
    assert_eq!((outcome.pushed, outcome.receipts), (6, 2));
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    let answers = network.answers(PUSH_PATH);
    let receipts = |answer: &[u8]| match cbor::decode::<PushAnswer>(answer).unwrap() {
        PushAnswer::Recorded { receipts } => receipts,
        other @ (PushAnswer::Expected { .. } | PushAnswer::Fork { .. }) => panic!("{other:?}"),
    };
    assert_eq!(receipts(&answers[0])[0].as_bytes(), receipts(&answers[1])[0].as_bytes());
    assert_eq!(hub.recorded_to(&office.store().identity()).await, office.own_changes());
}

#[tokio::test]
async fn every_request_sent_twice_makes_no_duplicate() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    // The second copy of the enrolment is answered with the same bytes; of a signed request it is refused, so that the
    // counter signs again and the request is sent a third time.
    let fates = [Fate::Twice]
        .into_iter()
        .chain([Fate::Twice, Fate::Arrives].into_iter().cycle().take(20));
    let twice = Told::new(hub.router(), fates);
    office.enrol_with(&hub, &twice).await;
    let no = office.take_case_in(None);
    let scan = office
        .store()
        .attachments()
        .put("a.pdf", "application/pdf", b"paper")
        .unwrap();
    let with_scan = office.take_case_in(Some(&scan));

    let outcome = office.sync(&twice).await.unwrap();
    assert_eq!(outcome.pushed, 9);
    assert_eq!(hub.recorded_to(&office.store().identity()).await, 9);
    for case in [no, with_scan] {
        assert_eq!(office.delivery(&case), Delivery::Delivered);
    }
    assert_eq!(office.sync(&twice).await.unwrap(), SyncOutcome::default());
}

#[tokio::test]
async fn an_attachment_goes_in_ranges_and_never_holds_the_changes_up() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let direct = Direct(hub.router());
    office.enrol_with(&hub, &direct).await;
    let content: Vec<u8> = (0..2_500_000_u32).map(|index| (index * 7 % 251) as u8).collect();
    let scan = office
        .store()
        .attachments()
        .put("scan.pdf", "application/pdf", &content)
        .unwrap();
    let no = office.take_case_in(Some(&scan));

    // The third range of four requests is lost: the changes go all the same, the receipt names what is missing.
    let network = Told::new(hub.router(), [Fate::Arrives, Fate::Arrives, Fate::Lost]);
    assert_eq!(office.sync(&network).await.unwrap().pushed, 5);
    assert_eq!(
        office.delivery(&no),
        Delivery::Saved,
        "a receipt with a missing attachment is no delivery"
    );

    let network = Told::new(hub.router(), []);
    assert_eq!(office.sync(&network).await.unwrap().pushed, 0);
    assert_eq!(office.delivery(&no), Delivery::Delivered);
    let seen = network.seen.lock().unwrap();
    let ranges = seen
        .iter()
        .filter(|(request, _)| request.method() == http::Method::PUT)
        .count();
    assert_eq!(ranges, 2, "only what was missing is sent again");
    assert!(seen.iter().any(|(request, _)| request.uri().path() == BLOB_OFFER_PATH));
}

#[tokio::test]
async fn a_wrong_clock_at_the_counter_stops_nothing() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.now.move_by_days(-40);
    office.take_case_in(None);
    assert_eq!(office.sync(&network).await.unwrap().pushed, 5);
}

#[tokio::test]
async fn two_counters_writing_in_one_name_are_told_apart_and_lose_nothing() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();

    // A copy of the folder, made behind the program's back, goes on by itself under the same key and numbers.
    let copy = office.copy(
        counter_store::EntropySource::system(),
        test_support::TestClock::default(),
    );
    let first = office.take_case_in(None);
    office.sync(&network).await.unwrap();
    let before = copy.store().identity().incarnation;
    copy.take_case_in(None);
    let outcome = copy.sync(&network).await.unwrap();
    assert!(outcome.forked);
    assert_ne!(copy.store().identity().incarnation, before, "a new life was begun");
    let second = copy.take_case_in(None);
    assert_ne!(first, second, "no number is given twice");
    copy.sync(&network).await.unwrap();
    assert_eq!(copy.delivery(&second), Delivery::Delivered);
    assert_eq!(office.delivery(&first), Delivery::Delivered);
}

#[tokio::test]
async fn a_hub_that_lost_its_newest_changes_is_sent_them_again() {
    let (mut hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();
    let backup = hub.backup();
    let no = office.take_case_in(None);
    office.sync(&network).await.unwrap();

    hub.restore(backup).await;
    office.submit(&no);
    let outcome = office.sync(&Direct(hub.router())).await;
    assert_eq!(
        hub.recorded_to(&office.store().identity()).await,
        office.own_changes(),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn the_key_of_sealed_numbers_goes_beside_the_changes() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Told::new(hub.router(), []);
    office.enrol_with(&hub, &network).await;
    let no = office.take_case_in(None);
    let lane = Lane::new(LaneKind::Case, &no);
    let sealed = office
        .store()
        .write::<_, StoreError>(|tx| tx.seal(&lane, "440104198001011234"))
        .unwrap();
    let closed = CaseChange::Withdrawn {
        reason: "撤回".into(),
        on: jiff::civil::date(2026, 11, 25),
    };
    office.act_on_case(&no, closed).unwrap();
    office.sync(&network).await.unwrap();

    let key = office.store().read(|tx| lane_key::get(tx, &lane)).unwrap().unwrap();
    let body = network.request(PUSH_PATH).into_body();
    let batch: hub_api::push::PushBatch = cbor::decode(&body).unwrap();
    assert_eq!(batch.lane_keys.len(), 1);
    assert_eq!(batch.lane_keys[0].key, key.as_slice());
    assert!(!sealed.0.is_empty());
}

#[tokio::test]
async fn a_counter_bound_while_the_hubs_clock_was_ahead_can_be_bound_again_when_it_is_set_right() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    hub.clock.move_by_days(3);
    office.enrol_with(&hub, &network).await;
    hub.clock.move_by_days(-3);
    let no = office.take_case_in(None);
    assert_eq!(office.sync(&network).await.unwrap_err().code(), "key_expired");
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
}
