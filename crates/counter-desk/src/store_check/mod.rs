//! The look at everything that is stored: once a day, after an end that was not orderly, and again as long as
//! something was found.

use counter_store::{MISSING_ATTACHMENT, StoreError, table::setting};
use serde::{Deserialize, Serialize};

use crate::Desk;

/// Under this key stands the last look.
const LAST_CHECK: &str = "store_check";
/// How long a good one holds: a day.
const HOLDS_MS: i64 = 24 * 60 * 60 * 1000;
/// So many problems are named; a damaged file may have thousands.
const NAMED: usize = 20;

/// What the last look found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreCheck {
    /// When, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
    /// The words of what was found, each once: see [`counter_store::Problem::code`]. Empty when all is well.
    pub found: Vec<String>,
    /// Where, at most twenty places.
    pub places: Vec<String>,
}

impl StoreCheck {
    /// Whether more is wrong than that attached files are gone, with which work can go on.
    pub fn is_damage(&self) -> bool {
        self.found.iter().any(|word| word != MISSING_ATTACHMENT)
    }
}

/// Looks at everything if that is due; `None` when it is not. Takes as long as reading all of it and keeps nobody from
/// writing. What is found is noted, so that it is still said after the next start.
///
/// # Errors
/// When the store cannot be read at all.
pub fn check_if_due(desk: &Desk) -> Result<Option<StoreCheck>, StoreError> {
    if desk.store().is_read_only() {
        return Ok(None);
    }
    let now = desk.clock().now_ms();
    let last = last_check(desk)?;
    let holds = |last: &StoreCheck| last.found.is_empty() && (0..HOLDS_MS).contains(&(now - last.at));
    if last.as_ref().is_some_and(holds) && !desk.store().after_unclean_end() {
        return Ok(None);
    }
    let report = desk.store().check()?;
    let mut found: Vec<String> = report.problems.iter().map(|problem| problem.code.to_owned()).collect();
    found.sort_unstable();
    found.dedup();
    let places = report.problems.iter().take(NAMED);
    let check = StoreCheck {
        at: now,
        found,
        places: places
            .map(|problem| format!("{} {}", problem.code, problem.detail))
            .collect(),
    };
    let text = serde_json::to_string(&check).expect("plain fields");
    desk.store().write(|tx| setting::set(tx, LAST_CHECK, &text))?;
    Ok(Some(check))
}

/// What the last look found; `None` before the first.
///
/// # Errors
/// When the store cannot be read.
pub fn last_check(desk: &Desk) -> Result<Option<StoreCheck>, StoreError> {
    let text = desk.store().read(|tx| setting::get(tx, LAST_CHECK))?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}
