//! Signing in and out, and the way to the first page of a role.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    layout::{self, Fault},
    seat::{BEFORE, Outside, Posted, SESSION, Seat, cookie, form_token, language, set_cookie},
    text::Language,
};
use crate::{
    officer::{Action, LONGEST_MS, SignInError, sign_in, sign_out},
    store::{HubStore, OfficerStore, StoreError},
};

/// How long a sign-in form may stand open, in seconds.
const FORM_KEPT_S: i64 = 60 * 60;

/// The first page of the officer's role.
pub(super) async fn home<S: HubStore>(State(_): State<Web<S>>, seat: Seat) -> Redirect {
    let first = [(Action::ReadCases, "/queue"), (Action::ManageOfficers, "/officers")]
        .into_iter()
        .find(|(action, _)| seat.officer.may(*action));
    Redirect::to(first.map_or("/password", |(_, address)| address))
}

pub(super) async fn form<S: HubStore>(State(web): State<Web<S>>, headers: HeaderMap) -> Result<Response, PageError> {
    let language = language(&headers);
    let districts = districts(&web).await?;
    let before = match cookie(&headers, BEFORE).filter(|before| !before.is_empty()) {
        Some(before) => before.to_owned(),
        None => fresh(&web)?,
    };
    let page = page(language, &before, &districts, "", &[]);
    let cookie = set_cookie(&headers, BEFORE, &before, FORM_KEPT_S);
    Ok(([(header::SET_COOKIE, cookie)], page).into_response())
}

pub(super) async fn enter<S: HubStore>(State(web): State<Web<S>>, posted: Outside) -> Result<Response, PageError> {
    let Outside {
        language,
        headers,
        fields,
    } = posted;
    let districts = districts(&web).await?;
    let district = match districts.as_slice() {
        [only] => only.as_str(),
        _ => fields.get("district"),
    };
    let account = fields.get("account");
    let fault = match sign_in(&web.hub, district, account, fields.raw("password")).await {
        Ok(session) => {
            let cookie = set_cookie(&headers, SESSION, &session.token.to_string(), LONGEST_MS / 1000);
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response());
        }
        Err(SignInError::Resting { until_at }) => Fault::new(
            "account",
            language.fill("signIn.resting", &[("until", &layout::moment(until_at))]),
        ),
        Err(SignInError::Store(error)) => return Err(error.into()),
        Err(SignInError::Wrong | SignInError::PasswordTooShort | SignInError::SamePassword) => {
            Fault::new("account", language.say("signIn.wrong"))
        }
        Err(SignInError::Account(error)) => {
            return Err(StoreError::Failed(Box::new(error)).into());
        }
    };
    let before = cookie(&headers, BEFORE).unwrap_or_default();
    let page = page(language, before, &districts, account, &[fault]);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(super) async fn leave<S: HubStore>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
    posted: Posted,
) -> Result<Response, PageError> {
    sign_out(&web.hub, &posted.seat.token).await?;
    let cookie = set_cookie(&headers, SESSION, "", 0);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

async fn districts<S: HubStore>(web: &Web<S>) -> Result<Vec<String>, StoreError> {
    let mut transaction = web.hub.store.begin_read().await?;
    transaction.districts_with_officers().await
}

fn fresh<S: HubStore>(web: &Web<S>) -> Result<String, PageError> {
    let random: [u8; 16] = web
        .hub
        .world
        .random()
        .map_err(|error| StoreError::Failed(Box::new(error)))?;
    Ok(hex::encode(random))
}

fn page(language: Language, before: &str, districts: &[String], account: &str, faults: &[Fault]) -> Markup {
    let title = language.say("signIn.title");
    let body = html! {
        (layout::faults(language, faults))
        form.card method="post" action="/sign-in" {
            h1 { (title) }
            p.quiet { (language.say("signIn.lead")) }
            @if districts.is_empty() { p.note.wait { (language.say("signIn.nobody")) } }
            input type="hidden" name="token" value=(form_token(before));
            @if districts.len() > 1 {
                div.field {
                    label for="district" { (language.say("signIn.district")) }
                    select.input id="district" name="district" {
                        @for district in districts { option value=(district) { (district) } }
                    }
                }
            }
            (layout::field("account", language.say("signIn.account"), "text", account, faults))
            (layout::field("password", language.say("signIn.password"), "password", "", &[]))
            div.acts { button.btn.primary type="submit" data-testid="enter" { (language.say("signIn.enter")) } }
        }
    };
    layout::bare(language, title, &body)
}
