//! 查询: subjects while a clerk types. The whole file of one is in [`crate::subject`].

mod document;

use counter_store::{
    StoreError, search,
    table::{dataset, subject::Subject},
};
use serde::Serialize;

pub use document::{
    CaseDocument, HitDocument, SearchDocument, SourceDocument, SubjectDocument, search_document, subject_document,
};

use crate::Desk;

/// A subject that was found, for the screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SubjectHit {
    /// Its number at this counter.
    pub id: String,
    /// 统一社会信用代码, where there is one.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// The names before, newest first.
    pub former_names: Vec<String>,
    /// How many penalties.
    pub penalties: u32,
    /// How many permits.
    pub permits: u32,
    /// Whether it is made up, for practice.
    pub demo: bool,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SearchAnswer {
    /// The best first.
    pub hits: Vec<SubjectHit>,
    /// There are more than were asked for.
    pub more: bool,
    /// 数据截至.
    pub data_as_of: Option<String>,
    /// Where the data came from.
    pub source: Option<String>,
}

/// Finds at most `limit` subjects for what was typed: a part of a name, pinyin initials, the beginning of a code.
///
/// # Errors
/// When the store cannot be read.
pub fn search(desk: &Desk, typed: &str, limit: usize) -> Result<SearchAnswer, StoreError> {
    desk.store().read(|tx| {
        let found = search::subjects(tx, typed, limit)?;
        let newest = dataset::list(tx)?
            .into_iter()
            .max_by_key(|dataset| (dataset.data_as_of, dataset.loaded_at));
        Ok(SearchAnswer {
            hits: found.hits.into_iter().map(hit).collect(),
            more: found.more,
            data_as_of: newest
                .as_ref()
                .and_then(|newest| newest.data_as_of)
                .map(|day| day.to_string()),
            source: newest.map(|newest| newest.source),
        })
    })
}

fn hit(subject: Subject) -> SubjectHit {
    SubjectHit {
        id: subject.id.to_string(),
        uscc: subject.uscc,
        name: subject.name,
        former_names: subject.former_names,
        penalties: subject.penalties,
        permits: subject.permits,
        demo: subject.demo,
    }
}
