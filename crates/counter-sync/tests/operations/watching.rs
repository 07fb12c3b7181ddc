//! What whoever watches a hub can read: its figures and its log, and what neither may say.

use std::collections::BTreeMap;

use counter_core::case::CaseChange;
use counter_sync::{HttpTransport, sync_once};
use jiff::civil::date;
use test_support::HubPlace;

use crate::{
    raw,
    working::{bound, clock},
};

/// Every sample of a text in Prometheus' format, by name and labels. A line that is none fails.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let mut samples = BTreeMap::new();
    let mut described = Vec::new();
    assert!(text.ends_with('\n'), "{text}");
    for line in text.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            let mut words = comment.split(' ');
            match words.next() {
                Some("HELP" | "UNIT") => {}
                Some("TYPE") => described.push(words.next().unwrap().to_owned()),
                other => panic!("{other:?} in {line:?}"),
            }
            continue;
        }
        let (sample, value) = line.rsplit_once(' ').unwrap_or_else(|| panic!("{line:?} has no value"));
        let name = sample.split('{').next().unwrap();
        assert!(
            name.starts_with("credit_hub_") && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{line:?}"
        );
        assert!(
            described.iter().any(|described| name.starts_with(described.as_str())),
            "{line:?} has no type"
        );
        if let Some(labels) = sample.strip_prefix(name).filter(|labels| !labels.is_empty()) {
            let inner = labels.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
            for label in inner.unwrap_or_else(|| panic!("{line:?}")).split("\",") {
                assert!(label.contains("=\""), "{label:?} in {line:?}");
            }
        }
        let value: f64 = value.parse().unwrap_or_else(|_| panic!("{line:?}"));
        assert!(samples.insert(sample.to_owned(), value).is_none(), "{sample} twice");
    }
    samples
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_are_prometheus_text_that_counts_verdicts_and_tells_no_secret() {
    let data = tempfile::tempdir().unwrap();
    let place = HubPlace::folder(data.path());
    let hub = place.start();
    let network = HttpTransport::new().unwrap();
    let (first, second) = (bound(&place, &hub, "W03").await, bound(&place, &hub, "W04").await);
    let no = first.take_case_in(None);
    for office in [&first, &second] {
        sync_once(office.store(), &network, &clock()).await.unwrap();
    }
    // Both add to the case and it is merged; both end it in their way and one is refused.
    let referred = CaseChange::Referred {
        office: "法院".into(),
        reason: "属法院".into(),
        on: date(2026, 11, 25),
    };
    first.submit(&no);
    second.act_on_case(&no, referred).unwrap();
    for office in [&first, &second] {
        sync_once(office.store(), &network, &clock()).await.unwrap();
    }

    let answer = raw::get(hub.address(), "/metrics", &[]).await;
    assert!(answer.headers["content-type"].contains("text"), "{:?}", answer.headers);
    let text = answer.text();
    let found = samples(&text);
    let verdicts = |word: &str| found[&format!("credit_hub_verdicts_total{{verdict=\"{word}\"}}")];
    let own = first.own_changes() + second.own_changes();
    assert_eq!(verdicts("refused"), 1.0, "{text}");
    #[allow(clippy::cast_precision_loss)] // a handful
    let taken = (own - 1) as f64;
    assert_eq!(verdicts("applied") + verdicts("merged"), taken, "{text}");
    assert_eq!(verdicts("waiting"), 0.0);
    assert_eq!(
        found["credit_hub_parked_changes{district=\"440104\",verdict=\"refused\"}"], 1.0,
        "{text}"
    );
    assert!(
        found["credit_hub_requests_total{route=\"/v1/push\",status=\"200\"}"] >= 2.0,
        "{text}"
    );
    let key = std::fs::read_to_string(data.path().join("hub.key")).unwrap();
    for secret in [key.trim(), &no, "W03", "127.0.0.1", data.path().to_str().unwrap()] {
        assert!(!text.contains(secret), "{secret} is nobody's business: {text}");
    }
    let from_outside = raw::get(hub.address(), "/metrics", &["x-forwarded-for: 203.0.113.9"]).await;
    assert_eq!(from_outside.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_found_in_the_log_by_its_number_and_the_log_holds_no_query_and_no_forged_line() {
    let data = tempfile::tempdir().unwrap();
    let hub = HubPlace::folder(data.path()).start();
    let given = raw::get(
        hub.address(),
        "/v1/feed?after=secret-cursor",
        &["x-request-id: proxy-4711"],
    )
    .await;
    assert_eq!(given.headers["x-request-id"], "proxy-4711");
    let forged = "x-request-id: a\"} {\"level\":\"ERROR\"";
    let own = raw::get(hub.address(), "/health/live", &[forged]).await;
    let number = own.headers["x-request-id"].clone();
    assert!(
        number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'),
        "{number}"
    );

    let log = hub.log();
    let answered = |number: &str| {
        let line = log
            .iter()
            .find(|line| line["fields"]["message"] == "answered" && line["span"]["id"] == number);
        line.unwrap_or_else(|| panic!("no answer {number} in {log:#?}")).clone()
    };
    let line = answered("proxy-4711");
    assert_eq!(
        (&line["fields"]["path"], &line["fields"]["status"]),
        (&"/v1/feed".into(), &400.into())
    );
    assert_eq!(answered(&number)["fields"]["path"], "/health/live");
    let whole = format!("{log:?}");
    assert!(!whole.contains("secret-cursor") && !whole.contains("ERROR"), "{whole}");
}
