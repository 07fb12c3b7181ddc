//! 导入节假日历: a new year from a file. What a notice has not fixed is not known, and no firm day is shown for it.

use std::path::Path;

use counter_core::calendar::{CalendarError, WorkingDays};
use counter_core::pack::RuleBook;
use counter_store::{RecordError, Store, StoreError, table::setting};
use serde::Serialize;

use crate::{Coded, Desk, coded::from_store_error};

const KEY: &str = "calendar_years";
/// A year has some thirty lines.
const LONGEST: u64 = 256 * 1024;

/// What the calendar knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CalendarReach {
    /// The last day by which days are reckoned now.
    pub until: String,
    /// The last day from the next start on, where a year was imported meanwhile.
    pub next_until: Option<String>,
}

/// The calendar stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportCalendarError {
    /// The file cannot be read.
    #[error("{0}")]
    Unreadable(String),
    /// It is no calendar, or not one that follows.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
    /// Not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(ImportCalendarError);

impl Coded for ImportCalendarError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "file_unreadable",
            Self::Calendar(CalendarError::Line { .. }) => "calendar_line",
            Self::Calendar(CalendarError::Order { .. }) => "calendar_order",
            Self::Calendar(CalendarError::Empty) => "calendar_empty",
            Self::Calendar(CalendarError::Gap { .. }) => "calendar_gap",
            Self::Calendar(CalendarError::Old { .. }) => "calendar_old",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unreadable(what) => what.clone(),
            Self::Calendar(CalendarError::Line { line, text }) => format!("{line}：{text}"),
            Self::Calendar(CalendarError::Order { line }) => line.to_string(),
            Self::Calendar(CalendarError::Empty) => String::new(),
            Self::Calendar(CalendarError::Gap { expected, .. }) => expected.to_string(),
            Self::Calendar(CalendarError::Old { known, .. }) => known.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// How far the calendar reaches.
///
/// # Errors
/// When the store cannot be read.
pub fn calendar_reach(desk: &Desk) -> Result<CalendarReach, StoreError> {
    let now = desk.rules().calendar().until();
    let next = imported(desk.store())?
        .map(|years| years.until())
        .filter(|until| *until > now);
    Ok(CalendarReach {
        until: now.to_string(),
        next_until: next.map(|until| until.to_string()),
    })
}

/// Takes a calendar in: `date,kind` and lines such as `2027-01-01,off`. It holds from the next start on, so that no day
/// changes in the middle of a visit.
///
/// # Errors
/// [`ImportCalendarError`], naming the line; the calendar stays as it was then.
pub fn import_calendar(desk: &Desk, path: &Path) -> Result<CalendarReach, ImportCalendarError> {
    let unreadable = |error: std::io::Error| ImportCalendarError::Unreadable(format!("{}: {error}", path.display()));
    if std::fs::metadata(path).map_err(unreadable)?.len() > LONGEST {
        return Err(ImportCalendarError::Unreadable(path.display().to_string()));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| ImportCalendarError::Unreadable(path.display().to_string()))?;
    let years = WorkingDays::parse(&text)?;
    // Only a calendar that follows the one in use is kept.
    desk.rules().calendar().clone().with_years_of(years)?;
    desk.store()
        .write(|tx| Ok::<_, RecordError>(setting::set(tx, KEY, &text)?))?;
    Ok(calendar_reach(desk)?)
}

/// The book with the imported years; what no longer follows, as after an update that knows more, is left out.
pub(crate) fn with_imported_years(store: &Store, book: RuleBook) -> RuleBook {
    let years = imported(store).unwrap_or_else(|error| {
        tracing::error!(%error, "the imported calendar cannot be read");
        None
    });
    match years.map(|years| book.calendar().clone().with_years_of(years)) {
        Some(Ok(calendar)) => book.with_calendar(calendar),
        Some(Err(error)) => {
            tracing::info!(%error, "the imported calendar is left out");
            book
        }
        None => book,
    }
}

fn imported(store: &Store) -> Result<Option<WorkingDays>, StoreError> {
    let text = store.read(|tx| setting::get(tx, KEY))?;
    Ok(text.and_then(|text| WorkingDays::parse(&text).ok()))
}
