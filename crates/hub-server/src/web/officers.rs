//! The officers' accounts, for administrators: made with a one-time password, reset, ended.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    layout::{self, Fault},
    seat::{Fields, Posted, Seat},
};
use crate::{
    officer::{self, AccountError, Action, NewOfficer, Role},
    store::{HubStore, OfficerRow, OfficerStore, StoreError},
};

pub(super) async fn page<S: HubStore>(State(web): State<Web<S>>, seat: Seat) -> Result<Markup, PageError> {
    seat.allow(Action::ManageOfficers)?;
    let officers = all(&web, &seat).await?;
    Ok(show(&seat, &officers, &Fields::default(), &[], web.hub.world.now()))
}

pub(super) async fn add<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::ManageOfficers)?;
    let authorities = fields.get("authorities").lines().map(str::trim);
    let new = NewOfficer {
        district: seat.officer.district.clone(),
        account: fields.get("account").to_owned(),
        name: fields.get("name").to_owned(),
        role: Role::from_word(fields.get("role")).unwrap_or(Role::Authority),
        authorities: authorities.filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        password: None,
    };
    match officer::add(&web.hub, new).await {
        Ok(password) => Ok(shown_once(&seat, fields.get("account"), &password).into_response()),
        Err(error) => {
            let (field, key) = match error {
                AccountError::Store(error) => return Err(error.into()),
                AccountError::Entropy(error) => return Err(StoreError::Failed(Box::new(error)).into()),
                AccountError::Name => ("name", "officers.badName"),
                AccountError::Authorities => ("authorities", "officers.badAuthorities"),
                AccountError::AlreadyExists => ("account", "officers.exists"),
                AccountError::District
                | AccountError::Account
                | AccountError::PasswordTooShort
                | AccountError::NotFound
                | AccountError::LastAdministrator => ("account", "officers.badAccount"),
            };
            let officers = all(&web, &seat).await?;
            let faults = [Fault::new(field, seat.say(key))];
            let page = show(&seat, &officers, &fields, &faults, web.hub.world.now());
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

pub(super) async fn reset<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::ManageOfficers)?;
    let account = fields.get("account");
    match officer::reset_password(&web.hub, &seat.officer.district, account).await {
        Ok(password) => Ok(shown_once(&seat, account, &password).into_response()),
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(_) => Err(PageError::NotFound(seat.language)),
    }
}

pub(super) async fn disable<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::ManageOfficers)?;
    match officer::disable(&web.hub, &seat.officer.district, fields.get("account")).await {
        Ok(()) => Ok(Redirect::to("/officers").into_response()),
        Err(AccountError::Store(error)) => Err(error.into()),
        Err(AccountError::LastAdministrator) => {
            let officers = all(&web, &seat).await?;
            let faults = [Fault::new("main", seat.say("officers.lastAdministrator"))];
            let page = show(&seat, &officers, &Fields::default(), &faults, web.hub.world.now());
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Err(_) => Err(PageError::NotFound(seat.language)),
    }
}

async fn all<S: HubStore>(web: &Web<S>, seat: &Seat) -> Result<Vec<OfficerRow>, StoreError> {
    let mut transaction = web.hub.store.begin_read().await?;
    transaction.officers(&seat.officer.district).await
}

fn shown_once(seat: &Seat, account: &str, password: &str) -> Markup {
    let title = seat.language.fill("officers.passwordTitle", &[("account", account)]);
    let body = html! {
        section.card {
            h1 { (title) }
            p.secret data-testid="one-time-password" { (password) }
            p.note { (seat.say("officers.passwordOnce")) }
            div.acts { a.btn href="/officers" { (seat.say("form.back")) } }
        }
    };
    layout::page(seat, "/officers", &title, &body)
}

fn show(seat: &Seat, officers: &[OfficerRow], fields: &Fields, faults: &[Fault], now: i64) -> Markup {
    let title = seat.say("officers.title");
    let body = html! {
        (layout::faults(seat.language, faults))
        h1 { (title) }
        section.card {
            div.wide {
                table data-testid="officers" {
                    thead { tr {
                        th scope="col" { (seat.say("officers.account")) }
                        th scope="col" { (seat.say("officers.role")) }
                        th scope="col" { (seat.say("officers.authorities")) }
                        th scope="col" { (seat.say("case.state")) }
                        th scope="col" { (seat.say("officers.acts")) }
                    } }
                    tbody { @for officer in officers { (row(seat, officer, now)) } }
                }
            }
        }
        form.card method="post" action="/officers" {
            h2 { (seat.say("officers.add")) }
            (layout::token(seat))
            div.row {
                (layout::field("account", seat.say("officers.account"), "text", fields.get("account"), faults))
                (layout::field("name", seat.say("officers.name"), "text", fields.get("name"), faults))
                div.field {
                    label for="role" { (seat.say("officers.role")) }
                    select.input id="role" name="role" data-testid="role" {
                        @for role in Role::ALL {
                            option value=(role.as_str()) selected[role.as_str() == fields.get("role")] { (seat.word("role.", role.as_str())) }
                        }
                    }
                }
            }
            (layout::area("authorities", seat.say("officers.authorities"), Some(seat.say("officers.authoritiesHint")), fields.get("authorities"), faults))
            div.acts { button.btn.primary type="submit" data-testid="add" { (seat.say("officers.addButton")) } }
        }
    };
    layout::page(seat, "/officers", title, &body)
}

fn row(seat: &Seat, officer: &OfficerRow, now: i64) -> Markup {
    let (colour, word) = match officer {
        OfficerRow {
            disabled_at: Some(_), ..
        } => ("state stop", "officers.ended"),
        OfficerRow {
            resting_until_at: Some(until),
            ..
        } if now < *until => ("state wait", "officers.resting"),
        OfficerRow { must_change: true, .. } => ("state wait", "officers.new"),
        _ => ("state ok", "officers.active"),
    };
    html! {
        tr {
            th scope="row" { span.code { (officer.account) } span.sub { (officer.name) } }
            td { (seat.word("role.", &officer.role)) }
            td { (officer.authorities.join("、")) }
            td { span class=(colour) { (seat.say(word)) } }
            td {
                div.acts {
                    @for (address, label, shown) in [
                        ("/officers/reset", "officers.reset", true),
                        ("/officers/disable", "officers.disable", officer.disabled_at.is_none()),
                    ] {
                        @if shown {
                            form method="post" action=(address) {
                                (layout::token(seat))
                                input type="hidden" name="account" value=(officer.account);
                                button.btn.slim type="submit" aria-label={ (seat.say(label)) " " (officer.account) } { (seat.say(label)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
