//! docs/sync-protocol.md says what the code does: every word a hub answers with stands there, and has a sentence.

use std::collections::BTreeSet;

use counter_core::{refusal::RefusalCode, verdict::WaitingFor};
use serde_json::{Map, Value};

use crate::{
    protocol::{
        BLOB_OFFER_PATH, BLOB_PATH, CHUNKS_PATH, DATASETS_PATH, ENROL_PATH, FEED_PATH, HAND_BACK_PATH, HEALTH_PATH,
        PROTOCOL, PROTOCOLS, PUSH_PATH, RENEW_PATH, TRUST_PATH,
    },
    refused::RefusedCode,
};

const PAGE: &str = include_str!("../../../docs/sync-protocol.md");

macro_rules! words {
    ($file:literal) => {
        [
            include_str!(concat!("../../../ui/src/i18n/zh-CN/", $file)),
            include_str!(concat!("../../../ui/src/i18n/en/", $file)),
        ]
    };
}

/// The words in backticks in the first column of the table whose head begins with `head`.
fn first_column(head: &str) -> BTreeSet<&'static str> {
    let mut rows = PAGE.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let mut words = BTreeSet::new();
    for row in rows.by_ref().take_while(|line| line.starts_with('|')) {
        let first = row.split('|').nth(1).unwrap_or_default();
        words.extend(first.split('`').skip(1).step_by(2));
    }
    assert!(!words.is_empty(), "no table begins with {head}");
    words
}

/// The words of `codes` without a sentence under `prefix` in one of the languages.
fn without_a_sentence<'a>(
    files: [&str; 2],
    prefix: &str,
    codes: impl IntoIterator<Item = &'a str> + Clone,
) -> Vec<String> {
    let mut missing = Vec::new();
    for file in files {
        let sentences: Map<String, Value> = serde_json::from_str(file).unwrap();
        let said = |key: &String| {
            sentences
                .get(key)
                .and_then(Value::as_str)
                .is_some_and(|text| !text.is_empty())
        };
        let keys = codes.clone().into_iter().map(|code| format!("{prefix}{code}"));
        missing.extend(keys.filter(|key| !said(key)));
    }
    missing
}

#[test]
fn every_no_of_the_hub_stands_in_the_page_and_has_a_sentence() {
    let codes = RefusedCode::ALL.map(RefusedCode::as_str);
    assert_eq!(first_column("| code | means |"), BTreeSet::from(codes));
    assert_eq!(
        without_a_sentence(words!("refusal.json"), "", codes),
        Vec::<String>::new()
    );
}

#[test]
fn every_reason_of_a_refusal_stands_in_the_page_and_has_a_sentence() {
    let codes = RefusalCode::ALL.map(RefusalCode::as_str);
    let listed = PAGE.split("The reasons of a refusal: ").nth(1).unwrap();
    let listed = listed.split(". ").next().unwrap();
    let listed: BTreeSet<&str> = listed.split('`').skip(1).step_by(2).collect();
    assert_eq!(listed, BTreeSet::from(codes));
    assert_eq!(
        without_a_sentence(words!("refusal.json"), "", codes),
        Vec::<String>::new()
    );
}

#[test]
fn everything_a_change_waits_for_stands_in_the_page_and_has_a_sentence() {
    let codes = WaitingFor::ALL.map(WaitingFor::as_str);
    assert_eq!(first_column("| waits for |"), BTreeSet::from(codes));
    assert_eq!(
        without_a_sentence(words!("parked.json"), "waits_", codes),
        Vec::<String>::new()
    );
    // An earlier change is settled at the counter itself; of all others it is said whom to ask.
    let asked = codes
        .into_iter()
        .filter(|code| *code != WaitingFor::EarlierChange.as_str());
    assert_eq!(
        without_a_sentence(words!("parked.json"), "ask_", asked),
        Vec::<String>::new()
    );
}

#[test]
fn every_address_and_the_window_of_versions_stand_in_the_page() {
    let table: BTreeSet<String> = first_column("| request |")
        .into_iter()
        .map(|request| {
            let path = request.split(' ').nth(1).unwrap_or_default();
            path.split(['?', '<'])
                .next()
                .unwrap_or_default()
                .trim_end_matches('/')
                .to_owned()
        })
        .collect();
    let addresses = [
        ENROL_PATH,
        PUSH_PATH,
        FEED_PATH,
        BLOB_OFFER_PATH,
        BLOB_PATH,
        RENEW_PATH,
        HAND_BACK_PATH,
        DATASETS_PATH,
        CHUNKS_PATH,
        TRUST_PATH,
        HEALTH_PATH,
    ];
    assert_eq!(table, addresses.map(str::to_owned).into());
    let window = format!(
        "`credit-protocol` is {PROTOCOL}, and the window is {} to {}:",
        PROTOCOLS.start(),
        PROTOCOLS.end()
    );
    assert!(PAGE.contains(&window), "{window}");
}
