//! Recording: all or nothing, in order, refused where the reducer says so.

use counter_core::{
    account::AccountChange,
    case::CaseState,
    change::{ChangeBody, Lane, LaneKind},
    lane_state::LaneState,
    refusal::RefusalCode,
};
use counter_store::{Access, RecordError, Store, StoreError, Unlock, table::repair_case};

use crate::support::{Counter, act, case_lane, environment, make_account, open, passphrase, submit, take_case_in};

#[test]
fn what_was_recorded_is_there_after_the_next_start() {
    let mut counter = Counter::new();
    let no = take_case_in(counter.store(), None);
    submit(counter.store(), &no).unwrap();
    let store = counter.reopen();
    assert!(!store.was_restored());
    assert_eq!(no, "YX-W03-2026-000001");
    store
        .read::<_, StoreError>(|tx| {
            let row = repair_case::get(tx, &no)?.unwrap();
            assert_eq!(
                (row.state, row.gaps, row.record_changed),
                (CaseState::Submitted, 0, false)
            );
            assert_eq!(
                (row.verdict.as_str(), row.front_door.as_deref()),
                ("eligible", Some("gsxt"))
            );
            let Some(LaneState::Case(case)) = tx.lane(&case_lane(&no))? else {
                panic!("no case")
            };
            assert_eq!(case.submission.unwrap().number, "A1");
            let kinds: Vec<_> = tx
                .changes_of(&case_lane(&no))?
                .into_iter()
                .map(|change| change.kind)
                .collect();
            assert_eq!(kinds, ["case_received", "case_submitted"]);
            Ok(())
        })
        .unwrap();
    assert!(store.check().unwrap().ok);
}

#[test]
fn an_act_that_fails_half_way_leaves_nothing() {
    let counter = Counter::new();
    let lane = Lane::new(LaneKind::Account, "wang");
    let body = || {
        ChangeBody::Account(AccountChange::Created {
            display_name: "王".into(),
            roles: vec![],
        })
    };
    let failed = counter.store().write::<(), RecordError>(|tx| {
        tx.record(&act(), lane.clone(), body())?;
        tx.record(&act(), lane.clone(), body())?;
        Ok(())
    });
    assert!(matches!(failed, Err(RecordError::Refused(refusal)) if refusal.code == RefusalCode::AlreadyExists));
    counter
        .store()
        .read::<_, StoreError>(|tx| {
            assert_eq!(tx.lane(&lane)?, None);
            assert_eq!(tx.unsent(10)?.len(), 1);
            Ok(())
        })
        .unwrap();
    make_account(counter.store(), "wang").unwrap();
    assert!(counter.store().check().unwrap().ok);
}

#[test]
fn a_panic_inside_an_act_leaves_nothing_and_blocks_nobody() {
    let counter = Counter::new();
    let store = counter.store().clone();
    let ended = std::thread::spawn(move || {
        store.write::<(), RecordError>(|tx| {
            tx.record(
                &act(),
                Lane::new(LaneKind::Account, "wang"),
                ChangeBody::Account(AccountChange::Created {
                    display_name: "王".into(),
                    roles: vec![],
                }),
            )?;
            panic!("as a bug would");
        })
    })
    .join();
    assert!(ended.is_err());
    make_account(counter.store(), "wang").unwrap();
}

#[test]
fn a_change_never_cites_a_file_that_is_not_kept() {
    let counter = Counter::new();
    let kept = counter
        .store()
        .attachments()
        .put("承诺书.pdf", "application/pdf", b"%PDF-1.7")
        .unwrap();
    let mut lost = kept.clone();
    lost.sha256 = "00".repeat(32);
    let no = take_case_in(counter.store(), Some(&kept));
    let body = counter_core::case::CaseChange::MaterialMarked {
        code: "commitment".into(),
        mark: counter_core::case::MaterialMark {
            scans: vec![lost],
            ..Default::default()
        },
    };
    let refused = counter
        .store()
        .write(|tx| tx.record(&act(), case_lane(&no), ChangeBody::Case(body)));
    assert!(matches!(refused, Err(RecordError::Store(StoreError::NoAttachment(_)))));
}

#[test]
fn the_second_writer_is_refused_and_a_reader_is_not() {
    let mut counter = Counter::new();
    assert!(matches!(open(counter.path()), Err(StoreError::InUse)));
    let reader = Store::open(
        counter.path(),
        &Unlock::Passphrase(passphrase()),
        Access::ReadOnly,
        &environment(),
    )
    .unwrap();
    let no = take_case_in(counter.store(), None);
    let seen = reader.read::<_, StoreError>(|tx| repair_case::get(tx, &no)).unwrap();
    assert!(seen.is_some());
    assert!(matches!(
        make_account(&reader, "wang"),
        Err(RecordError::Store(StoreError::OpenedForReading))
    ));
    assert!(reader.check().unwrap().ok);
    counter.close();
    open(counter.path()).unwrap();
}

#[test]
fn a_reader_sees_one_moment_while_others_write() {
    let counter = Counter::new();
    counter
        .store()
        .read::<_, StoreError>(|tx| {
            let before = tx.unsent(100)?.len();
            take_case_in(counter.store(), None);
            assert_eq!(tx.unsent(100)?.len(), before);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_folder_with_a_database_is_not_made_anew() {
    let mut counter = Counter::new();
    counter.close();
    let again = Store::create(
        counter.path(),
        &crate::support::new_counter(),
        &counter_store::Custody::Passphrase(passphrase()),
        &environment(),
    );
    assert!(matches!(again, Err(StoreError::AlreadyExists(_))));
}
