//! The public page: is this training certificate to be believed. Nobody signs in, nothing is kept.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
};
use counter_core::certificate::CertificateState;
use hub_api::{
    certificate_envelope::{CertificatePayload, EnvelopePayload},
    trust::{Verification, VerificationStatus},
};
use maud::{Markup, html};

use super::{
    Web,
    answer::PageError,
    layout,
    seat::{PublicFields, language},
    text::Language,
};
use crate::{
    certificate_check::{Checked, check},
    store::HubStore,
};

pub(super) async fn form(headers: HeaderMap) -> Markup {
    page(language(&headers), "", None)
}

/// Sent by a form, so that what was scanned stands in no address and no log.
pub(super) async fn verify<S: HubStore>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
    PublicFields(fields): PublicFields,
) -> Result<Markup, PageError> {
    answer(&web, language(&headers), fields.get("text")).await
}

/// Followed as a link, as a reader of QR codes makes one of what it read.
pub(super) async fn verify_link<S: HubStore>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
    Path(text): Path<String>,
) -> Result<Markup, PageError> {
    answer(&web, language(&headers), &text).await
}

async fn answer<S: HubStore>(web: &Web<S>, language: Language, text: &str) -> Result<Markup, PageError> {
    if text.is_empty() {
        return Ok(page(language, "", None));
    }
    let checked = check(&web.hub, text).await?;
    Ok(page(language, text, Some(&checked)))
}

fn page(language: Language, text: &str, checked: Option<&Checked>) -> Markup {
    let title = language.say("verify.title");
    let body = html! {
        @if let Some(checked) = checked { (outcome(language, checked)) }
        form.card method="post" action="/c/" {
            h1 { (title) }
            p.quiet { (language.say("certificate.lead")) }
            (layout::area("text", language.say("certificate.text"), Some(language.say("certificate.textHint")), text, &[]))
            div.acts { button.btn.primary type="submit" data-testid="verify" { (language.say("verify.verify")) } }
            p.quiet.small { (language.say("certificate.kept")) }
        }
    };
    layout::public(language, title, &body)
}

fn outcome(language: Language, checked: &Checked) -> Markup {
    match checked {
        Checked::Text(verification) => of_text(language, verification),
        Checked::Number { number, subject, state } => {
            let status = match state {
                CertificateState::Final => VerificationStatus::Final,
                CertificateState::Provisional => VerificationStatus::Provisional,
                CertificateState::Revoked => VerificationStatus::Revoked,
            };
            let rows = [
                (language.say("verify.number"), html! { span.code { (number) } }),
                (language.say("verify.name"), html! { (subject) }),
            ];
            html! {
                (verdict(language, status))
                section.card {
                    (layout::facts(&rows))
                    p.note.wait data-testid="number-only" { (language.say("certificate.numberOnly")) }
                }
            }
        }
        Checked::Unknown => html! {
            section.card.note.stop role="status" data-testid="verdict" data-status="not_found" {
                p.word { (language.say("certificate.notFound")) }
                p { (language.say("certificate.do_not_found")) }
            }
        },
    }
}

fn of_text(language: Language, verification: &Verification) -> Markup {
    let reason = format!("verify.reason_{}", verification.reason.as_str());
    html! {
        (verdict(language, verification.status))
        section.card {
            p { (language.say(&reason)) }
            @match &verification.certificate {
                Some(EnvelopePayload::Certificate(certificate)) => { (said(language, certificate)) }
                Some(EnvelopePayload::Slip(slip)) => {
                    p { (language.say("certificate.slip")) }
                    (layout::facts(&[
                        (language.say("verify.slipNumber"), html! { span.code { (slip.number) } }),
                        (language.say("verify.name"), html! { (slip.name) }),
                        (language.say("verify.issuedOn"), html! { (slip.issued_on) }),
                    ]))
                }
                None => {}
            }
        }
    }
}

fn verdict(language: Language, status: VerificationStatus) -> Markup {
    let colour = match status {
        VerificationStatus::Final => "card note ok",
        VerificationStatus::Provisional | VerificationStatus::UnknownKey => "card note wait",
        VerificationStatus::Revoked | VerificationStatus::Invalid => "card note stop",
    };
    let word = status.as_str();
    html! {
        section class=(colour) role="status" data-testid="verdict" data-status=(word) {
            p.word { (language.say(&format!("verify.status_{word}"))) }
            p { (language.say(&format!("certificate.do_{word}"))) }
        }
    }
}

fn said(language: Language, certificate: &CertificatePayload) -> Markup {
    let (on, score, hours) = (
        certificate.exam_on.to_string(),
        certificate.score.to_string(),
        certificate.hours.to_string(),
    );
    let exam = language.fill("verify.examFacts", &[("on", &on), ("score", &score), ("hours", &hours)]);
    html! {
        h2 { (language.say("verify.says")) }
        (layout::facts(&[
            (language.say("verify.number"), html! { span.code { (certificate.number) } }),
            (language.say("verify.name"), html! { (certificate.name) }),
            (language.say("verify.uscc"), html! { span.code { (certificate.uscc.as_deref().unwrap_or("—")) } }),
            (language.say("verify.trainee"), html! { (masked(&certificate.trainee)) }),
            (language.say("verify.class"), html! { span.code { (certificate.class) } }),
            (language.say("verify.exam"), html! { (exam) }),
            (language.say("verify.issuedOn"), html! { (certificate.issued_on) }),
        ]))
    }
}

/// A person's name with all but its first character hidden: whoever holds the paper can compare, nobody else learns it.
fn masked(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(String::from).unwrap_or_default();
    first + &"*".repeat(characters.count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trainee_is_shown_by_the_first_character_only() {
        assert_eq!((masked("陈晓").as_str(), masked("").as_str()), ("陈*", ""));
    }
}
