//! `GET /metrics` in Prometheus' text format: what this process answered, and how the districts stand. Counts only.

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use counter_core::pack::RuleBook;
use hub_api::refused::RefusedCode;
use prometheus_client::{
    encoding::prometheus_text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};

use super::Refused;
use crate::{
    hub::Hub,
    overview,
    store::{EnrolmentStore, HubStore, LogStore, OverviewStore, StoreError},
};

/// A counter that was heard of within this time counts as heard, in milliseconds: an hour.
const HEARD_WITHIN_MS: i64 = 60 * 60 * 1000;
/// More parked changes than these are not counted one by one.
const MOST_PARKED: usize = 1000;
/// The upper ends of the classes of durations, in seconds.
const CLASSES: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0];

/// By which the lists behind the pages tell when a limit ends.
static RULES: LazyLock<RuleBook> = LazyLock::new(RuleBook::shipped);

type Labels = Vec<(&'static str, String)>;

/// What this process answered since it began.
#[derive(Clone, Debug)]
pub(super) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Labels, Counter>,
    durations: Family<Labels, Histogram, fn() -> Histogram>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let mut registry = Registry::default();
        let requests = Family::default();
        let durations = Family::new_with_constructor((|| Histogram::new(CLASSES)) as fn() -> Histogram);
        registry.register("credit_hub_requests", "Requests answered", requests.clone());
        registry.register(
            "credit_hub_request_duration_seconds",
            "How long an answer took",
            durations.clone(),
        );
        Self {
            registry: Arc::new(registry),
            requests,
            durations,
        }
    }

    /// An answer was given. `route` is the address as the router knows it, never as it was asked.
    pub(super) fn answered(&self, route: &str, status: u16, took: Duration) {
        let route = ("route", route.to_owned());
        self.durations
            .get_or_create(&vec![route.clone()])
            .observe(took.as_secs_f64());
        self.requests
            .get_or_create(&vec![route, ("status", status.to_string())])
            .inc();
    }
}

pub(super) async fn metrics<S: HubStore>(
    State((hub, metrics)): State<(Hub<S>, Metrics)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    // For whoever watches this machine, not for what comes in from outside through the proxy.
    if headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED) {
        return Err(Refused::new(RefusedCode::NotFound, "there is nothing here"));
    }
    let districts = standing(&hub).await?;
    let mut text = String::new();
    encode(&mut text, &metrics.registry)
        .and_then(|()| encode(&mut text, &districts))
        .map_err(|error| Refused::new(RefusedCode::Internal, error))?;
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

/// How every district stands in the database now.
async fn standing<S: HubStore>(hub: &Hub<S>) -> Result<Registry, StoreError> {
    let mut registry = Registry::default();
    let mut gauge = |name: &str, help: &str| {
        let family = Family::<Labels, Gauge>::default();
        registry.register(name, help, family.clone());
        family
    };
    let head = gauge("credit_hub_log_head", "The last entry of the district's log");
    let recorded = gauge("credit_hub_recorded_changes", "Changes recorded from counters");
    let counters = gauge("credit_hub_counters", "Counters that are enrolled");
    let heard = gauge("credit_hub_counters_heard", "Counters heard of within an hour");
    let parked = gauge(
        "credit_hub_parked_changes",
        "Changes refused or waiting, at most 1000 are counted",
    );
    let connections = gauge("credit_hub_store_connections", "Connections to PostgreSQL");
    let verdicts = Family::<Labels, Counter>::default();
    registry.register(
        "credit_hub_verdicts",
        "Verdicts this process has given",
        verdicts.clone(),
    );
    for (verdict, number) in hub.verdicts() {
        let labels = vec![("verdict", verdict.to_owned())];
        verdicts.get_or_create(&labels).inc_by(number);
    }

    let keys = hub.store.begin_read().await?.counter_keys().await?;
    let districts: BTreeSet<String> = keys.into_iter().map(|row| row.district).collect();
    // What is parked stands in lists that follow the log when they are read.
    for district in &districts {
        overview::follow(hub, &RULES, district).await?;
    }
    let mut reading = hub.store.begin_read().await?;
    for district in &districts {
        let here = || vec![("district", district.clone())];
        set(&head, here(), reading.log_head(district).await?.index);
        let lives = reading.counter_lives(district).await?;
        set(&recorded, here(), lives.iter().map(|life| life.head_seq).sum());
        let last_heard = reading.last_heard(district).await?;
        let all: BTreeSet<_> = last_heard.iter().map(|(counter, _)| counter).collect();
        let since = hub.world.now() - HEARD_WITHIN_MS;
        let lately: BTreeSet<_> = last_heard
            .iter()
            .filter(|(_, at)| at.is_some_and(|at| at >= since))
            .map(|(counter, _)| counter)
            .collect();
        set(&counters, here(), all.len() as u64);
        set(&heard, here(), lately.len() as u64);
        for row in reading.parked(district, 0, MOST_PARKED).await? {
            let mut labels = here();
            labels.push(("verdict", row.verdict));
            parked.get_or_create(&labels).inc();
        }
    }
    if let Some(pool) = hub.store.connections() {
        set(&connections, vec![("state", "open".to_owned())], pool.open as u64);
        set(&connections, vec![("state", "free".to_owned())], pool.free as u64);
        set(
            &connections,
            vec![("state", "waited_for".to_owned())],
            pool.waited_for as u64,
        );
    }
    Ok(registry)
}

fn set(family: &Family<Labels, Gauge>, labels: Labels, value: u64) {
    family
        .get_or_create(&labels)
        .set(i64::try_from(value).unwrap_or(i64::MAX));
}
