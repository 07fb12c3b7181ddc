//! Choosing a language, kept in this browser.

use axum::{
    extract::{Path, Query},
    http::{HeaderMap, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::{
    seat::{LANGUAGE, set_cookie},
    text::Language,
};

/// A year, in seconds.
const KEPT_S: i64 = 365 * 24 * 60 * 60;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
}

pub(super) async fn choose(headers: HeaderMap, Path(tag): Path<String>, Query(asked): Query<Asked>) -> Response {
    let language = Language::from_tag(&tag).unwrap_or_default();
    let cookie = set_cookie(&headers, LANGUAGE, language.tag(), KEPT_S);
    ([(header::SET_COOKIE, cookie)], Redirect::to(within(&asked.to))).into_response()
}

/// An address of these pages; the first page for anything else, so that no link leads elsewhere by way of here.
fn within(to: &str) -> &str {
    let plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if to.starts_with('/') && !to.starts_with("//") && plain {
        to
    } else {
        "/"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_link_leads_nowhere_else() {
        for (to, goes) in [
            ("/queue", "/queue"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(within(to), goes, "{to}");
        }
    }
}
