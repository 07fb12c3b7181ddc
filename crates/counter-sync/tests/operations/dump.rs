//! A city's hub: its PostgreSQL dumped while counters push, lost, and put into another database.

use counter_core::case::CaseState;
use test_support::{HubPlace, postgres::Database};

use crate::working::{Working, decide, heal, is_healed, round, two_bound};

#[tokio::test(flavor = "multi_thread")]
async fn a_dump_made_while_a_counter_pushes_is_restored_and_the_counters_heal_the_rest() {
    let (database, key) = (Database::fresh().unwrap(), tempfile::tempdir().unwrap());
    let place = HubPlace::postgres(key.path(), database.url());
    let mut hub = place.start();
    let (counters, decided) = two_bound(&place, &hub).await;
    let working = Working::begin(&counters[0]);
    working.goes_on(2).await;
    let file = key.path().join("hub.dump");
    database.dump(&file).unwrap();
    working.goes_on(3).await;
    working.end().await;
    decide(&place, &decided);
    round(&counters).await;

    hub.kill();
    drop(database);
    let again = Database::fresh().unwrap();
    again.restore(&file).unwrap();
    let place = HubPlace::postgres(key.path(), again.url());
    assert_eq!(place.run(&["restored"]).status, 0);
    let hub = place.start();
    heal(&hub.url, &counters).await;
    is_healed(&place.open_postgres().await, &counters).await;
    for counter in &counters {
        assert_eq!(counter.case(&decided).state, CaseState::Decided);
    }
}
