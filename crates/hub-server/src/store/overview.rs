//! What the pages list: cases, parked changes and counters, read off the district's log.

use std::{future::Future, ops::RangeInclusive};

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};

use super::{Life, Stored};

/// One line of the queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseOverview {
    /// The number of the case.
    pub no: String,
    /// The word of its state.
    pub state: String,
    /// The counter that took it in.
    pub counter: String,
    /// The finding authority's name as the record has it; empty where it names none.
    pub authority: String,
    /// Its unified social credit code; empty where the record has none.
    pub authority_code: String,
    /// The applicant's name.
    pub subject: String,
    /// The applicant's unified social credit code; empty where there is none.
    pub uscc: String,
    /// The number of the decision; empty where there is none.
    pub document_no: String,
    /// The key of the record, by which objections are found.
    pub record_key: String,
    /// The day it was taken in, `2026-11-24`.
    pub received_on: String,
    /// The last day of the limit that runs, empty where none runs or it is not known.
    pub due_on: String,
    /// Whether the authority asked for more and was not answered.
    pub asked: bool,
}

/// Which cases are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Only in one of these states; all where empty.
    pub states: Vec<String>,
    /// Only of these authorities, by name or code; of all where absent.
    pub authorities: Option<Vec<String>>,
    /// Only with a limit that ended before this day.
    pub overdue_on: Option<String>,
    /// Only with this text in number, subject, code or document number.
    pub text: String,
    /// Only behind this (day of receipt, number): the last line of the page before.
    pub after: Option<(String, String)>,
    /// At most so many.
    pub limit: usize,
}

/// A change no lane has taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParkedRow {
    /// Where it was made.
    pub counter: CounterCode,
    /// In which life.
    pub incarnation: IncarnationId,
    /// Its number there.
    pub seq: u64,
    /// The entry of the verdict.
    pub log_index: u64,
    /// When, ms UTC.
    pub at: i64,
    /// The kind of lane.
    pub lane_kind: String,
    /// The lane's number.
    pub lane_id: String,
    /// What the change is; empty where its bytes cannot be read.
    pub change_kind: String,
    /// `refused` or `waiting`.
    pub verdict: String,
    /// The refusal's code, or what it waits for.
    pub reason: String,
    /// What stands in the way.
    pub detail: String,
}

/// A life of a counter, as far as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterLifeRow {
    /// The counter.
    pub counter: CounterCode,
    /// Its life.
    pub incarnation: IncarnationId,
    /// The last recorded change.
    pub head_seq: u64,
    /// Its hash.
    pub head_hash: ChangeHash,
    /// When another life followed, ms UTC.
    pub closed_at: Option<i64>,
}

/// The lists by district.
pub trait OverviewStore {
    /// Locks the district's lists for this transaction; gives the last entry they were made from.
    fn lock_overview(&mut self, district: &str) -> impl Future<Output = Stored<u64>> + Send;
    /// The last entry the lists were made from, without a lock.
    fn overview_head(&mut self, district: &str) -> impl Future<Output = Stored<u64>> + Send;
    /// The lists are made up to here; only under [`OverviewStore::lock_overview`].
    fn put_overview_head(&mut self, district: &str, index: u64) -> impl Future<Output = Stored<()>> + Send;
    /// Empties the lists and what the reports count, closed months aside.
    fn forget_overview(&mut self, district: &str) -> impl Future<Output = Stored<()>> + Send;

    /// Keeps a line of the queue.
    fn put_case_overview(&mut self, district: &str, row: &CaseOverview) -> impl Future<Output = Stored<()>> + Send;
    /// Finds a line of the queue.
    fn case_overview(&mut self, district: &str, no: &str) -> impl Future<Output = Stored<Option<CaseOverview>>> + Send;
    /// The cases asked for, oldest first.
    fn case_overviews(
        &mut self,
        district: &str,
        query: &CaseQuery,
    ) -> impl Future<Output = Stored<Vec<CaseOverview>>> + Send;

    /// Keeps whether the objection `no` is pending about the record `record_key`.
    fn put_objection(
        &mut self,
        district: &str,
        no: &str,
        record_key: &str,
        pending: bool,
    ) -> impl Future<Output = Stored<()>> + Send;
    /// The objections pending about one of `records`: key of the record and number of the objection.
    fn pending_objections(
        &mut self,
        district: &str,
        records: &[String],
    ) -> impl Future<Output = Stored<Vec<(String, String)>>> + Send;

    /// Keeps a parked change.
    fn put_parked(&mut self, district: &str, row: &ParkedRow) -> impl Future<Output = Stored<()>> + Send;
    /// Parks the changes `seqs` of `life` in a lane no longer.
    fn settle_parked(
        &mut self,
        life: &Life,
        lane_kind: &str,
        lane_id: &str,
        seqs: RangeInclusive<u64>,
    ) -> impl Future<Output = Stored<()>> + Send;
    /// Up to `limit` parked changes behind the entry `after`, oldest first.
    fn parked(
        &mut self,
        district: &str,
        after: u64,
        limit: usize,
    ) -> impl Future<Output = Stored<Vec<ParkedRow>>> + Send;

    /// When each counter key of a district was last heard of: counter and ms UTC.
    fn last_heard(&mut self, district: &str) -> impl Future<Output = Stored<Vec<(CounterCode, Option<i64>)>>> + Send;
    /// Every life recorded in a district, by counter.
    fn counter_lives(&mut self, district: &str) -> impl Future<Output = Stored<Vec<CounterLifeRow>>> + Send;
}
