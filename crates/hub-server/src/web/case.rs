//! One case: the record, the papers with their scans, the limits that run, what happened, and what may come next.

use axum::extract::{Path, State};
use counter_core::{
    attachment::AttachmentRef,
    case::{Case, DecisionOutcome, Material, MaterialState, RunningLimit, running_limits},
    change::LaneKind,
    document_issue::IssuedDocument,
    lane_state::LaneState,
    visit::Visit,
};
use hub_api::{
    blob::{BlobHash, BlobRef},
    push::LaneWords,
};
use maud::{Markup, html};

use super::{
    Web,
    act::{Act, acts_of},
    answer::PageError,
    history::{self, Event},
    layout, queue,
    seat::Seat,
};
use crate::{
    clock::day_in_china,
    judge::read_state,
    officer::Action,
    overview,
    store::{BlobStore, HubStore, HubTransaction, LaneStore, OverviewStore, StoreError},
};

/// A case as an officer sees it.
pub(super) struct Seen {
    pub case: Case,
    pub limits: Vec<RunningLimit>,
}

/// The case numbered `no`, if this officer may see it.
pub(super) async fn seen<S: HubStore>(web: &Web<S>, seat: &Seat, no: &str) -> Result<Seen, PageError> {
    seat.allow(Action::ReadCases)?;
    let mut transaction = web.hub.store.begin_read().await?;
    let found = transaction
        .lane(&seat.officer.district, &lane(LaneKind::Case, no))
        .await?;
    let state = found.as_ref().map(read_state).transpose()?;
    let Some(LaneState::Case(case)) = state else {
        return Err(PageError::NotFound(seat.language));
    };
    let record = &case.received.record;
    let (name, code) = (record.authority_name.as_deref(), record.authority_code.as_deref());
    if !seat.officer.sees(name.unwrap_or_default(), code.unwrap_or_default()) {
        return Err(PageError::NotFound(seat.language));
    }
    let limits = running_limits(&case.clock(), &web.rules);
    Ok(Seen { case, limits })
}

/// Every attachment to a case: the scans of its papers, and the papers issued about it and about its visit.
pub(super) fn attachments<'a>(case: &'a Case, visit: Option<&'a Visit>) -> impl Iterator<Item = &'a AttachmentRef> {
    let scans = case.materials.iter().flat_map(|material| &material.mark.scans);
    scans.chain(issued(case, visit).map(|document| &document.file))
}

/// The papers issued about a case, then those of its visit, such as the receipt for what was brought.
fn issued<'a>(case: &'a Case, visit: Option<&'a Visit>) -> impl Iterator<Item = &'a IssuedDocument> {
    case.documents
        .iter()
        .chain(visit.into_iter().flat_map(|visit| &visit.documents))
}

/// How the hub names an attachment; absent where its hash is none.
pub(super) fn blob_of(file: &AttachmentRef) -> Option<BlobRef> {
    let mut sha256 = [0; 32];
    hex::decode_to_slice(&file.sha256, &mut sha256).ok()?;
    Some(BlobRef {
        sha256: BlobHash(sha256),
        length: file.length,
    })
}

pub(super) async fn page<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Path(no): Path<String>,
) -> Result<Markup, PageError> {
    let seen = seen(&web, &seat, &no).await?;
    let district = &seat.officer.district;
    overview::follow(&web.hub, &web.rules, district).await?;
    let mut transaction = web.hub.store.begin_read().await?;
    let visit = visit(&mut transaction, district, &seen.case.received.visit).await?;
    let events = history::of(&mut transaction, district, &lane(LaneKind::Case, &no)).await?;
    let about = [seen.case.received.record_key.clone()];
    let disputed = transaction.pending_objections(district, &about).await?;
    let mut here = Vec::new();
    for file in attachments(&seen.case, visit.as_ref()) {
        if let Some(blob) = blob_of(file)
            && transaction
                .blob(district, blob)
                .await?
                .is_some_and(|row| row.receipt.is_some())
        {
            here.push(file.sha256.clone());
        }
    }
    drop(transaction);
    let today = day_in_china(web.hub.world.now()).to_string();
    let body = html! {
        (head(&seat, &seen.case))
        @for (_, objection) in &disputed { p { (queue::disputed(&seat, objection)) } }
        (limits(&seat, &seen.limits, &today))
        (next_acts(&seat, &seen.case))
        (record(&seat, &seen.case, visit.as_ref()))
        (papers(&seat, &seen.case, visit.as_ref(), &here))
        (happened(&seat, &events))
    };
    Ok(layout::page(&seat, "/queue", &no, &body))
}

/// The visit numbered `no`, where the hub has it.
pub(super) async fn visit(
    transaction: &mut impl HubTransaction,
    district: &str,
    no: &str,
) -> Result<Option<Visit>, StoreError> {
    let row = transaction.lane(district, &lane(LaneKind::Visit, no)).await?;
    Ok(match row.as_ref().map(read_state).transpose()? {
        Some(LaneState::Visit(visit)) => Some(visit),
        Some(_) | None => None,
    })
}

fn lane(kind: LaneKind, id: &str) -> LaneWords {
    LaneWords {
        kind: kind.as_str().to_owned(),
        id: id.to_owned(),
    }
}

/// Number, applicant and state, on top of a case and of its acts.
pub(super) fn head(seat: &Seat, case: &Case) -> Markup {
    html! {
        div.head {
            h1.code data-testid="case-no" { (case.no) }
            (queue::state(seat, case.state().as_str()))
            @if let Some(decision) = &case.decision {
                span.quiet { (seat.word("cases.outcome_", outcome(decision.outcome))) }
            }
            span.end {}
            a href="/queue" { (seat.say("case_page.back")) }
        }
        p { (case.received.subject.name) @if let Some(uscc) = &case.received.subject.uscc { " " span.code { (uscc) } } }
    }
}

fn outcome(outcome: DecisionOutcome) -> &'static str {
    match outcome {
        DecisionOutcome::Repaired => "repaired",
        DecisionOutcome::Refused => "refused",
    }
}

fn limits(seat: &Seat, limits: &[RunningLimit], today: &str) -> Markup {
    html! {
        @for limit in limits {
            @let overdue = limit.due_on.is_some_and(|day| day.to_string().as_str() < today);
            div class=(if overdue { "note stop" } else { "note wait" }) data-testid="limit" {
                p {
                    strong { (limit.label) "：" (limit.limit) " · " }
                    @match limit.due_on {
                        Some(day) => { (seat.language.fill("cases.dueOn", &[("on", &day.to_string())])) }
                        None if limit.from_on.is_none() => { (seat.say("cases.dueOpen")) }
                        None => { (seat.say("cases.dueUnknown")) }
                    }
                    @if overdue { " " span.state.stop { (seat.say("queue.overdue")) } }
                }
                p.small.quiet {
                    (limit.source)
                    @if limit.unverified { " · " (seat.say("verdict.unverified")) }
                }
            }
        }
        @if limits.is_empty() { p.quiet.small { (seat.say("case_page.noLimit")) } }
    }
}

fn next_acts(seat: &Seat, case: &Case) -> Markup {
    let acts: Vec<Act> = acts_of(case)
        .into_iter()
        .filter(|act| seat.officer.may(act.action()))
        .collect();
    html! {
        section.card aria-labelledby="acts-title" {
            h2 id="acts-title" { (seat.say("cases.nextActs")) }
            @if let Some(asked) = &case.supplement_asked {
                p.note.wait { (seat.language.fill("cases.asked", &[("what", asked)])) }
            }
            @if acts.is_empty() {
                p.quiet data-testid="no-acts" { (seat.say("case_page.noActs")) }
            } @else {
                p.quiet.small { (seat.say("case_page.actsHint")) }
                div.acts {
                    @for (place, act) in acts.iter().enumerate() {
                        a class=(if place == 0 { "btn primary" } else { "btn" }) data-testid={ "act-" (act.as_str()) }
                            href={ "/cases/" (case.no) "/acts/" (act.as_str()) } { (seat.word("cases.act_", act.as_str())) }
                    }
                }
            }
        }
    }
}

fn record(seat: &Seat, case: &Case, visit: Option<&Visit>) -> Markup {
    let (record, text) = (
        &case.received.record,
        |text: &Option<String>| html! { (text.as_deref().unwrap_or("—")) },
    );
    let mut rows = vec![
        (seat.say("verdict.docNo"), text(&record.document_no)),
        (seat.say("verdict.authority"), text(&record.authority_name)),
        (seat.say("verdict.content"), text(&record.penalty_content)),
        (
            seat.say("verdict.decidedOn"),
            html! { (record.decided_on.map(|day| day.to_string()).unwrap_or_else(|| "—".to_owned())) },
        ),
        (seat.say("case.receivedOn"), html! { (case.received.received_on) }),
        (seat.say("case_page.pack"), text(&case.received.assessment.pack)),
    ];
    if let Some(named_as) = case.received.named_as() {
        rows.push((seat.say("case.namedAs"), html! { (named_as) }));
    }
    if let Some(submission) = &case.submission {
        let (site, number, on) = (&submission.site, &submission.number, submission.on.to_string());
        let words = [("site", site.as_str()), ("number", number), ("on", &on)];
        rows.push((
            seat.say("case_page.submission"),
            html! { (seat.language.fill("cases.submittedTo", &words)) },
        ));
    }
    if let Some(decision) = &case.decision {
        let what = seat.word("cases.outcome_", outcome(decision.outcome));
        let words = [
            ("by", decision.by.as_str()),
            ("on", &decision.on.to_string()),
            ("outcome", what),
        ];
        let said = html! { (seat.language.fill("cases.decidedBy", &words)) span.sub.quiet { " " (decision.reason) } };
        rows.push((seat.say("case_page.decision"), said));
    }
    if let Some(agent) = visit.and_then(|visit| visit.agent.as_ref()) {
        let shown = html! {
            (agent.name)
            @for masked in [&agent.id_number_masked, &agent.phone_masked].into_iter().flatten() { " " span.code { (masked) } }
        };
        rows.push((seat.say("case_page.agent"), shown));
    }
    html! {
        section.card aria-labelledby="record-title" {
            h2 id="record-title" { (seat.say("cases.record")) }
            @if !case.record_differences.is_empty() {
                div.note.wait { p { (seat.say("cases.differs")) } ul { @for line in &case.record_differences { li { (line) } } } }
            }
            (layout::facts(&rows))
        }
    }
}

fn papers(seat: &Seat, case: &Case, visit: Option<&Visit>, here: &[String]) -> Markup {
    html! {
        section.card aria-labelledby="papers-title" {
            h2 id="papers-title" { (seat.say("cases.materials")) }
            ul.list {
                @for material in &case.materials {
                    li {
                        div.head {
                            span { (material.name) }
                            (mark(seat, material))
                        }
                        @for file in &material.mark.scans { (attachment(seat, case, file, here)) }
                    }
                }
            }
            h2 { (seat.say("cases.papers")) }
            @if issued(case, visit).next().is_none() { p.quiet { (seat.say("cases.noPapers")) } }
            ul.list {
                @for document in issued(case, visit) {
                    li {
                        span { (document.kind.title()) " " span.code.quiet { (document.number) } }
                        (attachment(seat, case, &document.file, here))
                    }
                }
            }
        }
    }
}

fn mark(seat: &Seat, material: &Material) -> Markup {
    let (colour, word, why) = match &material.mark.state {
        MaterialState::Received => ("state ok", "received", None),
        MaterialState::Faulty { reason } => ("state wait", "faulty", Some(reason)),
        MaterialState::Refused { reason } => ("state wait", "refused", Some(reason)),
        MaterialState::Waived { reason } => ("state info", "waived", Some(reason)),
        MaterialState::Pending => (if material.required { "state wait" } else { "state" }, "pending", None),
    };
    html! {
        span class=(colour) { (seat.word("material.", word)) }
        @if material.mark.original_seen { span.small.quiet { (seat.say("material.originalSeen")) } }
        @if let Some(why) = why { span.small.quiet { (why) } }
    }
}

fn attachment(seat: &Seat, case: &Case, file: &AttachmentRef, here: &[String]) -> Markup {
    html! {
        p.small {
            @if here.contains(&file.sha256) {
                a href={ "/cases/" (case.no) "/files/" (file.sha256) } data-testid="attachment" download { (file.name) }
                " " span.quiet { (size(file.length)) }
            } @else {
                (file.name) " " span.quiet { (seat.say("case_page.notHere")) }
            }
        }
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn happened(seat: &Seat, events: &[Event]) -> Markup {
    html! {
        section.card aria-labelledby="history-title" {
            h2 id="history-title" { (seat.say("cases.history")) }
            ol.list data-testid="history" {
                @for event in events {
                    li {
                        div.head {
                            strong { (seat.word("change.", event.kind)) }
                            @if let Some(on) = event.on { span { (on) } }
                            span.small.quiet {
                                @if event.at_hub { (seat.say("cases.hub")) }
                                @else { (seat.language.fill("cases.counter", &[("counter", &event.counter)])) }
                                " · " (event.actor) " · " (layout::moment(event.made_at))
                            }
                        }
                        @if let Some(said) = &event.said { p.small { (said) } }
                    }
                }
            }
        }
    }
}
