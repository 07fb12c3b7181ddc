//! The district's counters: when each was last heard of, its lives, how far it is recorded, and until when it may speak.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use counter_core::change::CounterCode;
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    layout::{self, Fault},
    seat::{Posted, Seat},
};
use crate::{
    enrolment::{self, PrintCodeError},
    officer::Action,
    store::{CounterLifeRow, EnrolmentStore, HubStore, OverviewStore, StoreError},
};

/// A counter as it is shown.
#[derive(Default)]
struct Counter {
    heard_at: Option<i64>,
    until_at: Option<i64>,
    program: Option<String>,
    lives: Vec<CounterLifeRow>,
}

pub(super) async fn page<S: HubStore>(State(web): State<Web<S>>, seat: Seat) -> Result<Markup, PageError> {
    seat.allow(Action::ReadCounters)?;
    let counters = gather(&web, &seat).await?;
    Ok(show(&web, &seat, &counters, "", &[]))
}

pub(super) async fn print_code<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::PrintCode)?;
    let asked = fields.get("counter").to_uppercase();
    match make_code(&web, &seat, &asked).await? {
        Some(page) => Ok(page.into_response()),
        None => {
            let counters = gather(&web, &seat).await?;
            let fault = Fault::new("counter", seat.say("counters.badCounter"));
            let page = show(&web, &seat, &counters, &asked, &[fault]);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

async fn make_code<S: HubStore>(web: &Web<S>, seat: &Seat, counter: &str) -> Result<Option<Markup>, PageError> {
    let printed = match enrolment::print_code(&web.hub, &seat.officer.district, counter).await {
        Ok(printed) => printed,
        Err(PrintCodeError::Site | PrintCodeError::Counter) => return Ok(None),
        Err(PrintCodeError::Entropy(error)) => return Err(StoreError::Failed(Box::new(error)).into()),
        Err(PrintCodeError::Store(error)) => return Err(error.into()),
    };
    tracing::info!(
        district = seat.officer.district,
        counter,
        account = seat.officer.account,
        "one-time code printed"
    );
    let title = seat.language.fill("counters.codeTitle", &[("counter", counter)]);
    let until = layout::moment(printed.valid_until_at);
    let body = html! {
        section.card {
            h1 { (title) }
            p.secret data-testid="code" { (printed.code) }
            p { (seat.language.fill("counters.codeUntil", &[("until", &until)])) }
            p.note { (seat.say("counters.codeOnce")) }
            div.acts { a.btn href="/counters" { (seat.say("form.back")) } }
        }
    };
    Ok(Some(layout::page(seat, "/counters", &title, &body)))
}

async fn gather<S: HubStore>(web: &Web<S>, seat: &Seat) -> Result<BTreeMap<String, Counter>, PageError> {
    let district = &seat.officer.district;
    let mut counters: BTreeMap<String, Counter> = BTreeMap::new();
    let mut transaction = web.hub.store.begin_read().await?;
    for (code, heard_at) in transaction.last_heard(district).await? {
        counters.entry(code.0).or_default().heard_at = heard_at;
    }
    for key in transaction.counter_keys().await? {
        if key.district == *district {
            let counter = counters.entry(key.counter.0).or_default();
            counter.until_at = counter.until_at.max(Some(key.until_at));
            // Keys come oldest first: what a newer one says is what runs there.
            counter.program = key.program.or(counter.program.take());
        }
    }
    for life in transaction.counter_lives(district).await? {
        if life.counter.0 != CounterCode::HUB {
            counters.entry(life.counter.0.clone()).or_default().lives.push(life);
        }
    }
    Ok(counters)
}

fn show<S>(web: &Web<S>, seat: &Seat, counters: &BTreeMap<String, Counter>, typed: &str, faults: &[Fault]) -> Markup
where
    S: HubStore,
{
    let title = seat.say("counters.title");
    let now = web.hub.world.now();
    let hours = (web.settings.silent_after_ms / (60 * 60 * 1000)).to_string();
    let silent = |counter: &Counter| {
        counter
            .heard_at
            .is_none_or(|at| now - at > web.settings.silent_after_ms)
    };
    let silent_ones: Vec<&str> = counters
        .iter()
        .filter(|(_, counter)| silent(counter))
        .map(|(code, _)| code.as_str())
        .collect();
    let body = html! {
        (layout::faults(seat.language, faults))
        h1 { (title) }
        @if !silent_ones.is_empty() {
            p.note.wait data-testid="silent" {
                (seat.language.fill("counters.silentOnes", &[("n", &hours), ("list", &silent_ones.join("、"))]))
            }
        }
        section.card {
            @if counters.is_empty() {
                p.quiet data-testid="empty" { (seat.say("counters.empty")) }
            } @else {
                div.wide {
                    table data-testid="counters" {
                        thead { tr {
                            th scope="col" { (seat.say("counters.counter")) }
                            th scope="col" { (seat.say("counters.program")) }
                            th scope="col" { (seat.say("counters.heard")) }
                            th scope="col" { (seat.say("counters.recorded")) }
                            th scope="col" { (seat.say("counters.lives")) }
                            th scope="col" { (seat.say("counters.until")) }
                        } }
                        tbody { @for (code, counter) in counters { (row(seat, code, counter, silent(counter), now)) } }
                    }
                }
            }
        }
        @if seat.officer.may(Action::PrintCode) {
            form.card method="post" action="/counters/code" {
                h2 { (seat.say("counters.bind")) }
                p.quiet { (seat.say("counters.bindHint")) }
                (layout::token(seat))
                div.row {
                    (layout::field("counter", seat.say("counters.code"), "text", typed, faults))
                    button.btn.primary type="submit" data-testid="print-code" { (seat.say("counters.print")) }
                }
            }
        }
    };
    layout::page(seat, "/counters", title, &body)
}

fn row(seat: &Seat, code: &str, counter: &Counter, silent: bool, now: i64) -> Markup {
    let open = counter.lives.iter().find(|life| life.closed_at.is_none());
    html! {
        tr {
            th scope="row" { span.code { (code) } }
            td.code data-testid={ "program-" (code) } { (counter.program.as_deref().unwrap_or("—")) }
            td {
                @match counter.heard_at {
                    Some(at) => { (layout::moment(at)) }
                    None => { (seat.say("counters.never")) }
                }
                @if silent { " " span.state.wait { (seat.say("counters.silent")) } }
            }
            td {
                @match open {
                    Some(life) => { (seat.language.fill("counters.changes", &[("n", &life.head_seq.to_string())])) }
                    None => { "—" }
                }
            }
            td {
                @for life in &counter.lives {
                    @let id = life.incarnation.to_string();
                    span.sub {
                        span.code { (id.get(..8).unwrap_or(&id)) } " "
                        @match life.closed_at {
                            Some(at) => { (seat.language.fill("counters.closedAt", &[("at", &layout::moment(at))])) }
                            None => { (seat.say("counters.open")) }
                        }
                    }
                }
            }
            td {
                @match counter.until_at {
                    Some(until) if until <= now => { span.state.stop { (layout::moment(until)) " " (seat.say("counters.over")) } }
                    Some(until) => { (layout::moment(until)) }
                    None => { "—" }
                }
            }
        }
    }
}
