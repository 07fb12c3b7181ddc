//! The delegation of a counter's key: renewed in time without a person, never after its end.

use counter_store::{StoreError, table::hub_binding};
use counter_sync::SyncError;
use hub_api::{delegation::RENEW_WITHIN_MS, refused::RefusedCode};
use hub_server::enrolment::DELEGATION_VALID_MS;
use test_support::{CounterOffice, HubOffice, network::Direct};

fn delegated_until(office: &CounterOffice) -> i64 {
    let binding = office.store().read::<_, StoreError>(hub_binding::get).unwrap();
    binding.unwrap().delegated_until_at
}

#[tokio::test]
async fn a_delegation_is_renewed_before_it_ends_and_a_counter_that_was_away_too_long_needs_a_code() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    let network = Direct(hub.router());
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();
    let first = delegated_until(&office);

    let pass = |ms| {
        hub.clock.move_by(ms);
        office.now.move_by(ms);
    };
    pass(DELEGATION_VALID_MS - RENEW_WITHIN_MS - 1000);
    office.sync(&network).await.unwrap();
    assert_eq!(delegated_until(&office), first, "not before its time");
    pass(2000);
    office.sync(&network).await.unwrap();
    let second = delegated_until(&office);
    assert!(second > first);
    // Over the end of the first delegation the counter goes on as if nothing were.
    pass(RENEW_WITHIN_MS);
    office.take_case_in(None);
    assert_eq!(office.sync(&network).await.unwrap().pushed, 4);

    pass(DELEGATION_VALID_MS);
    let refused = office.sync(&network).await.unwrap_err();
    let code = RefusedCode::KeyExpired;
    assert!(
        matches!(refused, SyncError::Refused { code: found, .. } if found == code),
        "{refused}"
    );
    office.enrol_with(&hub, &network).await;
    office.sync(&network).await.unwrap();
}
