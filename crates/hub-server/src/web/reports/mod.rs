//! The district's monthly report: on the page, closed, and as a workbook.

mod workbook;

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Web,
    answer::PageError,
    layout,
    seat::{Posted, Seat},
};
use crate::{
    clock::day_in_china,
    officer::Action,
    overview,
    report::{CloseMonthError, Figure, Figures, Report, close_month, end_of, month_of, report},
    store::{HubStore, ReportStore, StoreError},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    month: String,
}

pub(super) async fn page<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    seat.allow(Action::ReadReports)?;
    let district = &seat.officer.district;
    let now = web.hub.world.now();
    let this_month = month_of(day_in_china(now));
    let month = if end_of(&asked.month).is_some() {
        asked.month
    } else {
        this_month.clone()
    };
    overview::follow(&web.hub, &web.rules, district).await?;
    let mut transaction = web.hub.store.begin_read().await?;
    let mut months = transaction.report_months(district).await?;
    drop(transaction);
    for needed in [&this_month, &month] {
        if !months.contains(needed) {
            months.push(needed.clone());
        }
    }
    months.sort_unstable_by(|one, other| other.cmp(one));
    let report = report(&web.hub, &web.rules, district, &month).await?;
    let is_over = end_of(&month).is_some_and(|end| end <= now);
    Ok(show(&seat, &report, &months, is_over))
}

pub(super) async fn close<S: HubStore>(
    State(web): State<Web<S>>,
    Path(month): Path<String>,
    posted: Posted,
) -> Result<Response, PageError> {
    let seat = posted.seat;
    seat.allow(Action::CloseMonth)?;
    let officer = &seat.officer;
    match close_month(&web.hub, &web.rules, &officer.district, &month, &officer.account).await {
        // Closed by another officer a moment ago is closed all the same: the page says by whom.
        Ok(_) | Err(CloseMonthError::AlreadyClosed) => {
            Ok(Redirect::to(&format!("/reports?month={month}")).into_response())
        }
        Err(CloseMonthError::NotOver) => Err(PageError::NotFound(seat.language)),
        Err(CloseMonthError::Store(error)) => Err(error.into()),
    }
}

pub(super) async fn download<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Path(month): Path<String>,
) -> Result<Response, PageError> {
    seat.allow(Action::ReadReports)?;
    if end_of(&month).is_none() {
        return Err(PageError::NotFound(seat.language));
    }
    let report = report(&web.hub, &web.rules, &seat.officer.district, &month).await?;
    let bytes = workbook::of(&report, seat.language).map_err(|error| StoreError::Failed(Box::new(error)))?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"report-{}-{month}.xlsx\"", seat.officer.district),
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn show(seat: &Seat, report: &Report, months: &[String], is_over: bool) -> Markup {
    let title = seat.say("reports.title");
    let month = &report.month;
    let body = html! {
        div.head {
            h1 { (title) }
            span data-testid="month-state" class=(if report.closed.is_some() { "state ok" } else { "state info" }) {
                (seat.say(if report.closed.is_some() { "reports.closed" } else { "reports.running" }))
            }
        }
        nav.chips aria-label=(seat.say("reports.months")) {
            @for other in months {
                a href={ "/reports?month=" (other) } aria-current=[(other == month).then_some("page")] { (other) }
            }
        }
        @if let Some(closed) = &report.closed {
            @let at = layout::moment(closed.at);
            p.note.ok data-testid="closed" { (seat.language.fill("reports.closedBy", &[("at", &at), ("by", &closed.by)])) }
        }
        @if !report.silent.is_empty() {
            div.note.wait data-testid="silent" {
                p { strong { (seat.say("reports.silent")) } }
                ul { @for (counter, heard_at) in &report.silent {
                    li {
                        span.code { (counter) } " "
                        @match heard_at {
                            Some(at) => { (seat.language.fill("reports.lastHeard", &[("at", &layout::moment(*at))])) }
                            None => { (seat.say("counters.never")) }
                        }
                    }
                } }
            }
        }
        section.card data-testid="by-authority" {
            (table(seat, seat.say("reports.byAuthority"), seat.say("verdict.authority"), report.by_authority.iter(), Some(&report.total())))
        }
        section.card data-testid="by-counter" {
            (table(seat, seat.say("reports.byCounter"), seat.say("counters.counter"), report.by_counter.iter(), Some(&report.total())))
        }
        @if !report.late.is_empty() {
            section.card data-testid="late" {
                h2 { (seat.say("reports.late")) }
                p.quiet { (seat.say("reports.lateHint")) }
                @for (of_month, lines) in &report.late {
                    (table(seat, of_month, seat.say("verdict.authority"), lines.iter(), None))
                }
            }
        }
        div.acts {
            a.btn href={ "/reports/" (month) "/workbook" } download data-testid="workbook" { (seat.say("reports.download")) }
            @if report.closed.is_none() && is_over && seat.officer.may(Action::CloseMonth) {
                form method="post" action={ "/reports/" (month) "/close" } {
                    (layout::token(seat))
                    button.btn.primary type="submit" data-testid="close-month" { (seat.language.fill("reports.close", &[("month", month)])) }
                }
                span.quiet.small { (seat.say("reports.closeHint")) }
            }
        }
        p.quiet.small { (seat.say("reports.means")) }
    };
    layout::page(seat, "/reports", title, &body)
}

fn table<'a>(
    seat: &Seat,
    caption: &str,
    what: &str,
    lines: impl Iterator<Item = (&'a String, &'a Figures)>,
    total: Option<&Figures>,
) -> Markup {
    html! {
        // What may have to be moved sideways must be reached with the keyboard.
        div.wide tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr {
                    th scope="col" { (what) }
                    @for figure in Figure::ALL { th.number scope="col" { (seat.word("figure.", figure.as_str())) } }
                    th.number scope="col" { (seat.say("figure.days")) }
                } }
                tbody {
                    @for (name, figures) in lines {
                        tr {
                            th scope="row" { (if name.is_empty() { seat.say("reports.none") } else { name }) }
                            (cells(figures))
                        }
                    }
                }
                @if let Some(total) = total {
                    tfoot { tr { th scope="row" { (seat.say("reports.total")) } (cells(total)) } }
                }
            }
        }
    }
}

fn cells(figures: &Figures) -> Markup {
    html! {
        @for figure in Figure::ALL { td.number { (figures.count(figure)) } }
        td.number { (days(figures)) }
    }
}

/// Days with one decimal, or a dash where nothing was decided.
fn days(figures: &Figures) -> String {
    figures
        .tenths_of_days()
        .map_or_else(|| "—".to_owned(), |tenths| format!("{}.{}", tenths / 10, tenths % 10))
}
