//! 办件: the list.

use counter_core::case::CaseState;
pub use counter_store::Delivery;
use counter_store::{
    StoreError,
    table::repair_case::{self, CaseFilter},
};
use serde::{Deserialize, Serialize};

use crate::Desk;

/// One case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CaseRow {
    /// Its number.
    pub no: String,
    /// How far it is.
    pub state: CaseState,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// The applicant.
    pub subject_name: String,
    /// The applicant's code.
    pub uscc: Option<String>,
    /// The key of the record.
    pub record_key: String,
    /// 文号 of the record.
    pub decision_number: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// The day it was taken in.
    pub received_on: String,
    /// How many papers are missing.
    pub gaps: u32,
}

impl From<repair_case::CaseRow> for CaseRow {
    fn from(row: repair_case::CaseRow) -> Self {
        Self {
            no: row.no,
            state: row.state,
            delivery: row.delivery,
            subject_name: row.subject_name,
            uscc: row.uscc,
            record_key: row.record_key,
            decision_number: row.decision_number,
            authority: row.authority,
            received_on: row.received_on.to_string(),
            gaps: row.gaps,
        }
    }
}

/// The cases in one of `states` (all when empty), the latest received first.
///
/// # Errors
/// When the store cannot be read.
pub fn case_list(desk: &Desk, states: &[CaseState]) -> Result<Vec<CaseRow>, StoreError> {
    let filter = CaseFilter {
        states,
        ..CaseFilter::default()
    };
    desk.store()
        .read(|tx| Ok(repair_case::list(tx, &filter)?.into_iter().map(CaseRow::from).collect()))
}

/// Which cases are wanted, and from where on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseQuery {
    /// Only these states; all when empty.
    pub states: Vec<CaseState>,
    /// Only with this text in number, applicant, document or authority; anything when blank.
    pub text: String,
    /// Leaves out the first so many.
    pub after: u32,
    /// At most so many.
    pub limit: u32,
}

/// Some of the cases wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CasePage {
    /// The cases, the latest received first.
    pub rows: Vec<CaseRow>,
    /// How many hold the text in each state, whatever states are wanted.
    pub counts: Vec<StateCount>,
}

/// How many cases are in a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StateCount {
    /// The state.
    pub state: CaseState,
    /// How many.
    pub cases: u32,
}

/// The cases `query` asks for, in pages.
///
/// # Errors
/// When the store cannot be read.
pub fn case_page(desk: &Desk, query: &CaseQuery) -> Result<CasePage, StoreError> {
    let text = Some(query.text.trim()).filter(|text| !text.is_empty());
    let of_text = CaseFilter {
        text,
        ..CaseFilter::default()
    };
    let wanted = CaseFilter {
        states: &query.states,
        after: query.after,
        limit: Some(query.limit),
        ..of_text.clone()
    };
    desk.store().read(|tx| {
        let rows = repair_case::list(tx, &wanted)?.into_iter().map(CaseRow::from).collect();
        let counts = repair_case::counts(tx, &of_text)?
            .into_iter()
            .map(|(state, cases)| StateCount { state, cases })
            .collect();
        Ok(CasePage { rows, counts })
    })
}
