//! What the counter answers, case by case: the table of the rules in force and their predecessors.

use counter_core::{
    assess::{
        AssessError, Assessment, Class, ClassChoiceError, Door, Gap, PackChoice, Verdict, assess, check_class_choice,
    },
    pack::{Correction, RuleBook},
    record::{ChosenClass, Record},
};
use jiff::civil::{Date, date};
use rstest::rstest;
use serde_json::{Value, json};

const MARKET: &str = "广州市越秀区市场监督管理局";
const FIRE: &str = "广州市越秀区消防救援大队";
const EMERGENCY: &str = "广州市越秀区应急管理局";
const CONSTRUCTION: &str = "广州市越秀区住房和建设局";

/// A penalty all of whose conditions are met, with more laid over it.
fn penalty(kinds: &str, decided_on: &str, authority: &str, more: Value) -> Record {
    let mut json = json!({
        "CF_XDR_MC": "测试商贸有限公司", "CF_CFLB": kinds, "CF_JDRQ": decided_on, "CF_CFJG": authority,
        "procedure": "ordinary", "domain": "other", "listed_serious": false, "serious_by_authority": false,
        "fulfilled": true, "rectified": true, "committed": true, "training": true, "credit_report": true,
    });
    for (key, value) in more.as_object().unwrap() {
        json[key] = value.clone();
    }
    Record::from_json(&json).unwrap()
}

fn on(record: &Record, day: &str, pack: &str) -> Assessment {
    let book = RuleBook::shipped();
    assess(record, day.parse().unwrap(), &pack.parse().unwrap(), &book).unwrap()
}

fn day(text: &str) -> Option<Date> {
    (text != "-").then(|| text.parse().unwrap())
}

#[rstest]
// 36号令
#[case::example("罚款", "2026-05-10", CONSTRUCTION, json!({}), "2026-08-10", "ndrc-36-2026 general not_yet 2026-08-11 2027-05-11")]
#[case::example_turns("罚款", "2026-05-10", CONSTRUCTION, json!({}), "2026-08-11", "ndrc-36-2026 general eligible 2026-08-11 2027-05-11")]
#[case::ended("罚款", "2026-05-10", CONSTRUCTION, json!({}), "2027-05-11", "ndrc-36-2026 general ended 2026-08-11 2027-05-11")]
#[case::month_end("罚款", "2025-11-30", CONSTRUCTION, json!({}), "2026-11-24", "ndrc-36-2026 general eligible 2026-03-01 2026-12-01")]
#[case::minor("警告", "2026-05-10", CONSTRUCTION, json!({}), "2026-05-11", "ndrc-36-2026 minor not_published 2026-05-10 2026-08-11")]
#[case::minor_published("警告", "2026-05-10", CONSTRUCTION, json!({"published": true}), "2026-05-10", "ndrc-36-2026 minor eligible 2026-05-10 2026-08-11")]
#[case::minor_over("警告", "2026-05-10", CONSTRUCTION, json!({"published": true}), "2026-08-11", "ndrc-36-2026 minor ended 2026-05-10 2026-08-11")]
#[case::minor_open("警告", "2026-05-10", CONSTRUCTION, json!({"published": true, "fulfilled": false}), "2026-05-11", "ndrc-36-2026 minor conditions_missing 2026-05-10 2026-08-11")]
#[case::simple("罚款", "2026-05-10", CONSTRUCTION, json!({"procedure": "simple"}), "2026-05-11", "ndrc-36-2026 minor not_published 2026-05-10 2026-08-11")]
#[case::criticism("通报批评", "2026-05-10", CONSTRUCTION, json!({}), "2026-05-11", "ndrc-36-2026 minor not_published 2026-05-10 2026-08-11")]
#[case::confiscation("没收违法所得、没收非法财物", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 general eligible 2026-08-11 2027-05-11")]
#[case::revoked("吊销许可证件", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 serious not_yet 2027-05-11 2029-05-11")]
#[case::heaviest("警告;罚款;责令停产停业", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 serious not_yet 2027-05-11 2029-05-11")]
#[case::restricted("限制开展生产经营活动", "2026-05-10", CONSTRUCTION, json!({}), "2027-05-11", "ndrc-36-2026 serious eligible 2027-05-11 2029-05-11")]
#[case::closed("责令关闭", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 serious not_yet 2027-05-11 2029-05-11")]
#[case::profession("限制从业", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 serious not_yet 2027-05-11 2029-05-11")]
#[case::listed("罚款", "2026-05-10", CONSTRUCTION, json!({"listed_serious": true}), "2026-09-01", "ndrc-36-2026 serious not_yet 2027-05-11 2029-05-11")]
#[case::serious_list("", "2026-05-10", CONSTRUCTION, json!({"kind": "serious_list"}), "2026-09-01", "ndrc-36-2026 serious not_yet 2027-05-11 2029-05-11")]
#[case::no_rule("行政拘留", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 - undetermined - -")]
#[case::other_only("其他-责令改正", "2026-05-10", CONSTRUCTION, json!({}), "2026-09-01", "ndrc-36-2026 - undetermined - -")]
#[case::other_kind("", "2026-05-10", CONSTRUCTION, json!({"kind": "other"}), "2026-09-01", "ndrc-36-2026 - undetermined - -")]
// 107号令
#[case::samr_fine("罚款", "2026-05-10", MARKET, json!({}), "2026-08-11", "samr-107-2025 general eligible 2026-08-11 2027-05-11")]
#[case::samr_warning("警告", "2026-05-10", MARKET, json!({}), "2026-08-01", "samr-107-2025 minor not_published 2026-05-10 2026-08-11")]
#[case::samr_criticism("通报批评", "2026-05-10", MARKET, json!({}), "2026-08-10", "samr-107-2025 minor eligible 2026-05-10 2026-08-11")]
#[case::samr_auto_end("通报批评", "2026-05-10", MARKET, json!({}), "2026-08-11", "samr-107-2025 minor ended 2026-05-10 2026-08-11")]
#[case::samr_serious("吊销许可证件", "2026-05-10", MARKET, json!({}), "2026-08-11", "samr-107-2025 serious not_yet 2027-05-11 2029-05-11")]
#[case::samr_list("", "2026-05-10", MARKET, json!({"kind": "serious_list"}), "2027-05-11", "samr-107-2025 serious eligible 2027-05-11 2029-05-11")]
#[case::samr_abnormal("", "2026-05-10", MARKET, json!({"kind": "abnormal_list"}), "2026-05-11", "samr-107-2025 - eligible 2026-05-10 -")]
#[case::samr_abnormal_open("", "2026-05-10", MARKET, json!({"kind": "abnormal_list", "rectified": false}), "2026-05-11", "samr-107-2025 - conditions_missing 2026-05-10 -")]
#[case::samr_spot_check("", "2026-05-10", MARKET, json!({"kind": "spot_check"}), "2026-05-11", "samr-107-2025 - undetermined - -")]
// 国市监信规〔2021〕3号
#[case::samr3_general("罚款", "2022-01-10", MARKET, json!({}), "2022-07-11", "samr-3-2021 six_months eligible 2022-07-11 2025-01-11")]
#[case::samr3_food("罚款", "2022-01-10", MARKET, json!({"domain": "food"}), "2022-07-11", "samr-3-2021 one_year not_yet 2023-01-11 2025-01-11")]
#[case::samr3_warning("警告", "2022-01-10", MARKET, json!({}), "2022-04-11", "samr-3-2021 three_months eligible 2022-04-11 2025-01-11")]
// 58号令
#[case::general_58("罚款", "2023-06-15", CONSTRUCTION, json!({}), "2023-09-16", "ndrc-58-2023 three_months eligible 2023-09-16 2026-06-16")]
#[case::food_58("罚款", "2023-06-15", CONSTRUCTION, json!({"domain": "food"}), "2023-09-16", "ndrc-58-2023 one_year not_yet 2024-06-16 2026-06-16")]
#[case::drug_58("罚款", "2023-06-15", CONSTRUCTION, json!({"domain": "drug"}), "2024-06-16", "ndrc-58-2023 one_year eligible 2024-06-16 2026-06-16")]
#[case::equipment_58("罚款", "2023-06-15", CONSTRUCTION, json!({"domain": "special_equipment"}), "2023-09-16", "ndrc-58-2023 one_year not_yet 2024-06-16 2026-06-16")]
#[case::safety_58("罚款", "2023-06-15", EMERGENCY, json!({"domain": "work_safety"}), "2023-09-16", "ndrc-58-2023 one_year not_yet 2024-06-16 2026-06-16")]
#[case::fire_58("罚款", "2023-06-15", FIRE, json!({"domain": "fire"}), "2023-09-16", "ndrc-58-2023 one_year not_yet 2024-06-16 2026-06-16")]
#[case::simple_58("罚款", "2023-06-15", CONSTRUCTION, json!({"procedure": "simple"}), "2023-09-16", "ndrc-58-2023 three_months not_published - -")]
#[case::warning_58("警告", "2023-06-15", CONSTRUCTION, json!({}), "2023-09-16", "ndrc-58-2023 three_months not_published - -")]
#[case::warning_and_fine_58("警告;罚款", "2023-06-15", CONSTRUCTION, json!({}), "2023-09-16", "ndrc-58-2023 three_months eligible 2023-09-16 2026-06-16")]
#[case::uncommitted_58("罚款", "2023-06-15", CONSTRUCTION, json!({"committed": false}), "2023-09-16", "ndrc-58-2023 three_months conditions_missing 2023-09-16 2026-06-16")]
#[case::list_58("", "2023-06-15", CONSTRUCTION, json!({"kind": "serious_list"}), "2023-09-16", "ndrc-58-2023 - refer - -")]
// 527号文
#[case::general_527("罚款", "2020-01-31", CONSTRUCTION, json!({}), "2020-05-01", "ndrc-527-2019 general eligible 2020-05-01 2021-02-01")]
#[case::serious_527("罚款", "2020-01-31", CONSTRUCTION, json!({"serious_by_authority": true}), "2020-08-01", "ndrc-527-2019 serious eligible 2020-08-01 2023-02-01")]
#[case::untrained_527("罚款", "2020-01-31", CONSTRUCTION, json!({"serious_by_authority": true, "training": false}), "2020-08-01", "ndrc-527-2019 serious conditions_missing 2020-08-01 2023-02-01")]
#[case::specific_527("责令停产停业", "2020-01-31", EMERGENCY, json!({"domain": "work_safety"}), "2022-08-01", "ndrc-527-2019 specific_serious not_repairable - 2023-02-01")]
#[case::specific_act_527("吊销许可证件", "2020-01-31", CONSTRUCTION, json!({"CF_WFXW": "围标串标"}), "2022-08-01", "ndrc-527-2019 specific_serious not_repairable - 2023-02-01")]
#[case::specific_over_527("责令停产停业", "2020-01-31", EMERGENCY, json!({"domain": "work_safety"}), "2023-02-01", "ndrc-527-2019 specific_serious ended - 2023-02-01")]
#[case::simple_527("罚款", "2020-01-31", CONSTRUCTION, json!({"procedure": "simple"}), "2020-08-01", "ndrc-527-2019 general not_published - -")]
#[case::market_in_2020("罚款", "2020-01-31", MARKET, json!({}), "2020-05-01", "ndrc-527-2019 general eligible 2020-05-01 2021-02-01")]
// other doors, and no rule at all
#[case::court("", "2026-05-10", "广州市越秀区人民法院", json!({"kind": "court"}), "2026-08-11", "ndrc-36-2026 - refer - -")]
#[case::tax("", "2026-05-10", "国家税务总局广州市越秀区税务局", json!({"kind": "tax"}), "2026-08-11", "ndrc-36-2026 - refer - -")]
#[case::before_all("罚款", "2019-01-10", CONSTRUCTION, json!({}), "2019-06-30", "- - undetermined - -")]
fn the_table_of_the_rules_is_answered(
    #[case] kinds: &str,
    #[case] decided_on: &str,
    #[case] authority: &str,
    #[case] more: Value,
    #[case] asked_on: &str,
    #[case] answer: &str,
) {
    let got = on(&penalty(kinds, decided_on, authority, more), asked_on, "auto");
    let word = |value: &dyn erased::Word| value.word();
    let words = [
        got.pack.clone().unwrap_or_else(|| "-".into()),
        word(&got.class),
        word(&got.verdict),
        word(&got.eligible_on),
        word(&got.ends_on),
    ];
    assert_eq!(words.join(" "), answer, "{:#?}", got.reasons);
    assert!(!got.reasons.is_empty() && got.reasons.iter().all(|reason| !reason.text.is_empty()));
}

/// Values as the words of the table.
mod erased {
    use serde::Serialize;

    pub trait Word {
        fn word(&self) -> String;
    }

    impl<T: Serialize> Word for T {
        fn word(&self) -> String {
            serde_json::to_value(self).unwrap().as_str().unwrap_or("-").to_owned()
        }
    }
}

#[test]
fn a_market_regulators_record_goes_through_gsxt_and_an_unknown_authority_through_no_door() {
    let door = |authority: &str| {
        on(
            &penalty("罚款", "2026-05-10", authority, json!({})),
            "2026-09-01",
            "auto",
        )
        .front_door
    };
    assert_eq!(door("广州市工商行政管理局越秀分局"), Some(Door::Gsxt));
    assert_eq!(door("越秀区北京街道综合行政执法办公室"), Some(Door::CreditChina));
    assert_eq!(
        door("国家税务总局广州市越秀区税务局"),
        Some(Door::CreditChina),
        "its penalties are like any other"
    );
    assert_eq!(door("越秀区测试处罚机关"), None);
    let unknown = on(
        &penalty("罚款", "2026-05-10", "越秀区测试处罚机关", json!({})),
        "2026-09-01",
        "auto",
    )
    .unknown;
    assert_eq!(unknown, ["CF_CFJG"]);
}

#[test]
fn what_is_absent_is_named_and_the_answer_holds_if_it_is_true() {
    let record =
        Record::from_json(&json!({"CF_CFLB": "罚款", "CF_JDRQ": "2026-05-10", "CF_CFJG": CONSTRUCTION})).unwrap();
    let got = on(&record, "2026-09-01", "auto");
    assert_eq!((got.verdict, got.missing), (Verdict::Eligible, vec![]));
    assert_eq!(
        got.unknown,
        [
            "procedure",
            "listed_serious",
            "serious_by_authority",
            "fulfilled",
            "rectified",
            "committed"
        ]
    );
}

#[test]
fn once_the_longest_period_is_over_only_open_obligations_matter() {
    let record = |more| penalty("罚款", "2026-05-10", CONSTRUCTION, more);
    let uncommitted = on(&record(json!({"committed": false})), "2027-06-01", "auto");
    assert_eq!((uncommitted.verdict, uncommitted.missing), (Verdict::Ended, vec![]));
    let unpaid = on(
        &record(json!({"fulfilled": false, "committed": false})),
        "2027-06-01",
        "auto",
    );
    assert_eq!(
        (unpaid.verdict, unpaid.missing),
        (Verdict::ConditionsMissing, vec![Gap::Fulfilment])
    );
    assert!(
        unpaid
            .reasons
            .iter()
            .any(|reason| reason.text.contains("按行业主管部门的规定处理"))
    );
}

#[test]
fn an_open_condition_shows_before_the_time_does() {
    let record = penalty("罚款", "2026-05-10", CONSTRUCTION, json!({"fulfilled": false}));
    let got = on(&record, "2026-05-11", "auto");
    assert_eq!(
        (got.verdict, got.missing, got.eligible_on),
        (Verdict::ConditionsMissing, vec![Gap::Fulfilment], day("2026-08-11"))
    );
}

#[test]
fn only_a_doubtful_value_that_decided_is_marked() {
    let unverified =
        |kinds: &str, more| on(&penalty(kinds, "2026-05-10", CONSTRUCTION, more), "2026-09-01", "auto").unverified;
    assert!(!unverified("罚款", json!({})));
    assert!(!unverified("吊销许可证件", json!({})));
    assert!(!unverified("警告", json!({})));
    assert!(
        unverified("暂扣许可证件", json!({})),
        "the draft and the final text disagree"
    );
    assert!(
        unverified("降低资质等级", json!({})),
        "the draft and the final text disagree"
    );
    assert!(
        unverified("罚款;吊销许可证件", json!({})),
        "that the heaviest counts is inferred"
    );
    assert!(unverified("罚款", json!({"serious_by_authority": true})));
}

#[test]
fn an_older_decision_shows_what_its_own_pack_says_and_marks_the_transition() {
    let got = on(
        &penalty("吊销许可证件", "2026-02-10", CONSTRUCTION, json!({})),
        "2026-06-01",
        "auto",
    );
    assert_eq!((got.verdict, got.eligible_on), (Verdict::NotYet, day("2027-02-11")));
    let older = got.alternative.unwrap();
    assert_eq!(
        (older.pack.as_str(), older.class, older.verdict),
        ("ndrc-58-2023", Some(Class::ThreeMonths), Verdict::Eligible)
    );
    assert_eq!(
        (older.eligible_on, older.ends_on),
        (day("2026-05-11"), day("2029-02-11"))
    );
    assert!(got.unverified, "no transitional article was seen and the packs differ");
    assert_eq!(
        on(
            &penalty("罚款", "2026-05-10", CONSTRUCTION, json!({})),
            "2026-06-01",
            "auto"
        )
        .alternative,
        None
    );
}

#[test]
fn a_later_pack_that_turns_the_verdict_is_announced() {
    let record = penalty("吊销许可证件", "2025-12-10", CONSTRUCTION, json!({}));
    let got = on(&record, "2026-03-20", "auto");
    assert_eq!(got.verdict, Verdict::Eligible);
    let turn = got.changes_on.unwrap();
    assert_eq!(
        (turn.date, turn.pack.as_str(), turn.verdict),
        (date(2026, 4, 1), "ndrc-36-2026", Verdict::NotYet)
    );
    // Promised for 2026-05-11 under the old pack; the new one does not keep it.
    let promised = on(
        &penalty("吊销许可证件", "2026-02-10", CONSTRUCTION, json!({})),
        "2026-03-20",
        "auto",
    );
    let turn = promised.changes_on.unwrap();
    assert_eq!(
        (promised.verdict, turn.date, turn.verdict),
        (Verdict::NotYet, date(2026, 5, 11), Verdict::NotYet)
    );
    assert_eq!(on(&record, "2026-04-01", "auto").changes_on, None);
}

#[test]
fn a_case_keeps_the_pack_it_was_received_under() {
    let record = penalty("吊销许可证件", "2026-02-10", CONSTRUCTION, json!({}));
    let got = on(&record, "2026-06-01", "ndrc-58-2023");
    assert_eq!(
        (got.pack.as_deref(), got.verdict, got.changes_on),
        (Some("ndrc-58-2023"), Verdict::Eligible, None)
    );
}

#[test]
fn the_papers_are_those_of_the_pack_and_class() {
    let codes = |record: &Record, on_day: &str| -> Vec<(String, bool)> {
        let papers = on(record, on_day, "auto").materials;
        papers.into_iter().map(|paper| (paper.code, paper.required)).collect()
    };
    let required = |papers: Vec<(String, bool)>| -> Vec<String> {
        papers
            .into_iter()
            .filter(|(_, required)| *required)
            .map(|(code, _)| code)
            .collect()
    };
    let now = penalty("罚款", "2026-05-10", CONSTRUCTION, json!({}));
    assert_eq!(required(codes(&now, "2026-09-01")), ["fulfilment_proof", "commitment"]);
    let old = |content: &str| penalty("罚款", "2023-06-15", CONSTRUCTION, json!({"CF_NR": content}));
    assert_eq!(
        required(codes(&old("罚款1万元"), "2023-10-01")),
        ["agent_authority", "fulfilment_proof", "commitment"]
    );
    assert_eq!(
        required(codes(&old("责令改正，罚款1万元"), "2023-10-01")),
        ["agent_authority", "fulfilment_proof", "application_form", "commitment"]
    );
    let serious = penalty(
        "罚款",
        "2020-01-31",
        CONSTRUCTION,
        json!({"serious_by_authority": true}),
    );
    assert_eq!(
        required(codes(&serious, "2020-09-01")),
        [
            "commitment",
            "licence",
            "fulfilment_proof",
            "training_certificate",
            "credit_report"
        ]
    );
    let court = penalty("", "2026-05-10", "广州市越秀区人民法院", json!({"kind": "court"}));
    assert!(
        codes(&court, "2026-09-01")
            .iter()
            .any(|(code, _)| code == "hand_over_1")
    );
}

#[test]
fn a_field_of_law_nobody_chose_is_suggested_and_named() {
    let mut record = penalty("罚款", "2023-06-15", FIRE, json!({}));
    record.domain = None;
    let got = on(&record, "2023-10-01", "auto");
    assert_eq!(
        (got.class, got.unknown),
        (Some(Class::OneYear), vec!["domain".to_owned()])
    );
    assert!(
        got.reasons
            .iter()
            .any(|reason| reason.text.contains("按处罚机关推定为消防领域"))
    );
}

#[test]
fn a_person_chooses_and_cites_where_no_rule_matches() {
    let book = RuleBook::shipped();
    let record = penalty("行政拘留", "2026-05-10", CONSTRUCTION, json!({}));
    let ask = |class, citation: &str| {
        let chosen = ChosenClass {
            class,
            citation: citation.into(),
        };
        let record = Record {
            class_chosen: Some(chosen),
            ..record.clone()
        };
        assess(&record, date(2026, 9, 1), &PackChoice::Auto, &book).unwrap()
    };
    let got = ask(Class::Serious, "公安机关失信分类标准第三条");
    assert_eq!(
        (got.class, got.verdict, got.eligible_on),
        (Some(Class::Serious), Verdict::NotYet, day("2027-05-11"))
    );
    assert!(
        got.reasons
            .iter()
            .any(|reason| reason.source == "公安机关失信分类标准第三条")
    );
    // Without a citation, or where the pack of the day does not know the class, nobody has chosen.
    assert_eq!(ask(Class::Serious, " ").verdict, Verdict::Undetermined);
    assert_eq!(ask(Class::OneYear, "第三条").verdict, Verdict::Undetermined);
}

#[test]
fn a_class_is_chosen_with_a_citation_and_from_the_packs_own() {
    let book = RuleBook::shipped();
    let pack = book.pack("ndrc-36-2026").unwrap();
    let chosen = |class, citation: &str| ChosenClass {
        class,
        citation: citation.into(),
    };
    assert_eq!(check_class_choice(&chosen(Class::Serious, "第三条"), pack), Ok(()));
    let foreign = ClassChoiceError::NotInPack {
        pack: pack.id.clone(),
        class: "one_year",
    };
    assert_eq!(
        check_class_choice(&chosen(Class::OneYear, "第三条"), pack),
        Err(foreign)
    );
    let uncited = check_class_choice(&chosen(Class::Serious, " "), pack);
    assert_eq!(uncited, Err(ClassChoiceError::NoCitation));
}

#[test]
fn a_leads_correction_decides_and_is_named() {
    let correction = Correction {
        pack: "ndrc-36-2026".into(),
        key: "class_trigger.suspend_licence".into(),
        value: Some("一般".into()),
        source: "《信用修复管理办法》（国家发展改革委令第36号）".into(),
        article: "第七条".into(),
        note: None,
        signed_by: "复核员甲".into(),
        signed_on: date(2026, 11, 24),
    };
    let book = RuleBook::shipped().with_corrections([correction]).unwrap();
    let record = penalty("暂扣许可证件", "2026-05-10", CONSTRUCTION, json!({}));
    let got = assess(&record, date(2026, 9, 1), &PackChoice::Auto, &book).unwrap();
    assert_eq!(
        (got.class, got.verdict, got.unverified),
        (Some(Class::General), Verdict::Eligible, false)
    );
    assert_eq!(
        got.corrections_used
            .iter()
            .map(|used| used.key.as_str())
            .collect::<Vec<_>>(),
        ["class_trigger.suspend_licence"]
    );
}

#[test]
fn a_pack_that_is_none_is_refused() {
    let book = RuleBook::shipped();
    let ask = |pack: &str| assess(&Record::default(), date(2026, 9, 1), &pack.parse().unwrap(), &book).unwrap_err();
    assert_eq!(ask("ndrc-99"), AssessError::UnknownPack("ndrc-99".into()));
    assert_eq!(ask("sc-22-2025"), AssessError::FrameOnly("sc-22-2025".into()));
}

#[test]
fn the_json_has_exactly_the_keys_of_the_contract() {
    let got = on(
        &penalty("吊销许可证件", "2026-02-10", CONSTRUCTION, json!({})),
        "2026-03-20",
        "auto",
    );
    let json = serde_json::to_value(&got).unwrap();
    let keys: Vec<&str> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "pack",
        "front_door",
        "kind",
        "class",
        "verdict",
        "eligible_on",
        "ends_on",
        "missing",
        "unknown",
        "materials",
        "reasons",
        "alternative",
        "changes_on",
        "corrections_used",
        "unverified",
    ];
    expected.sort_unstable();
    assert_eq!(
        {
            let mut keys = keys;
            keys.sort_unstable();
            keys
        },
        expected
    );
    assert_eq!(
        json["changes_on"],
        json!({"date": "2026-05-11", "pack": "ndrc-36-2026", "verdict": "not_yet"})
    );
    assert_eq!(serde_json::from_value::<Assessment>(json).unwrap(), got);
}

#[test]
fn the_bar_runs_from_the_decision_to_the_end() {
    let got = on(
        &penalty("罚款", "2026-05-10", CONSTRUCTION, json!({})),
        "2026-06-01",
        "auto",
    );
    let bar = got.timeline(date(2026, 5, 10)).unwrap();
    let phases: Vec<String> = bar
        .phases
        .iter()
        .map(|phase| format!("{:?} {}", phase.kind, phase.from))
        .collect();
    assert_eq!(phases, ["NotYet 2026-05-10", "Open 2026-08-11", "Ended 2027-05-11"]);
}
