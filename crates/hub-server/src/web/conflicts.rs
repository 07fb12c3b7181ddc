//! 待处理: the changes no lane has taken, by counter and lane, with the reason and what can be done; and 待认领, what
//! closed lives still sent, with the act that takes it in.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use counter_core::change::{CounterCode, IncarnationId};
use hub_api::feed::WaitingFor;
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Web,
    answer::PageError,
    layout,
    seat::{Posted, Seat},
};
use crate::{
    judge_again::{Come, JudgedAgain, judge_again},
    officer::Action,
    overview,
    store::{HubStore, HubTransaction, OverviewStore, ParkedRow, StoreError},
};

/// Lines a page.
const LINES: usize = 50;
/// Parked changes read at once, when what is to be claimed is gathered.
const PARKED_AT_ONCE: usize = 1000;
/// So many lanes of a claim are named.
const LANES_NAMED: usize = 6;
/// The word of a verdict that is to be given again.
const WAITING: &str = "waiting";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    after: u64,
}

pub(super) async fn page<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    seat.allow(Action::ReadConflicts)?;
    show(&web, &seat, &asked, None).await
}

/// 认领: somebody stands by what a closed life still sent.
pub(super) async fn claim<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::Claim)?;
    let incarnation = IncarnationId::from_hex(fields.get("life")).ok_or(PageError::NotFound(seat.language))?;
    let counter = CounterCode(fields.get("counter").to_owned());
    tracing::info!(
        district = seat.officer.district,
        %counter,
        life = %incarnation,
        account = seat.officer.account,
        "claimed"
    );
    let come = Come::Claim { counter, incarnation };
    let judged = judge_again(&web.hub, &seat.officer.district, &come).await?;
    let page = show(&web, &seat, &Asked::default(), Some(judged)).await?;
    let status = if judged == JudgedAgain::default() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok((status, page).into_response())
}

async fn show<S: HubStore>(
    web: &Web<S>,
    seat: &Seat,
    asked: &Asked,
    claimed: Option<JudgedAgain>,
) -> Result<Markup, PageError> {
    let district = &seat.officer.district;
    overview::follow(&web.hub, &web.rules, district).await?;
    let mut transaction = web.hub.store.begin_read().await?;
    let mut lines = transaction.parked(district, asked.after, LINES + 1).await?;
    let claims = claims(&mut transaction, district).await?;
    drop(transaction);
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let title = seat.say("conflicts.title");
    let body = html! {
        h1 { (title) }
        p.quiet { (seat.say("conflicts.lead")) }
        @if let Some(judged) = claimed { (outcome(seat, judged)) }
        @if !claims.is_empty() { (to_claim(seat, &claims)) }
        section.card {
            @if lines.is_empty() {
                p.quiet data-testid="empty" { (seat.say("conflicts.empty")) }
            } @else {
                div.wide {
                    table data-testid="conflicts" {
                        thead { tr {
                            th scope="col" { (seat.say("conflicts.about")) }
                            th scope="col" { (seat.say("conflicts.change")) }
                            th scope="col" { (seat.say("conflicts.why")) }
                            th scope="col" { (seat.say("conflicts.whatToDo")) }
                        } }
                        tbody { @for line in &lines { (row(seat, line)) } }
                    }
                }
                @if let Some(last) = lines.last().filter(|_| more) {
                    div.acts { a.btn href={ "/conflicts?after=" (last.log_index) } { (seat.say("queue.next")) } }
                }
            }
        }
    };
    Ok(layout::page(seat, "/conflicts", title, &body))
}

/// What a closed life still sent and nobody has claimed: the lanes it is about and how many changes.
#[derive(Default)]
struct Claim {
    changes: u64,
    lanes: BTreeSet<String>,
}

type Claims = BTreeMap<(String, IncarnationId), Claim>;

async fn claims(transaction: &mut impl HubTransaction, district: &str) -> Result<Claims, StoreError> {
    let (mut claims, mut after) = (Claims::new(), 0);
    loop {
        let parked = transaction.parked(district, after, PARKED_AT_ONCE).await?;
        let Some(last) = parked.last() else {
            // What waits for the claimed one before it comes along with it.
            claims.retain(|_, claim| !claim.lanes.is_empty());
            return Ok(claims);
        };
        after = last.log_index;
        for row in parked.into_iter().filter(|row| row.verdict == WAITING) {
            let claim = claims.entry((row.counter.0, row.incarnation)).or_default();
            claim.changes += 1;
            if row.reason == WaitingFor::Claim.as_str() {
                claim.lanes.insert(row.lane_id);
            }
        }
    }
}

fn to_claim(seat: &Seat, claims: &Claims) -> Markup {
    html! {
        section.card data-testid="claims" {
            h2 { (seat.say("conflicts.claims")) }
            p.quiet { (seat.say("conflicts.claimsLead")) }
            ul.list {
                @for ((counter, incarnation), claim) in claims {
                    @let life = incarnation.to_string();
                    @let words = [("counter", counter.as_str()), ("life", life.get(..8).unwrap_or(&life)), ("n", &claim.changes.to_string())];
                    li {
                        form.row method="post" action="/conflicts/claim" {
                            (layout::token(seat))
                            input type="hidden" name="counter" value=(counter);
                            input type="hidden" name="life" value=(life);
                            p.grow {
                                (seat.language.fill("conflicts.claimLine", &words))
                                span.small.quiet.code { " " (seat.language.fill("conflicts.claimAbout", &[("list", &named(claim))])) }
                            }
                            @if seat.officer.may(Action::Claim) {
                                button.btn type="submit" data-testid={ "claim-" (counter) } { (seat.say("conflicts.claim")) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The lanes of a claim, as many as a line can hold.
fn named(claim: &Claim) -> String {
    let mut list: Vec<&str> = claim.lanes.iter().take(LANES_NAMED).map(String::as_str).collect();
    if claim.lanes.len() > LANES_NAMED {
        list.push("…");
    }
    list.join("、")
}

fn outcome(seat: &Seat, judged: JudgedAgain) -> Markup {
    if judged == JudgedAgain::default() {
        return html! { p.note.wait role="status" data-testid="claimed" { (seat.say("conflicts.nothingToClaim")) } };
    }
    let (taken, refused) = (judged.taken.to_string(), judged.refused.to_string());
    let words = [("taken", taken.as_str()), ("refused", &refused)];
    html! { p.note.ok role="status" data-testid="claimed" { (seat.language.fill("conflicts.claimed", &words)) } }
}

fn row(seat: &Seat, line: &ParkedRow) -> Markup {
    let refused = line.verdict == "refused";
    let incarnation = line.incarnation.to_string();
    let life = incarnation.get(..8).unwrap_or(&incarnation);
    let seq = line.seq.to_string();
    let from = [("counter", line.counter.0.as_str()), ("life", life), ("seq", &seq)];
    html! {
        tr {
            th scope="row" {
                span.code { (line.lane_id) }
                span.sub { (seat.word("lane.", &line.lane_kind)) }
            }
            td {
                @if line.change_kind.is_empty() { (seat.say("conflicts.unreadable")) }
                @else { (kind_of(seat, &line.change_kind)) }
                span.sub { (seat.language.fill("conflicts.from", &from)) " · " (layout::moment(line.at)) }
            }
            td {
                span class=(if refused { "state stop" } else { "state wait" }) { (seat.word("conflicts.verdict_", &line.verdict)) }
                span.sub { (why(seat, line, refused)) }
            }
            td { (seat.word("conflicts.do_", if refused { "refused" } else { &line.reason })) }
        }
    }
}

/// What a change is, in the words of the counter's own screens where it is about a case.
fn kind_of<'a>(seat: &Seat, word: &'a str) -> &'a str {
    let of_other_lanes = seat.language.find(&format!("conflicts.kind_{word}"));
    of_other_lanes.unwrap_or_else(|| seat.word("change.", word))
}

fn why(seat: &Seat, line: &ParkedRow, refused: bool) -> String {
    if refused {
        seat.language
            .fill(&format!("refusal.{}", line.reason), &[("detail", &line.detail)])
    } else {
        seat.word("conflicts.waits_", &line.reason).to_owned()
    }
}
