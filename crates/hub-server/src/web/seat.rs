//! Who sits before a page, and what was typed into a form. A form is read only with the token of its session.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, header, request::Parts},
};
use sha2::{Digest, Sha256};

use super::{Web, answer::PageError, text::Language};
use crate::{
    officer::{Action, Officer, SessionToken, resume},
    store::HubStore,
};

/// The cookie of a session.
pub(super) const SESSION: &str = "hub-session";
/// The cookie that ties the sign-in form to the browser it was shown in.
pub(super) const BEFORE: &str = "hub-before";
/// The cookie of the language.
pub(super) const LANGUAGE: &str = "hub-language";

/// The longest form that is read.
const FORM_LONGEST_BYTES: usize = 64 * 1024;

/// An officer before a page.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    pub officer: Officer,
    pub token: SessionToken,
    pub language: Language,
    /// The token every form of this session carries.
    pub form_token: String,
}

impl Seat {
    /// Goes on only where the officer's role allows it.
    pub fn allow(&self, action: Action) -> Result<(), PageError> {
        if self.officer.may(action) {
            Ok(())
        } else {
            Err(PageError::Forbidden(Box::new(self.clone())))
        }
    }

    pub fn say<'a>(&self, key: &'a str) -> &'a str {
        self.language.say(key)
    }

    /// A word that is itself a part of a key; the word where it is not known.
    pub fn word<'a>(&self, prefix: &str, word: &'a str) -> &'a str {
        self.language.find(&format!("{prefix}{word}")).unwrap_or(word)
    }
}

/// An officer who may not have chosen a password yet: for the page where it is chosen.
pub(super) struct Newcomer(pub Seat);

impl<S: HubStore> FromRequestParts<Web<S>> for Newcomer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web<S>) -> Result<Self, PageError> {
        let token = cookie(&parts.headers, SESSION)
            .and_then(SessionToken::parse)
            .ok_or(PageError::SignedOut)?;
        let session = resume(&web.hub, &token).await?.ok_or(PageError::SignedOut)?;
        Ok(Self(Seat {
            officer: session.officer,
            form_token: form_token(&session.token.to_string()),
            token: session.token,
            language: language(&parts.headers),
        }))
    }
}

impl<S: HubStore> FromRequestParts<Web<S>> for Seat {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, web: &Web<S>) -> Result<Self, PageError> {
        let Newcomer(seat) = Newcomer::from_request_parts(parts, web).await?;
        if seat.officer.must_change {
            return Err(PageError::MustChange);
        }
        Ok(seat)
    }
}

/// What was typed into a form, by field.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields(BTreeMap<String, String>);

impl Fields {
    /// A field without blanks around it; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// Fills a field before anybody typed.
    pub fn put(&mut self, name: &str, text: String) {
        self.0.insert(name.to_owned(), text);
    }

    /// A field as it was typed: passwords keep their blanks.
    pub fn raw(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

/// A form of a session, with its token.
pub(super) struct Posted {
    pub seat: Seat,
    pub fields: Fields,
}

impl<S: HubStore> FromRequest<Web<S>> for Posted {
    type Rejection = PageError;

    async fn from_request(request: Request, web: &Web<S>) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let seat = Seat::from_request_parts(&mut parts, web).await?;
        let fields = read(Request::from_parts(parts, body), seat.language).await?;
        check(&fields, &seat.form_token, seat.language)?;
        Ok(Self { seat, fields })
    }
}

/// A form of an officer who may not have chosen a password yet.
pub(super) struct NewcomerPosted {
    pub seat: Seat,
    pub fields: Fields,
}

impl<S: HubStore> FromRequest<Web<S>> for NewcomerPosted {
    type Rejection = PageError;

    async fn from_request(request: Request, web: &Web<S>) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let Newcomer(seat) = Newcomer::from_request_parts(&mut parts, web).await?;
        let fields = read(Request::from_parts(parts, body), seat.language).await?;
        check(&fields, &seat.form_token, seat.language)?;
        Ok(Self { seat, fields })
    }
}

/// A form sent before anybody signed in, tied to the browser by a cookie.
pub(super) struct Outside {
    pub language: Language,
    pub headers: HeaderMap,
    pub fields: Fields,
}

impl<S: HubStore> FromRequest<Web<S>> for Outside {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &Web<S>) -> Result<Self, PageError> {
        let headers = request.headers().clone();
        let language = language(&headers);
        let before = cookie(&headers, BEFORE).unwrap_or_default().to_owned();
        let fields = read(request, language).await?;
        if before.is_empty() {
            return Err(PageError::StaleForm(language));
        }
        check(&fields, &form_token(&before), language)?;
        Ok(Self {
            language,
            headers,
            fields,
        })
    }
}

/// A form of a public page: it changes nothing, so it needs no token.
pub(super) struct PublicFields(pub Fields);

impl<S: HubStore> FromRequest<Web<S>> for PublicFields {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &Web<S>) -> Result<Self, PageError> {
        let language = language(request.headers());
        Ok(Self(read(request, language).await?))
    }
}

async fn read(request: Request, language: Language) -> Result<Fields, PageError> {
    let (parts, body) = request.into_parts();
    let bytes = axum::body::to_bytes(body, FORM_LONGEST_BYTES)
        .await
        .map_err(|_| PageError::StaleForm(language))?;
    let Form(fields) = Form::<Vec<(String, String)>>::from_request(Request::from_parts(parts, bytes.into()), &())
        .await
        .map_err(|_| PageError::StaleForm(language))?;
    Ok(Fields(fields.into_iter().collect()))
}

pub(super) fn check(fields: &Fields, expected: &str, language: Language) -> Result<(), PageError> {
    // Both are hashes of a secret: what a comparison gives away by its time is of no use to anybody.
    let sent: [u8; 32] = Sha256::digest(fields.get("token")).into();
    let wanted: [u8; 32] = Sha256::digest(expected).into();
    if sent == wanted {
        Ok(())
    } else {
        Err(PageError::StaleForm(language))
    }
}

/// The token of the forms of whoever holds `secret`. It does not give the secret away.
pub(super) fn form_token(secret: &str) -> String {
    hex::encode(
        Sha256::new()
            .chain_update("credit-hub form\0")
            .chain_update(secret)
            .finalize(),
    )
}

/// The language chosen in this browser.
pub(super) fn language(headers: &HeaderMap) -> Language {
    cookie(headers, LANGUAGE)
        .and_then(Language::from_tag)
        .unwrap_or_default()
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A cookie to be set. It is sent over TLS only, but on this very computer, where there is none.
pub(super) fn set_cookie(headers: &HeaderMap, name: &str, value: &str, max_age_s: i64) -> HeaderValue {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name_of_host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let here = matches!(name_of_host, "localhost" | "127.0.0.1" | "[::1]");
    let secure = if here { "" } else { "; Secure" };
    let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age_s}{secure}");
    HeaderValue::from_str(&cookie).unwrap_or(HeaderValue::from_static(""))
}
