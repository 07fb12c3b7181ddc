//! What the monthly reports count, and the months that were closed.

use std::future::Future;

use super::Stored;

/// One thing that happened, as reports count it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFact {
    /// The word for what happened, such as `received`.
    pub kind: String,
    /// The number of the case or certificate.
    pub id: String,
    /// The month it happened in, such as `2026-11`.
    pub month: String,
    /// The month the hub recorded it in.
    pub arrived_in: String,
    /// The entry of the district's log.
    pub log_index: u64,
    /// The finding authority's name; empty where there is none.
    pub authority: String,
    /// The counter.
    pub counter: String,
    /// For decisions: calendar days since the submission.
    pub days: i64,
}

/// Facts of one kind, added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportCount {
    /// The month they happened in.
    pub month: String,
    /// The word for what happened.
    pub kind: String,
    /// The finding authority's name; empty where there is none.
    pub authority: String,
    /// The counter.
    pub counter: String,
    /// How many.
    pub count: u64,
    /// Their days together.
    pub days: i64,
}

/// A month that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportMonthRow {
    /// The month, such as `2026-11`.
    pub month: String,
    /// When, ms UTC.
    pub closed_at: i64,
    /// The account that closed it.
    pub closed_by: String,
    /// The last entry that is in its figures.
    pub closed_index: u64,
    /// Its report as JSON, as it was then.
    pub figures: String,
}

/// Reports by district and month.
pub trait ReportStore {
    /// Keeps a fact; the first of its kind and number stays.
    fn put_report_fact(&mut self, district: &str, fact: &ReportFact) -> impl Future<Output = Stored<()>> + Send;
    /// Takes away what the log entry `index` told of `id`.
    fn forget_report_fact(&mut self, district: &str, id: &str, index: u64) -> impl Future<Output = Stored<()>> + Send;
    /// The facts of `month`, added up.
    fn report_counts(&mut self, district: &str, month: &str) -> impl Future<Output = Stored<Vec<ReportCount>>> + Send;
    /// The facts of closed months that arrived in `month` after those were closed, added up.
    fn late_counts(&mut self, district: &str, month: &str) -> impl Future<Output = Stored<Vec<ReportCount>>> + Send;
    /// The months that have facts, newest first.
    fn report_months(&mut self, district: &str) -> impl Future<Output = Stored<Vec<String>>> + Send;
    /// Closes a month.
    fn close_month(&mut self, district: &str, row: &ReportMonthRow) -> impl Future<Output = Stored<()>> + Send;
    /// A month that was closed.
    fn closed_month(
        &mut self,
        district: &str,
        month: &str,
    ) -> impl Future<Output = Stored<Option<ReportMonthRow>>> + Send;
}
