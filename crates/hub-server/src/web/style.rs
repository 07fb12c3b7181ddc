//! The style sheet: the colours of the counter's own screens, and the pages' few shapes.

use std::sync::LazyLock;

use axum::{
    http::header,
    response::{IntoResponse, Response},
};

/// Its address; the version in it changes with every program.
pub(super) const ADDRESS: &str = concat!("/assets/hub-", env!("CARGO_PKG_VERSION"), ".css");

const TOKENS: &str = include_str!("../../../../ui/src/shared/styles/tokens.css");
const SHAPES: &str = include_str!("style.css");
const DARK: &str = ":root[data-theme='dark'] {";

static SHEET: LazyLock<String> = LazyLock::new(|| format!("{}\n{SHAPES}", follow_the_system(TOKENS)));

pub(super) async fn sheet() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
    ];
    (headers, SHEET.as_str()).into_response()
}

/// The window's dark theme is switched by a person; a page follows the system without a script.
fn follow_the_system(tokens: &str) -> String {
    let Some((before, rest)) = tokens.split_once(DARK) else {
        return tokens.to_owned();
    };
    let (dark, after) = rest.split_once("\n}").unwrap_or((rest, ""));
    format!("{before}@media (prefers-color-scheme: dark) {{ :root {{{dark}\n}} }}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pages_have_both_themes_of_the_counter() {
        assert!(TOKENS.contains(DARK));
        let sheet = SHEET.as_str();
        assert!(sheet.contains("--paper: #f5f6f4") && !sheet.contains("data-theme"));
        let dark = sheet.split("@media (prefers-color-scheme: dark)").nth(1).unwrap();
        assert!(dark.contains("--paper: #121715"));
        assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
    }
}
