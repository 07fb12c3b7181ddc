//! The queue: the cases an officer sees, oldest first, by group, with search and pages.

use std::collections::HashMap;

use axum::extract::{Query, State};
use counter_core::case::CaseState;
use maud::{Markup, html};
use serde::Deserialize;

use super::{Web, answer::PageError, layout, seat::Seat};
use crate::{
    clock::day_in_china,
    officer::Action,
    overview,
    store::{CaseOverview, CaseQuery, HubStore, OverviewStore},
};

/// Lines a page.
const LINES: usize = 30;
/// The longest text that is searched for.
const SEARCH_LONGEST: usize = 60;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    group: String,
    q: String,
    after: String,
}

/// A group of the queue.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    ToAccept,
    ToDecide,
    ToTakeDown,
    Overdue,
    AtCounter,
    Over,
    All,
}

impl Group {
    const ALL: [(Self, &str); 7] = [
        (Self::ToAccept, "to_accept"),
        (Self::ToDecide, "to_decide"),
        (Self::ToTakeDown, "to_take_down"),
        (Self::Overdue, "overdue"),
        (Self::AtCounter, "at_counter"),
        (Self::Over, "over"),
        (Self::All, "all"),
    ];

    fn states(self) -> &'static [CaseState] {
        match self {
            Self::ToAccept => &[CaseState::Submitted],
            Self::ToDecide => &[CaseState::Accepted],
            Self::ToTakeDown => &[CaseState::Decided],
            Self::AtCounter => &[CaseState::Received, CaseState::GapsOpen],
            Self::Over => &[
                CaseState::Declined,
                CaseState::TakenDown,
                CaseState::Withdrawn,
                CaseState::Referred,
                CaseState::Closed,
                CaseState::Voided,
            ],
            Self::Overdue | Self::All => &[],
        }
    }
}

pub(super) async fn page<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    seat.allow(Action::ReadCases)?;
    let group = Group::ALL.iter().find(|(_, word)| *word == asked.group);
    let (group, word) = group.copied().unwrap_or((Group::ToAccept, "to_accept"));
    let text: String = asked.q.trim().chars().take(SEARCH_LONGEST).collect();
    let district = &seat.officer.district;
    overview::follow(&web.hub, &web.rules, district).await?;
    let today = day_in_china(web.hub.world.now());
    let query = CaseQuery {
        states: group.states().iter().map(|state| state.as_str().to_owned()).collect(),
        authorities: seat.officer.only_of(),
        overdue_on: (group == Group::Overdue).then(|| today.to_string()),
        text: text.clone(),
        after: asked
            .after
            .split_once('~')
            .map(|(day, no)| (day.to_owned(), no.to_owned())),
        limit: LINES + 1,
    };
    let mut transaction = web.hub.store.begin_read().await?;
    let mut lines = transaction.case_overviews(district, &query).await?;
    let records: Vec<String> = lines.iter().map(|line| line.record_key.clone()).collect();
    let disputed: HashMap<String, String> = transaction
        .pending_objections(district, &records)
        .await?
        .into_iter()
        .collect();
    drop(transaction);
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let next = lines
        .last()
        .filter(|_| more)
        .map(|line| format!("{}~{}", line.received_on, line.no));
    let shown = Lines {
        cases: &lines,
        disputed: &disputed,
        next: next.as_deref(),
    };
    Ok(show(&seat, word, &text, &shown, &today.to_string()))
}

/// What the page shows of the cases asked for.
struct Lines<'a> {
    cases: &'a [CaseOverview],
    /// The objection pending about a record, by the record's key.
    disputed: &'a HashMap<String, String>,
    /// Where the next page begins.
    next: Option<&'a str>,
}

fn show(seat: &Seat, group: &str, text: &str, lines: &Lines<'_>, today: &str) -> Markup {
    let title = seat.say("queue.title");
    let body = html! {
        div.head {
            h1 { (title) }
            @if let Some(only) = seat.officer.only_of() { span.quiet { (only.join("、")) } }
        }
        nav.chips aria-label=(seat.say("queue.groups")) {
            @for (_, word) in Group::ALL {
                a href={ "/queue?group=" (word) } aria-current=[(word == group).then_some("page")]
                    data-testid={ "group-" (word) } { (seat.word("queue.group_", word)) }
            }
        }
        form.row method="get" action="/queue" role="search" {
            input type="hidden" name="group" value=(group);
            (layout::field("q", seat.say("queue.find"), "search", text, &[]))
            button.btn type="submit" { (seat.say("queue.search")) }
        }
        section.card {
            @if lines.cases.is_empty() {
                p.quiet data-testid="empty" { (seat.say("queue.empty")) }
            } @else {
                div.wide {
                    table data-testid="queue" {
                        thead { tr {
                            th scope="col" { (seat.say("case.no")) }
                            th scope="col" { (seat.say("case.subject")) }
                            th scope="col" { (seat.say("queue.record")) }
                            th scope="col" { (seat.say("case.state")) }
                            th scope="col" { (seat.say("case.receivedOn")) }
                            th scope="col" { (seat.say("queue.due")) }
                        } }
                        tbody { @for line in lines.cases { (row(seat, line, lines.disputed.get(&line.record_key), today)) } }
                    }
                }
                @if let Some(next) = lines.next {
                    div.acts {
                        a.btn href={ "/queue?" (query(&[("group", group), ("q", text), ("after", next)])) }
                            data-testid="next-page" { (seat.say("queue.next")) }
                    }
                }
            }
        }
    };
    layout::page(seat, "/queue", title, &body)
}

fn row(seat: &Seat, line: &CaseOverview, objection: Option<&String>, today: &str) -> Markup {
    let overdue = !line.due_on.is_empty() && line.due_on.as_str() < today;
    html! {
        tr {
            th scope="row" {
                a.code href={ "/cases/" (line.no) } data-testid={ "case-" (line.no) } { (line.no) }
                span.sub { (seat.language.fill("cases.counter", &[("counter", &line.counter)])) }
            }
            td { (line.subject) @if !line.uscc.is_empty() { span.sub.code { (line.uscc) } } }
            td { (line.document_no) span.sub { (line.authority) } }
            td {
                (state(seat, &line.state))
                @if let Some(no) = objection { " " (disputed(seat, no)) }
                @if line.asked { " " span.state.wait { (seat.say("queue.asked")) } }
            }
            td { (line.received_on) }
            td {
                @if line.due_on.is_empty() { span.quiet { "—" } }
                @else if overdue { span.state.stop { (line.due_on) " " (seat.say("queue.overdue")) } }
                @else { (line.due_on) }
            }
        }
    }
}

/// 异议处理中: the mark of a record while an objection is pending about it.
pub(super) fn disputed(seat: &Seat, objection: &str) -> Markup {
    html! {
        span.state.wait data-testid="disputed" { (seat.say("queue.disputed")) }
        span.sub.code { (objection) }
    }
}

/// A case's state as a coloured word.
pub(super) fn state(seat: &Seat, word: &str) -> Markup {
    let colour = match CaseState::from_word(word) {
        Some(CaseState::Submitted | CaseState::GapsOpen) => "state wait",
        Some(CaseState::Accepted | CaseState::Decided) => "state info",
        Some(CaseState::TakenDown | CaseState::Closed) => "state ok",
        Some(CaseState::Declined) => "state stop",
        Some(CaseState::Received | CaseState::Withdrawn | CaseState::Referred | CaseState::Voided) | None => "state",
    };
    html! { span class=(colour) data-testid="state" { (seat.word("case.state_", word)) } }
}

/// A query of an address.
fn query(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}
