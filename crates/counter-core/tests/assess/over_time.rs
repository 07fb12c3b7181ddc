//! What holds for every record on every day, whatever the rules say.

use counter_core::{
    assess::{Assessment, PackChoice, Verdict, assess},
    calendar::{Period, day_after},
    pack::RuleBook,
    record::{Domain, PenaltyKind, Procedure, Record, RecordKind},
};
use jiff::civil::{Date, date};
use proptest::{option, prelude::*, sample};

const AUTHORITIES: [&str; 5] = [
    "广州市越秀区市场监督管理局",
    "广州市越秀区应急管理局",
    "广州市越秀区消防救援大队",
    "北京街道综合行政执法办公室",
    "越秀区测试处罚机关",
];
const KINDS: [RecordKind; 7] = [
    RecordKind::Penalty,
    RecordKind::SeriousList,
    RecordKind::AbnormalList,
    RecordKind::SpotCheck,
    RecordKind::Court,
    RecordKind::Tax,
    RecordKind::Other,
];

fn book() -> &'static RuleBook {
    static BOOK: std::sync::OnceLock<RuleBook> = std::sync::OnceLock::new();
    BOOK.get_or_init(RuleBook::shipped)
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_u16..4_000).prop_map(|days| day_after(date(2018, 6, 1), days))
}

/// Days of a decision whose periods end about the day on which a pack begins: there time and pack turn together.
fn critical_day() -> impl Strategy<Value = Date> {
    let starts = book().beginnings_after(date(2019, 1, 1));
    (sample::select(starts), sample::select(vec![3, 6, 12, 36]), -2_i32..3)
        .prop_map(|(start, months, days)| start - jiff::Span::new().months(months) + jiff::Span::new().days(days))
}

prop_compose! {
    fn any_record()(
        penalties in sample::subsequence(PenaltyKind::ALL.to_vec(), 0..4),
        kind in prop_oneof![8 => Just(RecordKind::Penalty), 3 => sample::select(KINDS.to_vec())],
        decided_on in option::weighted(0.95, prop_oneof![any_day(), critical_day()]),
        authority in sample::select(AUTHORITIES.to_vec()),
        procedure in option::of(sample::select(vec![Procedure::Simple, Procedure::Ordinary])),
        domain in option::of(sample::select(Domain::ALL.to_vec())),
        flags in prop::array::uniform8(option::weighted(0.6, prop::bool::weighted(0.8))),
        other in prop::bool::weighted(0.2),
    ) -> Record {
        let [published, fulfilled, rectified, committed, training, credit_report, not_listed, not_serious] = flags;
        let mut words: Vec<&str> = penalties.iter().map(|penalty| penalty.label()).collect();
        if other {
            words.push("其他-责令改正");
        }
        Record {
            kind: Some(kind),
            penalty_kinds: Some(words.join(";")).filter(|words| !words.is_empty()),
            decided_on,
            authority_name: Some(authority.to_owned()),
            procedure,
            domain,
            published,
            fulfilled,
            rectified,
            committed,
            training,
            credit_report,
            listed_serious: not_listed.map(|not| !not),
            serious_by_authority: not_serious.map(|not| !not),
            ..Record::default()
        }
    }
}

fn on(record: &Record, day: Date, pack: &PackChoice) -> Assessment {
    assess(record, day, pack, book()).unwrap()
}

fn any_pack() -> impl Strategy<Value = PackChoice> {
    let ids = [
        "ndrc-36-2026",
        "samr-107-2025",
        "samr-3-2021",
        "ndrc-58-2023",
        "ndrc-527-2019",
    ];
    sample::select(ids.to_vec()).prop_map(|id| PackChoice::Pack(id.to_owned()))
}

/// Counts a period of months by walking day by day: a month is over when the day's number comes round again, or when
/// the month ends before it does.
fn last_day_by_walking(from: Date, months: u16) -> Date {
    let (mut day, mut left) = (from, months);
    while left > 0 {
        day = day.tomorrow().unwrap();
        let comes_round = day.day() == from.day();
        let month_is_too_short = day.tomorrow().unwrap().day() == 1 && day.day() < from.day();
        if comes_round || month_is_too_short {
            left -= 1;
        }
    }
    day
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn within_one_pack_time_never_takes_eligibility_back_to_not_yet(
        record in any_record(), pack in any_pack(), day in any_day(), later in 0_u16..2_000,
    ) {
        let (early, late) = (on(&record, day, &pack), on(&record, day_after(day, later), &pack));
        prop_assert!(
            !(early.verdict == Verdict::Eligible && late.verdict == Verdict::NotYet),
            "{early:#?} {late:#?}"
        );
        prop_assert_eq!((early.class, early.eligible_on, early.ends_on), (late.class, late.eligible_on, late.ends_on));
    }

    #[test]
    fn eligible_on_is_the_first_day_the_verdict_turns_eligible(
        record in any_record(), pack in any_pack(), day in any_day(),
    ) {
        let got = on(&record, day, &pack);
        match got.eligible_on {
            Some(eligible) if got.missing.is_empty() && got.verdict != Verdict::NotPublished => {
                let nothing_else_is_missing = on(&record, eligible, &pack).missing.is_empty();
                if nothing_else_is_missing {
                    prop_assert_eq!(on(&record, eligible, &pack).verdict, Verdict::Eligible);
                    prop_assert_eq!(on(&record, eligible.yesterday().unwrap(), &pack).verdict, Verdict::NotYet);
                }
            }
            Some(_) => prop_assert_ne!(got.verdict, Verdict::NotYet),
            None => prop_assert!(!matches!(got.verdict, Verdict::Eligible | Verdict::NotYet)),
        }
    }

    #[test]
    fn a_turn_that_a_new_pack_brings_is_announced_before_it_happens(
        record in any_record(), ahead in 1_u16..300,
    ) {
        for start in book().beginnings_after(date(2019, 1, 1)) {
            let eve = on(&record, start.yesterday().unwrap(), &PackChoice::Auto);
            let first = on(&record, start, &PackChoice::Auto);
            if eve.pack == first.pack || eve.verdict == first.verdict {
                continue;
            }
            let turn = eve.changes_on.unwrap();
            prop_assert_eq!((turn.date, Some(turn.pack), turn.verdict), (start, first.pack.clone(), first.verdict));
            let earlier = on(&record, start.yesterday().unwrap().saturating_sub(jiff::Span::new().days(ahead)), &PackChoice::Auto);
            let announced = earlier.changes_on.unwrap();
            prop_assert!(announced.date <= start, "{announced:?}");
        }
    }

    #[test]
    fn what_is_announced_happens(record in any_record(), day in any_day()) {
        if let Some(turn) = on(&record, day, &PackChoice::Auto).changes_on {
            let then = on(&record, turn.date, &PackChoice::Auto);
            prop_assert!(day < turn.date);
            prop_assert_eq!((then.pack, then.verdict), (Some(turn.pack), turn.verdict));
        }
    }

    #[test]
    fn no_record_without_a_matching_rule_gets_a_class(record in any_record(), day in any_day()) {
        let record = Record { penalty_kinds: Some("其他-责令改正".into()), procedure: None, domain: None, ..record };
        let quiet = Record { listed_serious: None, serious_by_authority: None, ..record };
        let got = on(&quiet, day, &PackChoice::Auto);
        let suggested = got.unknown.contains(&"domain".to_owned());
        if quiet.kind() == RecordKind::Penalty && !suggested {
            prop_assert_eq!((got.class, got.verdict), (None, Verdict::Undetermined));
            prop_assert_eq!((got.eligible_on, got.ends_on), (None, None));
        }
    }

    #[test]
    fn an_undetermined_answer_claims_nothing(record in any_record(), day in any_day()) {
        let got = on(&record, day, &PackChoice::Auto);
        if got.verdict == Verdict::Undetermined {
            prop_assert_eq!((got.class, got.eligible_on, got.ends_on), (None, None, None));
        }
        prop_assert!(!got.reasons.is_empty());
        prop_assert!(got.reasons.iter().all(|reason| !reason.text.is_empty() && !reason.source.is_empty()));
    }

    #[test]
    fn months_count_as_walking_day_by_day_does(from in any_day(), months in 0_u16..40) {
        prop_assert_eq!(Period { from, months }.last_day(), last_day_by_walking(from, months));
    }

    #[test]
    fn a_record_survives_json(record in any_record()) {
        let json = serde_json::to_value(&record).unwrap();
        prop_assert_eq!(Record::from_json(&json), Ok(record));
    }
}
