//! Revoking a certificate: the credit office's act, at once in the trust list and on the public page.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    layout::{self, Fault},
    seat::{Fields, Posted, Seat},
};
use crate::{
    hub_change::HubChangeError,
    officer::Action,
    revocation,
    store::{HubStore, StoreError},
};

pub(super) async fn form(seat: Seat) -> Result<Markup, PageError> {
    seat.allow(Action::Publish)?;
    Ok(page(&seat, &Fields::default(), &[], None))
}

pub(super) async fn revoke<S: HubStore>(State(web): State<Web<S>>, posted: Posted) -> Result<Response, PageError> {
    let Posted { seat, fields } = posted;
    seat.allow(Action::Publish)?;
    let mut faults = Vec::new();
    if fields.get("number").is_empty() {
        faults.push(Fault::new("number", seat.say("revocations.needNumber")));
    }
    if fields.get("reason").is_empty() || fields.get("reason").chars().count() > 500 {
        faults.push(Fault::new("reason", seat.say("cases.need_reason")));
    }
    if fields.get("sure") != "yes" {
        faults.push(Fault::new("sure", seat.say("revocations.needSure")));
    }
    if !faults.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&seat, &fields, &faults, None)).into_response());
    }
    let (number, reason) = (fields.get("number"), fields.get("reason"));
    match revocation::revoke(&web.hub, &seat.officer.district, number, reason, &seat.officer.account).await {
        Ok(certificate) => Ok(page(&seat, &Fields::default(), &[], Some(&certificate.no)).into_response()),
        Err(HubChangeError::Refused(refusal)) => {
            let key = format!("refusal.{}", refusal.code.as_str());
            let state = seat.word("certificate.state_", &refusal.detail);
            let text = seat.language.fill(&key, &[("detail", state)]);
            let faults = [Fault::new("number", text)];
            Ok((StatusCode::CONFLICT, page(&seat, &fields, &faults, None)).into_response())
        }
        Err(HubChangeError::Store(error)) => Err(error.into()),
        Err(HubChangeError::Entropy(error)) => Err(StoreError::Failed(Box::new(error)).into()),
    }
}

fn page(seat: &Seat, fields: &Fields, faults: &[Fault], revoked: Option<&str>) -> Markup {
    let title = seat.say("revocations.title");
    let sure = faults.iter().find(|fault| fault.field == "sure");
    let body = html! {
        (layout::faults(seat.language, faults))
        h1 { (title) }
        @if let Some(no) = revoked {
            p.note.ok role="status" data-testid="revoked" { (seat.language.fill("revocations.done", &[("no", no)])) }
        }
        form.card method="post" action="/revocations" {
            p.quiet { (seat.say("revocations.lead")) }
            (layout::token(seat))
            (layout::field("number", seat.say("verify.number"), "text", fields.get("number"), faults))
            (layout::area("reason", seat.say("cases.field_reason"), Some(seat.say("revocations.reasonHint")), fields.get("reason"), faults))
            div.field {
                @if let Some(fault) = sure { p.wrong id="sure-wrong" { (fault.text) } }
                label.choice {
                    input type="checkbox" id="sure" name="sure" value="yes" data-testid="sure" aria-describedby=[sure.map(|_| "sure-wrong")];
                    (seat.say("revocations.sure"))
                }
            }
            div.acts { button.btn.primary type="submit" data-testid="revoke" { (seat.say("revocations.revoke")) } }
        }
    };
    layout::page(seat, "/revocations", title, &body)
}
