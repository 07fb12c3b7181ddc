//! 待处理: the changes no lane has taken, by counter and lane, with the reason and what can be done.

use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::Deserialize;

use super::{Web, answer::PageError, layout, seat::Seat};
use crate::{
    officer::Action,
    overview,
    store::{HubStore, OverviewStore, ParkedRow},
};

/// Lines a page.
const LINES: usize = 50;

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
    let district = &seat.officer.district;
    overview::follow(&web.hub, &web.rules, district).await?;
    let mut transaction = web.hub.store.begin_read().await?;
    let mut lines = transaction.parked(district, asked.after, LINES + 1).await?;
    drop(transaction);
    let more = lines.len() > LINES;
    lines.truncate(LINES);
    let title = seat.say("conflicts.title");
    let body = html! {
        h1 { (title) }
        p.quiet { (seat.say("conflicts.lead")) }
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
                        tbody { @for line in &lines { (row(&seat, line)) } }
                    }
                }
                @if let Some(last) = lines.last().filter(|_| more) {
                    div.acts { a.btn href={ "/conflicts?after=" (last.log_index) } { (seat.say("queue.next")) } }
                }
            }
        }
    };
    Ok(layout::page(&seat, "/conflicts", title, &body))
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
                @else { (seat.word("cases.kind_", &line.change_kind)) }
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

fn why(seat: &Seat, line: &ParkedRow, refused: bool) -> String {
    if refused {
        seat.language
            .fill(&format!("refusal.{}", line.reason), &[("detail", &line.detail)])
    } else {
        seat.word("conflicts.waits_", &line.reason).to_owned()
    }
}
