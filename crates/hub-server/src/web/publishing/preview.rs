//! What a file holds and what publishing it would change, before anything is published.

use counter_core::publicity::{Level, Rule};
use hub_api::dataset::DatasetKind;
use maud::{Markup, html};

use super::{HandedIn, pack, publish_fault, upload};
use crate::{
    dataset::{FileError, FileRows, Findings, Foreseen, Mode, PublishError, foresee},
    store::HubStore,
    web::{Web, answer::PageError, layout, seat::Seat},
};

/// The page, or why the file is none of its kind.
pub(super) async fn page<S: HubStore>(
    web: &Web<S>,
    seat: &Seat,
    handed_in: &HandedIn,
) -> Result<Result<Markup, FileError>, PageError> {
    let file = match handed_in.rows(&web.hub) {
        Ok(file) => file,
        Err(error) => return Ok(Err(error)),
    };
    let publication = handed_in.publication(seat, &file);
    let foreseen = match foresee(&web.hub, &publication, &file.rows).await {
        Ok(foreseen) => foreseen,
        Err(PublishError::Store(error)) => return Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "what is in force cannot be compared");
            Foreseen::default()
        }
    };
    let what = match handed_in.kind {
        DatasetKind::RulePack => pack::changes(web, seat, &publication, &file).await?,
        DatasetKind::Subject | DatasetKind::Penalty | DatasetKind::Permit | DatasetKind::Topic => {
            rows(seat, handed_in, &file, &foreseen)
        }
    };
    let nothing = (file.rows.is_empty()).then(|| publish_fault(seat, &PublishError::Empty));
    let title = seat.say("publishing.check");
    let body = html! {
        (layout::faults(seat.language, nothing.as_slice()))
        h1 { (title) }
        p {
            (seat.word("publishing.kind_", handed_in.kind.as_str())) " · " strong { (handed_in.source.name) }
            @if let Some(day) = file.data_as_of { " · " (seat.language.fill("publishing.asOf", &[("on", &day.to_string())])) }
        }
        (what)
        @if nothing.is_none() { (confirm(seat, handed_in)) }
        @else { div.acts { a.btn href="/publishing" { (seat.say("form.back")) } } }
    };
    Ok(Ok(layout::page(seat, "/publishing", title, &body)))
}

fn confirm(seat: &Seat, handed_in: &HandedIn) -> Markup {
    let blob = handed_in.blob();
    let mode = match handed_in.mode {
        Mode::Replace => upload::REPLACE,
        Mode::Add => upload::ADD,
    };
    html! {
        form.card method="post" action="/publishing" {
            p.note { (seat.say("publishing.final")) }
            (layout::token(seat))
            input type="hidden" name="kind" value=(handed_in.kind.as_str());
            input type="hidden" name="mode" value=(mode);
            input type="hidden" name="name" value=(handed_in.source.name);
            input type="hidden" name="sha256" value=(blob.sha256);
            input type="hidden" name="length" value=(blob.length);
            div.acts {
                button.btn.primary type="submit" data-testid="publish" { (seat.say("publishing.publish")) }
                a href="/publishing" { (seat.say("form.back")) }
            }
        }
    }
}

fn rows(seat: &Seat, handed_in: &HandedIn, file: &FileRows, foreseen: &Foreseen) -> Markup {
    let counts = &file.counts;
    let fact = |key: &'static str, number: u64| {
        (
            seat.say(key),
            html! { span data-testid=(key.trim_start_matches("publishing.")) { (number) } },
        )
    };
    html! {
        section.card {
            h2 { (seat.say("publishing.inFile")) }
            (layout::facts(&[
                fact("publishing.read", counts.read),
                fact("publishing.accepted", counts.accepted),
                fact("publishing.keptForCheck", counts.kept_for_check),
                fact("publishing.duplicates", counts.duplicates),
                fact("publishing.skipped", counts.skipped),
            ]))
            @if counts.kept_for_check > 0 { p.small.quiet { (seat.say("publishing.keptMeans")) } }
        }
        (findings(seat, &file.findings))
        section.card {
            h2 { (seat.say("publishing.wouldChange")) }
            (layout::facts(&[
                fact("publishing.inForceNow", foreseen.before),
                fact("publishing.added", foreseen.added),
                fact("publishing.changed", foreseen.changed),
                fact("publishing.gone", foreseen.gone),
                fact("publishing.same", foreseen.same),
            ]))
            @if handed_in.mode == Mode::Replace && foreseen.gone > 0 {
                p.note.wait { (seat.say("publishing.goneMeans")) }
            }
        }
    }
}

fn findings(seat: &Seat, findings: &Findings) -> Markup {
    let shown = findings.first.len().to_string();
    let all = findings.all();
    html! {
        section.card data-testid="findings" {
            h2 { (seat.say("publishing.findings")) }
            @if all == 0 {
                p.quiet { (seat.say("publishing.noFindings")) }
            } @else {
                div.wide tabindex="0" role="region" aria-label=(seat.say("publishing.byRule")) {
                    table {
                        caption { (seat.say("publishing.byRule")) }
                        thead { tr {
                            th scope="col" { (seat.say("publishing.rule")) }
                            th scope="col" { (seat.say("publishing.level")) }
                            th.number scope="col" { (seat.say("publishing.rows")) }
                        } }
                        tbody { @for ((rule, level), number) in &findings.counts {
                            tr {
                                th scope="row" { (name_of(*rule)) }
                                td { (level_of(seat, level)) }
                                td.number { (number) }
                            }
                        } }
                    }
                }
                div.wide tabindex="0" role="region" aria-label=(seat.say("publishing.firstFindings")) {
                    table {
                        caption { (seat.language.fill("publishing.firstOf", &[("n", &shown), ("all", &all.to_string())])) }
                        thead { tr {
                            th scope="col" { (seat.say("publishing.row")) }
                            th scope="col" { (seat.say("publishing.level")) }
                            th scope="col" { (seat.say("publishing.what")) }
                        } }
                        tbody { @for finding in &findings.first {
                            tr {
                                th scope="row" { (finding.row) span.sub { (finding.sheet) } }
                                td { (level_of(seat, finding.level.as_str())) }
                                td { (finding.message) }
                            }
                        } }
                    }
                }
            }
        }
    }
}

fn name_of(rule: Rule) -> String {
    format!("{rule:?} {}", rule.name())
}

fn level_of(seat: &Seat, word: &str) -> Markup {
    let colour = match Level::from_word(word) {
        Some(Level::Reject) => "state stop",
        Some(Level::Warn | Level::Late) => "state wait",
        Some(Level::Fixed) => "state info",
        None => "state",
    };
    html! { span class=(colour) { (seat.word("publishing.level_", word)) } }
}
