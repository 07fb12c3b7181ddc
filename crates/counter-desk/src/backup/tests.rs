//! Backups by plan, over a real store and real folders.

use std::{fs, path::Path, sync::Arc};

use counter_core::{account::Role, change::CounterCode, pack::RuleBook};
use counter_store::{Custody, EntropySource, Environment, NewCounter, Passphrase, RecoveryWords, Store, StoreError};
use tempfile::TempDir;

use super::{
    drill::{DRILL_FOLDER, DrillError, hold_drill},
    make_backup::{BackupError, Occasion, make_backup},
    plan::{BackupPlan, PlanError, plan_backups},
    status::{backup_files, backup_status},
};
use crate::{
    Coded, Desk, DeskParts, FixedClock, SystemEntropy,
    account::add_account::{AddAccount, add_account},
};

struct Counter {
    store: Store,
    words: RecoveryWords,
    folder: TempDir,
    backups: TempDir,
}

impl Counter {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let counter = NewCounter {
            site: "440104".into(),
            counter: CounterCode("W03".into()),
            prefix: "YX".into(),
            test: true,
        };
        let environment = Environment {
            entropy: EntropySource::system(),
            now_at: 0,
        };
        let custody = Custody::Passphrase(Passphrase::new("测试口令"));
        let (store, words) = Store::create(&folder.path().join("data"), &counter, &custody, &environment).unwrap();
        Self {
            store,
            words,
            folder,
            backups: tempfile::tempdir().unwrap(),
        }
    }

    /// The desk at a moment of the counter's day.
    fn at(&self, moment: &str) -> Desk {
        Desk::new(DeskParts {
            store: self.store.clone(),
            rules: Arc::new(RuleBook::shipped()),
            clock: Arc::new(FixedClock(format!("{moment}:00+08:00").parse().unwrap())),
            entropy: Arc::new(SystemEntropy),
        })
    }

    fn plan(&self, days: u32) {
        let plan = BackupPlan {
            folder: self.backups.path().to_string_lossy().into_owned(),
            days,
            weeks: 0,
            months: 0,
        };
        plan_backups(&self.at("2026-11-20T09:00"), Some(plan)).unwrap();
    }

    fn record_something(&self, name: &str) {
        let account = AddAccount {
            name: name.into(),
            display_name: "李".into(),
            roles: vec![Role::Clerk],
        };
        add_account(&self.at("2026-11-20T09:00"), None, account).unwrap();
    }

    fn files(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.backups.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort_unstable();
        names
    }
}

#[test]
fn a_backup_is_made_once_a_day_and_at_the_close_when_something_was_recorded() {
    let counter = Counter::new();
    assert_eq!(
        make_backup(&counter.at("2026-11-20T09:00"), Occasion::Running).unwrap(),
        None,
        "nothing is planned"
    );
    counter.plan(7);
    let made = |moment, occasion| make_backup(&counter.at(moment), occasion).unwrap().is_some();
    assert!(made("2026-11-20T09:00", Occasion::Running), "there is none yet");
    assert!(!made("2026-11-20T17:00", Occasion::Running), "there is one of today");
    assert!(
        !made("2026-11-20T17:30", Occasion::Closing),
        "nothing was recorded since"
    );
    counter.record_something("li");
    assert!(made("2026-11-20T17:30", Occasion::Closing));
    assert!(made("2026-11-21T00:01", Occasion::Running), "another day");
    assert!(made("2026-11-21T00:02", Occasion::Asked));
    // A clock that was set ahead and back again stops no backup.
    assert!(made("2027-01-01T09:00", Occasion::Running));
    assert!(made("2026-11-22T09:00", Occasion::Running));
}

#[test]
fn what_the_plan_does_not_keep_goes_and_nothing_else_is_touched() {
    let counter = Counter::new();
    counter.plan(2);
    let others = [
        "照片.png",
        "YX-440104-W04-20261101-090000.backup",
        "YX-440104-W03-before.backup",
    ];
    for name in others {
        fs::write(counter.backups.path().join(name), "other").unwrap();
    }
    for left_by_a_kill in ["db-part", "files-part-journal"] {
        let name = format!("YX-440104-W03-20261119-090000.backup.{left_by_a_kill}");
        fs::write(counter.backups.path().join(name), "half").unwrap();
    }
    for day in 20..=24 {
        make_backup(&counter.at(&format!("2026-11-{day}T09:00")), Occasion::Running).unwrap();
    }
    let mut expected = vec![
        "YX-440104-W03-20261123-090000.backup",
        "YX-440104-W03-20261124-090000.backup",
        others[2],
        others[1],
        others[0],
    ];
    expected.sort_unstable();
    assert_eq!(counter.files(), expected);
    let offered: Vec<String> = backup_files(&counter.at("2026-11-24T10:00"))
        .unwrap()
        .into_iter()
        .map(|file| file.made)
        .collect();
    assert_eq!(offered, ["2026-11-24 09:00", "2026-11-23 09:00"]);
}

#[test]
fn a_backup_that_fails_is_told_and_the_ones_before_stay() {
    let counter = Counter::new();
    counter.plan(1);
    make_backup(&counter.at("2026-11-20T09:00"), Occasion::Running).unwrap();
    let away = counter.folder.path().join("stick-pulled-out");
    fs::rename(counter.backups.path(), &away).unwrap();
    let failed = make_backup(&counter.at("2026-11-21T09:00"), Occasion::Running);
    assert!(
        matches!(&failed, Err(BackupError::Store(error)) if error.code() == "io"),
        "{failed:?}"
    );
    let soon = backup_status(&counter.at("2026-11-21T09:01")).unwrap();
    assert_eq!(soon.failed.map(|failed| failed.code).as_deref(), Some("io"));
    assert!(!soon.overdue);
    assert!(backup_status(&counter.at("2026-11-22T10:00")).unwrap().overdue);
    assert_eq!(fs::read_dir(&away).unwrap().count(), 1);
    // Back again, and all is well.
    fs::rename(&away, counter.backups.path()).unwrap();
    make_backup(&counter.at("2026-11-22T10:01"), Occasion::Running).unwrap();
    let after = backup_status(&counter.at("2026-11-22T10:02")).unwrap();
    assert!(after.failed.is_none() && !after.overdue);
}

#[test]
fn backups_are_planned_only_where_they_can_be_written_and_outlive_the_data() {
    let counter = Counter::new();
    let desk = counter.at("2026-11-20T09:00");
    let plan = |folder: &Path, days| BackupPlan {
        folder: folder.to_string_lossy().into_owned(),
        days,
        weeks: 4,
        months: 12,
    };
    let inside = counter.store.folder().join("backups");
    fs::create_dir(&inside).unwrap();
    let refused = plan_backups(&desk, Some(plan(&inside, 7)));
    assert!(matches!(refused, Err(PlanError::InsideData(_))), "{refused:?}");
    let refused = plan_backups(&desk, Some(plan(Path::new("/nowhere/at/all"), 7)));
    assert!(matches!(refused, Err(PlanError::Folder { .. })), "{refused:?}");
    let refused = plan_backups(&desk, Some(plan(counter.backups.path(), 0)));
    assert!(matches!(refused, Err(PlanError::Number)), "{refused:?}");
    assert_eq!(backup_status(&desk).unwrap().plan, None);
    plan_backups(&desk, Some(plan(counter.backups.path(), 7))).unwrap();
    assert_eq!(backup_status(&desk).unwrap().plan.map(|plan| plan.months), Some(12));
    plan_backups(&desk, None).unwrap();
    assert_eq!(backup_status(&desk).unwrap().plan, None);
}

#[test]
fn a_drill_tells_what_would_come_back_and_is_noted() {
    let counter = Counter::new();
    counter.plan(7);
    counter.record_something("li");
    let made = make_backup(&counter.at("2026-11-20T09:00"), Occasion::Running)
        .unwrap()
        .unwrap();
    counter.record_something("later");
    let desk = counter.at("2026-11-20T10:00");
    let words = counter.words.words().join(" ");
    let report = hold_drill(&desk, Path::new(&made.file), &words).unwrap();
    assert_eq!((report.changes, report.problems.len()), (made.changes, 0));
    assert!(!counter.store.folder().join(DRILL_FOLDER).exists());
    assert!(backup_status(&desk).unwrap().drill.is_some_and(|note| note.good));
    let mistyped = hold_drill(&desk, Path::new(&made.file), "天地");
    assert!(matches!(mistyped, Err(DrillError::Words(_))));
    let others = Counter::new().words.words().join(" ");
    let refused = hold_drill(&desk, Path::new(&made.file), &others);
    assert_eq!(refused.unwrap_err().code(), "wrong_key");
    assert!(
        counter
            .store
            .check()
            .map_err(|error: StoreError| error.to_string())
            .unwrap()
            .ok
    );
}
