//! An act on a case: typed in, checked, entered. The reducer of `counter-core` has the last word.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use counter_core::case::{Case, CaseChange, CaseState, DecisionOutcome, SITES};
use jiff::civil::Date;
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    case::{head, seen},
    layout::{self, Fault},
    seat::{Fields, Posted, Seat},
};
use crate::{
    authority_act::enter_change,
    clock::day_in_china,
    hub_change::HubChangeError,
    officer::Action,
    store::{HubStore, StoreError},
};

/// The longest reason, in characters.
const REASON_LONGEST: usize = 500;

/// The box of each of the [`SITES`].
const SITE_FIELDS: [&str; 2] = ["site-0", "site-1"];

/// An act that can be entered here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Push,
    Accept,
    Decline,
    AskSupplement,
    Decide,
    TakeDown,
}

impl Act {
    const ALL: [Self; 6] = [
        Self::Push,
        Self::Accept,
        Self::Decline,
        Self::AskSupplement,
        Self::Decide,
        Self::TakeDown,
    ];

    /// The stable word; the counter's screens use the same.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Push => "push",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::AskSupplement => "ask_supplement",
            Self::Decide => "decide",
            Self::TakeDown => "take_down",
        }
    }

    /// What an officer must be allowed to do for it.
    pub fn action(self) -> Action {
        match self {
            Self::TakeDown => Action::CheckTakenDown,
            Self::Push | Self::Accept | Self::Decline | Self::AskSupplement | Self::Decide => Action::ActForAuthority,
        }
    }
}

/// The acts that may follow from where a case stands, the likeliest first.
pub(super) fn acts_of(case: &Case) -> Vec<Act> {
    match (case.stage, &case.decision) {
        (CaseState::Submitted, _) => {
            let push = case.pushed_on.is_none().then_some(Act::Push);
            [Act::Accept, Act::AskSupplement, Act::Decline]
                .into_iter()
                .chain(push)
                .collect()
        }
        (CaseState::Accepted, _) => vec![Act::Decide, Act::AskSupplement],
        (CaseState::Decided, Some(decision)) if decision.outcome == DecisionOutcome::Repaired => vec![Act::TakeDown],
        _ => Vec::new(),
    }
}

/// What was typed in, checked.
struct Entry {
    act: Act,
    on: Date,
    reason: String,
    number: String,
    sites: Vec<String>,
    outcome: Option<DecisionOutcome>,
}

pub(super) async fn form<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Path((no, act)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let act = named(&seat, &act)?;
    let case = seen(&web, &seat, &no).await?.case;
    if !acts_of(&case).contains(&act) {
        return Ok(too_late(&seat, &case));
    }
    let today = day_in_china(web.hub.world.now());
    let mut fields = Fields::default();
    fields.put("on", today.to_string());
    Ok(ask(&seat, &case, act, &fields, &[]).into_response())
}

pub(super) async fn enter<S: HubStore>(
    State(web): State<Web<S>>,
    Path((no, act)): Path<(String, String)>,
    posted: Posted,
) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    let act = named(&seat, &act)?;
    let case = seen(&web, &seat, &no).await?.case;
    if !acts_of(&case).contains(&act) {
        return Ok(too_late(&seat, &case));
    }
    let today = day_in_china(web.hub.world.now());
    let entry = match read(&seat, act, &fields, &case, today) {
        Ok(entry) => entry,
        Err(faults) => {
            return Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                ask(&seat, &case, act, &fields, &faults),
            )
                .into_response());
        }
    };
    match fields.get("step") {
        "enter" => {}
        "change" => return Ok(ask(&seat, &case, act, &fields, &[]).into_response()),
        _ => return Ok(check(&seat, &case, &entry, &fields).into_response()),
    }
    let by = authority_of(&seat, &case);
    let entered = enter_change(&web.hub, &seat.officer.district, &no, &seat.officer.account, |_| {
        as_change(&entry, by)
    });
    match entered.await {
        Ok(_) => Ok(Redirect::to(&format!("/cases/{no}")).into_response()),
        Err(HubChangeError::Refused(refusal)) => {
            let key = format!("refusal.{}", refusal.code.as_str());
            let text = seat.language.fill(&key, &[("detail", &refusal.detail)]);
            let page = ask(&seat, &case, act, &fields, &[Fault::new("on", text)]);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(HubChangeError::Store(error)) => Err(error.into()),
        Err(HubChangeError::Entropy(error)) => Err(StoreError::Failed(Box::new(error)).into()),
    }
}

fn named(seat: &Seat, word: &str) -> Result<Act, PageError> {
    let act = Act::ALL.into_iter().find(|act| act.as_str() == word);
    let act = act.ok_or(PageError::NotFound(seat.language))?;
    seat.allow(act.action())?;
    Ok(act)
}

/// The name under which the act stands: the authority's, as the record has it.
fn authority_of(seat: &Seat, case: &Case) -> String {
    let named = case.received.record.authority_name.clone();
    named.unwrap_or_else(|| seat.officer.authorities.first().cloned().unwrap_or_default())
}

fn as_change(entry: &Entry, by: String) -> CaseChange {
    let (on, reason) = (entry.on, entry.reason.clone());
    match entry.act {
        Act::Push => CaseChange::Pushed { to: by, on },
        Act::Accept => CaseChange::Accepted {
            by,
            on,
            number: Some(entry.number.clone()).filter(|number| !number.is_empty()),
        },
        Act::Decline => CaseChange::Declined { by, on, reason },
        Act::AskSupplement => CaseChange::SupplementAsked { by, on, reason },
        Act::Decide => CaseChange::Decided {
            by,
            on,
            outcome: entry.outcome.unwrap_or(DecisionOutcome::Refused),
            reason,
        },
        Act::TakeDown => CaseChange::TakenDown {
            sites: entry.sites.clone(),
            on,
        },
    }
}

fn read(seat: &Seat, act: Act, fields: &Fields, case: &Case, today: Date) -> Result<Entry, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut need = |field: &'static str, key: &str| faults.push(Fault::new(field, seat.say(key)));
    let outcome = match fields.get("outcome") {
        "repaired" => Some(DecisionOutcome::Repaired),
        "refused" => Some(DecisionOutcome::Refused),
        _ => None,
    };
    if act == Act::Decide && outcome.is_none() {
        need("outcome", "cases.need_outcome");
    }
    let reason = fields.get("reason").to_owned();
    let needs_reason = matches!(act, Act::Decline | Act::AskSupplement | Act::Decide);
    if needs_reason && reason.is_empty() {
        need("reason", "cases.need_reason");
    }
    if reason.chars().count() > REASON_LONGEST {
        need("reason", "act.reasonTooLong");
    }
    let number = fields.get("number").to_owned();
    if number.chars().count() > 60 {
        need("number", "act.numberTooLong");
    }
    let ticked = |nth: &usize| fields.get(SITE_FIELDS[*nth]) == "gone";
    let sites: Vec<String> = (0..SITES.len())
        .filter(ticked)
        .map(|nth| SITES[nth].to_owned())
        .collect();
    if act == Act::TakeDown && sites.len() < SITES.len() {
        need("sites", "cases.need_sites");
    }
    let on = fields.get("on").parse::<Date>().ok();
    match on {
        None => need("on", "cases.need_on"),
        Some(on) if on > today => need("on", "cases.need_future"),
        Some(on) if on < case.last_act_on => {
            let before = case.last_act_on.to_string();
            faults.push(Fault::new(
                "on",
                seat.language.fill("refusal.date_before_cause", &[("detail", &before)]),
            ));
        }
        Some(_) => {}
    }
    match on {
        Some(on) if faults.is_empty() => Ok(Entry {
            act,
            on,
            reason,
            number,
            sites,
            outcome,
        }),
        _ => Err(faults),
    }
}

/// The act no longer follows from where the case is: somebody was faster, or the page is old.
fn too_late(seat: &Seat, case: &Case) -> Response {
    let state = seat.word("case.state_", case.state().as_str());
    let body = html! {
        (head(seat, case))
        p.note.stop data-testid="too-late" { (seat.language.fill("refusal.wrong_state", &[("detail", state)])) }
        div.acts { a.btn href={ "/cases/" (case.no) } { (seat.say("act.toCase")) } }
    };
    (StatusCode::CONFLICT, layout::page(seat, "/queue", &case.no, &body)).into_response()
}

fn ask(seat: &Seat, case: &Case, act: Act, fields: &Fields, faults: &[Fault]) -> Markup {
    let title = seat.word("cases.act_", act.as_str());
    let body = html! {
        (layout::faults(seat.language, faults))
        (head(seat, case))
        form.card method="post" action={ "/cases/" (case.no) "/acts/" (act.as_str()) } {
            h2 { (title) }
            p.quiet { (seat.language.fill("act.inTheNameOf", &[("by", &authority_of(seat, case))])) }
            (layout::token(seat))
            input type="hidden" name="step" value="check";
            @if act == Act::Decide { (outcomes(seat, fields.get("outcome"), faults)) }
            @if act == Act::Accept {
                (layout::field("number", seat.say("cases.field_acceptNumber"), "text", fields.get("number"), faults))
            }
            @if matches!(act, Act::Decline | Act::AskSupplement | Act::Decide) {
                @let label = if act == Act::AskSupplement { "cases.field_supplement" } else { "cases.field_reason" };
                (layout::area("reason", seat.say(label), Some(seat.say("act.reasonHint")), fields.get("reason"), faults))
            }
            @if act == Act::TakeDown {
                (sites(seat, fields, faults))
            }
            (layout::field("on", seat.say(if act == Act::Push { "cases.field_on_push" } else { "cases.field_on" }), "date", fields.get("on"), faults))
            div.acts {
                button.btn.primary type="submit" data-testid="check" { (seat.say("act.check")) }
                a href={ "/cases/" (case.no) } { (seat.say("form.back")) }
            }
        }
    };
    layout::page(seat, "/queue", title, &body)
}

/// One box for each site: both have to be looked at.
fn sites(seat: &Seat, fields: &Fields, faults: &[Fault]) -> Markup {
    let fault = faults.iter().find(|fault| fault.field == "sites");
    html! {
        fieldset id="sites" tabindex="-1" aria-describedby=[fault.map(|_| "sites-wrong")] {
            legend.label { (seat.say("cases.field_sites")) }
            p.hint { (seat.say("cases.field_sitesHint")) }
            @if let Some(fault) = fault { p.wrong id="sites-wrong" { (fault.text) } }
            @for (site, field) in SITES.into_iter().zip(SITE_FIELDS) {
                label.choice {
                    input type="checkbox" name=(field) value="gone" checked[fields.get(field) == "gone"] data-testid=(field);
                    (seat.language.fill("cases.goneFrom", &[("site", site)]))
                }
            }
        }
    }
}

fn outcomes(seat: &Seat, chosen: &str, faults: &[Fault]) -> Markup {
    let fault = faults.iter().find(|fault| fault.field == "outcome");
    html! {
        fieldset id="outcome" tabindex="-1" aria-describedby=[fault.map(|_| "outcome-wrong")] {
            legend.label { (seat.say("cases.field_outcome")) }
            @if let Some(fault) = fault { p.wrong id="outcome-wrong" { (fault.text) } }
            @for word in ["repaired", "refused"] {
                label.choice {
                    input type="radio" name="outcome" value=(word) checked[chosen == word] data-testid={ "outcome-" (word) };
                    (seat.word("cases.outcome_", word))
                }
            }
        }
    }
}

fn check(seat: &Seat, case: &Case, entry: &Entry, fields: &Fields) -> Markup {
    let act = entry.act;
    let title = seat.word("cases.act_", act.as_str());
    let mut rows = vec![
        (seat.say("act.act"), html! { (title) }),
        (seat.say("cases.field_by"), html! { (authority_of(seat, case)) }),
        (seat.say("cases.field_on"), html! { (entry.on) }),
    ];
    if let Some(outcome) = entry.outcome.filter(|_| act == Act::Decide) {
        let word = if outcome == DecisionOutcome::Repaired {
            "repaired"
        } else {
            "refused"
        };
        rows.push((
            seat.say("cases.field_outcome"),
            html! { strong { (seat.word("cases.outcome_", word)) } },
        ));
    }
    if !entry.number.is_empty() {
        rows.push((seat.say("cases.field_acceptNumber"), html! { (entry.number) }));
    }
    if !entry.reason.is_empty() {
        rows.push((seat.say("cases.field_reason"), html! { (entry.reason) }));
    }
    if act == Act::TakeDown {
        rows.push((seat.say("cases.field_sites"), html! { (entry.sites.join("、")) }));
    }
    let body = html! {
        (head(seat, case))
        form.card method="post" action={ "/cases/" (case.no) "/acts/" (act.as_str()) } {
            h2 { (seat.say("act.checkTitle")) }
            (layout::facts(&rows))
            p.note { (seat.language.fill("act.final", &[("no", &case.no), ("act", title)])) }
            (layout::token(seat))
            @for name in ["on", "reason", "number", "outcome"].into_iter().chain(SITE_FIELDS) {
                input type="hidden" name=(name) value=(fields.get(name));
            }
            div.acts {
                button.btn.primary type="submit" name="step" value="enter" data-testid="enter" { (seat.say("act.enter")) }
                button.btn type="submit" name="step" value="change" data-testid="change" { (seat.say("act.change")) }
            }
        }
    };
    layout::page(seat, "/queue", title, &body)
}
