//! The hub of one office: backed up while counters push, lost, and put back, by the command or by hand.

use std::{path::Path, sync::Arc};

use counter_core::case::CaseState;
use counter_store::Delivery;
use hub_server::store::{HubLifeStore, HubStore};
use test_support::{CounterOffice, HubPlace, HubProcess};

use crate::working::{Working, decide, heal, is_healed, round, two_bound};

/// A hub with a backup that was made while a counter pushed, and what was done after it.
struct Office {
    folder: tempfile::TempDir,
    place: HubPlace,
    hub: HubProcess,
    counters: Vec<Arc<CounterOffice>>,
    decided: String,
}

impl Office {
    async fn with_a_backup() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = HubPlace::folder(folder.path().join("data"));
        let hub = place.start();
        let (counters, decided) = two_bound(&place, &hub).await;
        let working = Working::begin(&counters[0]);
        working.goes_on(2).await;
        let file = folder.path().join("hub.backup");
        let made = place.run(&["backup", file.to_str().unwrap()]);
        assert_eq!(made.status, 0, "{made:?}");
        let district = &made.json()["districts"][0];
        assert_eq!(district["site"], "440104");
        assert!(district["log_index"].as_u64().unwrap() > 0, "{made:?}");
        working.goes_on(3).await;
        working.end().await;

        // What only the lost hub and the counters know of.
        decide(&place, &decided);
        round(&counters).await;
        assert_eq!(counters[1].case(&decided).state, CaseState::Decided);
        Self {
            folder,
            place,
            hub,
            counters,
            decided,
        }
    }

    fn backup(&self) -> std::path::PathBuf {
        self.folder.path().join("hub.backup")
    }

    async fn life(&self) -> String {
        let hub = self.place.open_sqlite().await;
        let mut transaction = hub.store.begin_read().await.unwrap();
        transaction.life_now().await.unwrap().to_string()
    }

    /// Starts the hub again; the counters give back what it lost.
    async fn heals(mut self) {
        self.hub = self.place.start();
        heal(&self.hub.url, &self.counters).await;
        self.hub.kill();
        let hub = self.place.open_sqlite().await;
        is_healed(&hub, &self.counters).await;
        for counter in &self.counters {
            assert_eq!(counter.case(&self.decided).state, CaseState::Decided);
            assert_eq!(counter.delivery(&self.decided), Delivery::Delivered);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_a_counter_pushes_is_restored_by_the_command_and_the_counters_heal_the_rest() {
    let mut office = Office::with_a_backup().await;
    let (backup, lived) = (office.backup(), office.life().await);
    let file = backup.to_str().unwrap();
    let again = office.place.run(&["backup", file]);
    assert_eq!((again.status, &again.json()["error"]["code"]), (3, &"exists".into()));
    let while_it_runs = office.place.run(&["restore", file]);
    assert_eq!(
        (while_it_runs.status, &while_it_runs.json()["error"]["code"]),
        (3, &"in_use".into()),
        "{while_it_runs:?}"
    );
    round(&office.counters).await;

    office.hub.kill();
    let restored = office.place.run(&["restore", file]);
    assert_eq!(restored.status, 0, "{restored:?}");
    let kept = restored.json()["kept"].as_str().unwrap().to_owned();
    assert!(Path::new(&kept).is_file(), "what stood there is kept");
    assert_ne!(office.life().await, lived);
    let begun = office.life().await;
    office.hub = office.place.start();
    assert_eq!(
        office.life().await,
        begun,
        "the mark sees nothing new in what the command did"
    );
    office.heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_put_back_by_hand_is_noticed_at_the_next_start_though_nobody_says_so() {
    let mut office = Office::with_a_backup().await;
    let lived = office.life().await;
    office.hub.tell_to_stop();
    assert!(office.hub.ended().success());
    let database = office.place.data().join("hub.db");
    for end in ["-wal", "-shm"] {
        let _gone = std::fs::remove_file(office.place.data().join(format!("hub.db{end}")));
    }
    std::fs::copy(office.backup(), &database).unwrap();
    assert_eq!(office.life().await, lived, "the backup is of the same life");

    // A command is the first to open it: it must not go on with numbers that were given before.
    let code = office.place.code_for("W09");
    assert!(!code.is_empty());
    assert_ne!(office.life().await, lived, "a new life was begun");
    office.hub = office.place.start();
    office.hub.kill();
    office.heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_hub_that_was_not_restored_goes_on_in_its_life() {
    let mut office = Office::with_a_backup().await;
    let lived = office.life().await;
    office.hub.kill();
    office.hub = office.place.start();
    assert_eq!(office.life().await, lived);
    office.heals().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_whole_backup_is_refused_and_nothing_is_moved() {
    let office = Office::with_a_backup().await;
    let mut hub = office.hub;
    hub.kill();
    let bytes = std::fs::read(office.folder.path().join("hub.backup")).unwrap();
    let half = office.folder.path().join("half.backup");
    std::fs::write(&half, &bytes[..bytes.len() / 2]).unwrap();
    let altered = office.folder.path().join("altered.backup");
    std::fs::copy(office.folder.path().join("hub.backup"), &altered).unwrap();
    alter(&altered);
    let other = office.folder.path().join("other.backup");
    std::fs::write(&other, b"not a database at all, but long enough to be looked at").unwrap();
    for (file, code) in [(&half, "damaged"), (&altered, "damaged"), (&other, "damaged")] {
        let refused = office.place.run(&["restore", file.to_str().unwrap()]);
        assert_eq!(
            (refused.status, &refused.json()["error"]["code"]),
            (3, &code.into()),
            "{}: {refused:?}",
            file.display()
        );
    }
    let still_there = office.place.open_sqlite().await;
    is_healed(&still_there, &office.counters).await;
}

/// Changes an entry of the log, which every page's own check finds whole.
fn alter(file: &Path) {
    let database = rusqlite::Connection::open(file).unwrap();
    let altered = database.execute("UPDATE log_entry SET at = at + 1 WHERE log_index = 1", []);
    assert_eq!(altered.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_over_postgresql_says_plainly_whose_business_its_backup_is() {
    let (database, key) = (
        test_support::postgres::Database::fresh().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let place = HubPlace::postgres(key.path(), database.url());
    for words in [["backup", "hub.backup"], ["restore", "hub.backup"]] {
        let said = place.run(&words);
        assert_eq!(
            (said.status, &said.json()["error"]["code"]),
            (3, &"use_postgres_tools".into())
        );
        assert!(
            said.said.contains("pg_basebackup") && said.said.contains("pg_dump"),
            "{said:?}"
        );
    }
}
