use jiff::civil::date;
use rstest::rstest;

use super::*;

#[test]
fn the_shipped_book_is_in_order_and_no_value_claims_to_be_verified() {
    let book = RuleBook::shipped();
    assert_eq!(book.packs().len(), 7);
    for pack in book.packs() {
        for value in pack.values() {
            assert_ne!(value.status, Status::Verified, "{} {}", pack.id, value.key);
            assert_eq!(value.verified_by, None);
            assert!(
                !value.label.is_empty() && !value.article.is_empty(),
                "{} {}",
                pack.id,
                value.key
            );
        }
    }
}

#[rstest]
#[case("2019-06-30", Door::CreditChina, None)]
#[case("2019-07-01", Door::CreditChina, Some("ndrc-527-2019"))]
#[case("2023-04-30", Door::CreditChina, Some("ndrc-527-2019"))]
#[case("2023-05-01", Door::CreditChina, Some("ndrc-58-2023"))]
#[case("2026-03-31", Door::CreditChina, Some("ndrc-58-2023"))]
#[case("2026-04-01", Door::CreditChina, Some("ndrc-36-2026"))]
#[case("2021-08-31", Door::Gsxt, Some("ndrc-527-2019"))]
#[case("2021-09-01", Door::Gsxt, Some("samr-3-2021"))]
#[case("2025-12-24", Door::Gsxt, Some("samr-3-2021"))]
#[case("2025-12-25", Door::Gsxt, Some("samr-107-2025"))]
fn the_pack_in_force_follows_the_day_and_the_door(#[case] day: Date, #[case] door: Door, #[case] pack: Option<&str>) {
    let book = RuleBook::shipped();
    assert_eq!(book.pack_in_force(day, door).map(|pack| pack.id.as_str()), pack);
}

#[test]
fn a_value_is_cited_with_its_document_and_mark() {
    let value = RuleBook::shipped()
        .value("ndrc-36-2026", "period.general.minimum")
        .unwrap();
    assert_eq!(
        (value.label.as_str(), value.display.as_str()),
        ("一般失信信息最短公示期", "3个月")
    );
    assert_eq!(value.source, "《信用修复管理办法》（国家发展改革委令第36号）");
    assert_eq!(
        (value.status, value.effective_from),
        (Status::Secondary, date(2026, 4, 1))
    );
}

#[test]
fn acts_limits_and_papers_are_pack_values() {
    let book = RuleBook::shipped();
    let (now, old) = (book.pack("ndrc-36-2026").unwrap(), book.pack("ndrc-527-2019").unwrap());
    assert_eq!(now.actor(Act::Accept), Some(Actor::Authority));
    assert_eq!(old.actor(Act::Accept), Some(Actor::Counter));
    let limit = now.limit("acceptance").unwrap();
    assert_eq!(
        (limit.limit.days, limit.limit.working, limit.from),
        (3, true, Act::Push)
    );
    assert_eq!(book.due(limit, date(2026, 11, 24)).due_on, Some(date(2026, 11, 27)));
    let notice = now.limit("one_time_notice").unwrap();
    assert_eq!(
        book.due(notice, date(2026, 11, 24)).due_on,
        Some(date(2026, 11, 29)),
        "calendar days"
    );
    assert_eq!(
        book.due(limit, date(2026, 12, 31)).due_on,
        None,
        "the calendar ends with the year"
    );
    assert!(now.material("commitment").unwrap().how_to.is_some());
    assert_eq!(old.classes(), [Class::General, Class::Serious, Class::SpecificSerious]);
}

fn confirmed(key: &str, value: Option<&str>) -> Correction {
    Correction {
        pack: "ndrc-36-2026".into(),
        key: key.into(),
        value: value.map(str::to_owned),
        source: "《信用修复管理办法》（国家发展改革委令第36号）".into(),
        article: "第九条".into(),
        note: None,
        signed_by: "复核员甲".into(),
        signed_on: date(2026, 11, 24),
    }
}

#[test]
fn a_signed_correction_overrides_the_value_and_counts_as_verified() {
    let book = RuleBook::shipped()
        .with_corrections([
            confirmed("class_trigger.suspend_licence", Some("一般")),
            confirmed("clock_start", None),
        ])
        .unwrap();
    let value = book.value("ndrc-36-2026", "class_trigger.suspend_licence").unwrap();
    assert_eq!(
        (value.display.as_str(), value.status, value.conflict),
        ("一般", Status::Verified, None)
    );
    assert_eq!(
        (value.verified_by.as_deref(), value.corrected),
        (Some("复核员甲"), true)
    );
    let clock = book.value("ndrc-36-2026", "clock_start").unwrap();
    assert_eq!(
        (clock.display.as_str(), clock.status),
        ("司法、行政公务文书认定之日", Status::Verified)
    );
}

#[test]
fn a_correction_that_does_not_fit_is_refused() {
    let refused = |correction| RuleBook::shipped().with_corrections([correction]).unwrap_err();
    assert!(matches!(
        refused(confirmed("period.general.shortest", None)),
        CorrectionError::UnknownKey { .. }
    ));
    assert!(matches!(
        refused(confirmed("period.general.minimum", Some("很久"))),
        CorrectionError::Value { .. }
    ));
    let unsigned = Correction {
        signed_by: " ".into(),
        ..confirmed("fee", None)
    };
    assert_eq!(refused(unsigned), CorrectionError::Unsigned);
}

#[rstest]
#[case("key = \"fee\"", "key = \"fees\"", "unknown key fees")]
#[case("value = \"3个月\"", "value = \"三月\"", "三月 is no value")]
#[case("article =", "artikel =", "unknown field")]
#[case("key = \"fee\"", "key = \"heaviest_kind\"", "twice")]
#[case("from = \"receive\"\n", "", "limit.one_time_notice lacks from")]
#[case(
    "key = \"repairable.serious\"",
    "key = \"repairable.other\"",
    "lacks the key repairable.serious"
)]
fn a_pack_with_a_fault_is_refused_with_the_fault_named(#[case] from: &str, #[case] to: &str, #[case] said: &str) {
    let text = include_str!("../../../../assets/rulepacks/ndrc-36-2026.toml").replacen(from, to, 1);
    let error = RulePack::parse(&text).unwrap_err().to_string();
    assert!(error.contains(said), "{error}");
}
