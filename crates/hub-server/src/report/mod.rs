//! The district's monthly report over all of its counters.
//!
//! A month counts what happened in it. Closing it freezes its figures; what reaches the hub later is shown in the
//! month it arrived in, as 上月补报. Counters that may still hold something back are named.

mod close;
mod figure;

use std::collections::BTreeMap;

use counter_core::pack::RuleBook;
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

pub use close::{CloseMonthError, close_month};
pub use figure::{Figure, Figures};

use crate::{
    clock::beginning_in_china,
    hub::Hub,
    overview,
    store::{HubStore, HubTransaction, ReportCount, ReportMonthRow, ReportStore, StoreError},
};

/// The report of one month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The month, such as `2026-11`.
    pub month: String,
    /// By finding authority; the empty name stands for what belongs to none.
    pub by_authority: BTreeMap<String, Figures>,
    /// By counter.
    pub by_counter: BTreeMap<String, Figures>,
    /// What belongs to closed months and arrived in this one, by month and finding authority.
    pub late: BTreeMap<String, BTreeMap<String, Figures>>,
    /// The counters not heard from since the month ended, with when they last were, ms UTC.
    pub silent: BTreeMap<String, Option<i64>>,
    /// When it was closed and by whom; absent while it is open.
    pub closed: Option<Closed>,
}

/// Who closed a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// When, ms UTC.
    pub at: i64,
    /// The account.
    pub by: String,
}

impl Report {
    /// All of the month together.
    pub fn total(&self) -> Figures {
        let mut total = Figures::default();
        self.by_counter.values().for_each(|figures| total.add(figures));
        total
    }
}

/// The month of a day, such as `2026-11`.
pub fn month_of(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// The first moment after `month` in China, ms UTC; `None` where it is no month.
pub fn end_of(month: &str) -> Option<i64> {
    let first: Date = format!("{month}-01").parse().ok()?;
    let next = first.checked_add(1.month()).ok()?;
    beginning_in_china(next).filter(|_| month.len() == 7)
}

/// The report of `month` as it stands, or as it was when it was closed.
///
/// # Errors
/// [`StoreError`].
pub async fn report<S: HubStore>(
    hub: &Hub<S>,
    rules: &RuleBook,
    district: &str,
    month: &str,
) -> Result<Report, StoreError> {
    overview::follow(hub, rules, district).await?;
    let mut transaction = hub.store.begin_read().await?;
    match transaction.closed_month(district, month).await? {
        Some(row) => frozen(row),
        None => running(&mut transaction, district, month, hub.world.now()).await,
    }
}

fn frozen(row: ReportMonthRow) -> Result<Report, StoreError> {
    let report: Report = serde_json::from_str(&row.figures)
        .map_err(|error| StoreError::Damaged(format!("the figures of {}: {error}", row.month)))?;
    Ok(Report {
        closed: Some(Closed {
            at: row.closed_at,
            by: row.closed_by,
        }),
        ..report
    })
}

async fn running(
    transaction: &mut impl HubTransaction,
    district: &str,
    month: &str,
    now: i64,
) -> Result<Report, StoreError> {
    let mut report = Report {
        month: month.to_owned(),
        ..Report::default()
    };
    for count in transaction.report_counts(district, month).await? {
        enter(report.by_authority.entry(count.authority.clone()).or_default(), &count);
        enter(report.by_counter.entry(count.counter.clone()).or_default(), &count);
    }
    for count in transaction.late_counts(district, month).await? {
        let of_month = report.late.entry(count.month.clone()).or_default();
        enter(of_month.entry(count.authority.clone()).or_default(), &count);
    }
    // Of a month that still runs, who was heard from today may bring more; only the end of a month settles it.
    let settled_at = end_of(month).unwrap_or(now).min(now);
    let month_is_over = settled_at < now;
    for (counter, heard_at) in transaction.last_heard(district).await? {
        if month_is_over && heard_at.is_none_or(|heard_at| heard_at < settled_at) {
            report.silent.insert(counter.0, heard_at);
        }
    }
    Ok(report)
}

fn enter(figures: &mut Figures, count: &ReportCount) {
    if let Some(figure) = Figure::from_word(&count.kind) {
        figures.enter(figure, count.count, count.days);
    }
}
