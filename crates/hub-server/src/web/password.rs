//! Choosing one's own password: the only page an officer with a one-time password gets to.

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
    seat::{Newcomer, NewcomerPosted, SESSION, Seat, set_cookie},
};
use crate::{
    officer::{PASSWORD_AT_LEAST, SignInError, change_password},
    store::{HubStore, StoreError},
};

pub(super) async fn form(Newcomer(seat): Newcomer) -> Markup {
    page(&seat, &[])
}

pub(super) async fn change<S: HubStore>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
    posted: NewcomerPosted,
) -> Result<Response, PageError> {
    let NewcomerPosted { seat, fields } = posted;
    let new = fields.raw("new");
    if new != fields.raw("again") {
        let fault = Fault::new("again", seat.say("password.differs"));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&seat, &[fault])).into_response());
    }
    let fault = match change_password(&web.hub, &seat.officer, fields.raw("password"), new).await {
        Ok(()) => {
            let cookie = set_cookie(&headers, SESSION, "", 0);
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response());
        }
        Err(SignInError::Store(error)) => return Err(error.into()),
        Err(SignInError::Account(error)) => return Err(StoreError::Failed(Box::new(error)).into()),
        Err(SignInError::PasswordTooShort) => {
            let least = PASSWORD_AT_LEAST.to_string();
            Fault::new("new", seat.language.fill("password.tooShort", &[("n", &least)]))
        }
        Err(SignInError::SamePassword) => Fault::new("new", seat.say("password.same")),
        Err(SignInError::Wrong) => Fault::new("password", seat.say("password.wrong")),
        Err(SignInError::Resting { until_at }) => {
            let until = layout::moment(until_at);
            Fault::new("password", seat.language.fill("signIn.resting", &[("until", &until)]))
        }
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&seat, &[fault])).into_response())
}

fn page(seat: &Seat, faults: &[Fault]) -> Markup {
    let title = seat.say("password.title");
    let least = PASSWORD_AT_LEAST.to_string();
    let body = html! {
        (layout::faults(seat.language, faults))
        form.card method="post" action="/password" {
            h1 { (title) }
            @if seat.officer.must_change { p.note { (seat.say("password.first")) } }
            p.quiet { (seat.language.fill("password.lead", &[("n", &least)])) }
            (layout::token(seat))
            (layout::field("password", seat.say("password.old"), "password", "", faults))
            (layout::field("new", seat.say("password.new"), "password", "", faults))
            (layout::field("again", seat.say("password.again"), "password", "", faults))
            div.acts {
                button.btn.primary type="submit" data-testid="change" { (seat.say("password.change")) }
                @if !seat.officer.must_change { a href="/" { (seat.say("form.back")) } }
            }
        }
    };
    layout::bare(seat.language, title, &body)
}
