//! A rule pack held against the one the counters have now, value by value, so that a lawyer can read what would change.

use std::collections::BTreeMap;

use counter_core::pack::{CitedValue, RulePack};
use maud::{Markup, html};

use crate::{
    dataset::{FileRows, Publication, PublishError, documents},
    store::{HubStore, StoreError},
    web::{Web, answer::PageError, layout, seat::Seat},
};

/// A value that would change.
struct ChangedValue {
    now: Option<CitedValue>,
    then: Option<CitedValue>,
}

/// What publishing the pack in `file` would change at the counters.
pub(super) async fn changes<S: HubStore>(
    web: &Web<S>,
    seat: &Seat,
    publication: &Publication<'_>,
    file: &FileRows,
) -> Result<Markup, PageError> {
    let read = file
        .rows
        .first()
        .and_then(|row| hub_api::dataset::read_body::<hub_api::dataset::DocumentRow>(row).ok());
    let pack = read.and_then(|document| RulePack::parse(&document.text).ok());
    let pack = pack.ok_or_else(|| StoreError::Damaged("a pack that was read a moment ago".to_owned()))?;
    let known = match documents(&web.hub, publication).await {
        Ok(known) => known,
        Err(PublishError::Store(error)) => return Err(error.into()),
        Err(error) => return Err(StoreError::Damaged(error.to_string()).into()),
    };
    let published = known
        .iter()
        .find(|document| document.name == pack.id)
        .and_then(|document| RulePack::parse(&document.text).ok());
    let shipped = web.rules.pack(&pack.id);
    let now = published.as_ref().or(shipped);
    let changed = changed_values(now, &pack);
    let doubtful = pack.rules().iter().filter(|rule| rule.is_doubtful()).count();
    Ok(html! {
        section.card {
            h2 { (pack.short) }
            (layout::facts(&[
                (seat.say("publishing.packId"), html! { span.code data-testid="pack" { (pack.id) } }),
                (seat.say("publishing.document"), html! { (pack.document) }),
                (seat.say("publishing.effective"), html! {
                    (pack.effective_from()) " — " @if let Some(to) = pack.effective_to() { (to) }
                }),
                (seat.say("publishing.values"), html! { (pack.rules().len()) }),
                (seat.say("publishing.doubtful"), html! { (doubtful) }),
            ]))
            @let beside = if published.is_some() { "publishing.againstPublished" }
                else if shipped.is_some() { "publishing.againstShipped" }
                else { "publishing.newPack" };
            p.quiet { (seat.say(beside)) }
        }
        (table(seat, &changed))
    })
}

fn changed_values(now: Option<&RulePack>, then: &RulePack) -> Vec<ChangedValue> {
    let mut old: BTreeMap<String, CitedValue> = now
        .into_iter()
        .flat_map(RulePack::values)
        .map(|value| (value.key.clone(), value))
        .collect();
    let mut changed = Vec::new();
    for value in then.values() {
        let known = old.remove(&value.key);
        let says_the_same = known.as_ref().is_some_and(|known| {
            (
                &known.display,
                &known.article,
                known.status,
                &known.source,
                &known.conflict,
            ) == (
                &value.display,
                &value.article,
                value.status,
                &value.source,
                &value.conflict,
            )
        });
        if !says_the_same {
            changed.push(ChangedValue {
                now: known,
                then: Some(value),
            });
        }
    }
    changed.extend(old.into_values().map(|value| ChangedValue {
        now: Some(value),
        then: None,
    }));
    changed
}

fn table(seat: &Seat, changed: &[ChangedValue]) -> Markup {
    let title = seat
        .language
        .fill("publishing.packChanges", &[("n", &changed.len().to_string())]);
    html! {
        section.card data-testid="pack-changes" {
            h2 { (title) }
            @if changed.is_empty() {
                p.quiet { (seat.say("publishing.packSame")) }
            } @else {
                div.wide tabindex="0" role="region" aria-label=(title) {
                    table {
                        thead { tr {
                            th scope="col" { (seat.say("publishing.value")) }
                            th scope="col" { (seat.say("publishing.now")) }
                            th scope="col" { (seat.say("publishing.then")) }
                        } }
                        tbody { @for value in changed {
                            @if let Some(named) = value.then.as_ref().or(value.now.as_ref()) {
                                tr {
                                    th scope="row" { (named.label) span.sub.code { (named.key) } }
                                    td { (said(seat, value.now.as_ref())) }
                                    td { (said(seat, value.then.as_ref())) }
                                }
                            }
                        } }
                    }
                }
            }
        }
    }
}

fn said(seat: &Seat, value: Option<&CitedValue>) -> Markup {
    html! {
        @match value {
            Some(value) => {
                (value.display)
                span.sub { (value.article) " · " (seat.word("publishing.status_", status(value))) }
            }
            None => { "—" }
        }
    }
}

fn status(value: &CitedValue) -> &'static str {
    use counter_core::pack::Status;
    match value.status {
        Status::Verified => "verified",
        Status::Secondary => "secondary",
        Status::Recalled => "recalled",
    }
}
