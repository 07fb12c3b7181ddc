//! What the demo data promises.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use counter_core::{
    assess::{PackChoice, Verdict, assess},
    change::CounterCode,
    identifier::Uscc,
    lane_state::LaneState,
    pack::RuleBook,
    publicity::{Level, Rule},
};
use counter_store::{Custody, EntropySource, Environment, NewCounter, Passphrase, Store};

use super::*;
use crate::{DeskParts, FixedClock, SystemEntropy, import};

fn desk() -> (tempfile::TempDir, Desk, Actor) {
    let folder = tempfile::tempdir().unwrap();
    let now: jiff::Timestamp = "2026-11-24T09:00:00+08:00".parse().unwrap();
    let counter = NewCounter {
        site: "440104".into(),
        counter: CounterCode("W03".into()),
        prefix: "YX".into(),
        test: true,
    };
    let environment = Environment {
        entropy: EntropySource::system(),
        now_at: now.as_millisecond(),
    };
    let custody = Custody::Passphrase(Passphrase::new("测试口令"));
    let (store, _) = Store::create(folder.path(), &counter, &custody, &environment).unwrap();
    let desk = Desk::new(DeskParts {
        store,
        rules: Arc::new(RuleBook::shipped()),
        clock: Arc::new(FixedClock(now)),
        entropy: Arc::new(SystemEntropy),
    });
    (
        folder,
        desk,
        Actor {
            account: "li".into(),
            display_name: "李".into(),
            roles: vec![],
        },
    )
}

#[test]
fn the_small_demo_meets_every_answer_of_the_rules_and_no_real_enterprise() {
    let (_folder, desk, actor) = desk();
    let outcome = fill(&desk, &actor, DemoScale::Small).unwrap();
    assert_eq!(
        (outcome.subjects, outcome.penalties, outcome.permits, outcome.records),
        (360, 144, 520, 664)
    );
    let today = desk.clock().today();
    let mut verdicts = BTreeSet::new();
    let mut judge = |record: &Record| {
        let assessment = assess(record, today, &PackChoice::Auto, desk.rules()).unwrap();
        verdicts.insert(format!("{:?}", assessment.verdict));
    };
    desk.store()
        .read(|tx| {
            for id in 1..=360 {
                let subject = table::subject::get(tx, id)?.unwrap();
                assert!(subject.name.contains("演示") && subject.demo, "{}", subject.name);
                let code = Uscc::parse(subject.uscc.as_deref().unwrap()).unwrap();
                assert!(code.as_str()[8..].starts_with("DEM"));
                for kept in penalty_table::of_subject(tx, id)? {
                    assert!(!kept.is_kept_for_check(), "{:?}", kept.check_notes);
                    judge(&kept.row.to_record());
                }
            }
            for id in tx.lane_ids(LaneKind::Record)? {
                if let Some(LaneState::Record(known)) = tx.lane(&Lane::new(LaneKind::Record, id))? {
                    judge(&known.record);
                }
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let expected = [
        Verdict::Eligible,
        Verdict::NotYet,
        Verdict::ConditionsMissing,
        Verdict::NotPublished,
        Verdict::Ended,
        Verdict::Refer,
        Verdict::Undetermined,
    ];
    for verdict in expected {
        assert!(
            verdicts.contains(&format!("{verdict:?}")),
            "{verdict:?} is not among {verdicts:?}"
        );
    }
    assert!(matches!(
        fill(&desk, &actor, DemoScale::Small),
        Err(DemoError::NotEmpty)
    ));
}

#[test]
fn the_sample_files_are_what_the_program_writes_and_show_every_fault_it_names() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/demo");
    let files = sample_files(jiff::civil::date(2026, 11, 20)).unwrap();
    for file in &files {
        let kept = std::fs::read(folder.join(&file.name)).unwrap();
        assert!(kept == file.bytes, "{}: run the example make_demo_files", file.name);
    }
    for name in ["演示-行政处罚.xlsx", "演示-行政处罚-GB18030.csv"] {
        let (_data, desk, actor) = desk();
        let options = ImportOptions::default();
        let outcome = import::import_file(&desk, &actor, &folder.join(name), &options, &mut |_| GoOn::Yes).unwrap();
        assert_eq!(
            (outcome.read, outcome.skipped, outcome.duplicates),
            (52, if name.ends_with("csv") { 1 } else { 2 }, 1)
        );
        let rules: BTreeSet<Rule> = outcome.findings.iter().map(|finding| finding.rule).collect();
        // V04 and V15 need what was imported before, V16 rows are counted.
        let missing: Vec<_> = Rule::ALL
            .iter()
            .filter(|rule| !rules.contains(rule) && !matches!(rule, Rule::V04 | Rule::V15 | Rule::V16))
            .collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        let good = outcome
            .findings
            .iter()
            .filter(|finding| finding.row <= 37 && finding.level != Level::Late);
        assert_eq!(good.count(), 0, "{name}");
    }
}
