//! Search and subject in the words of the headless commands: keys stay as scripts know them.

use std::collections::BTreeMap;

use counter_core::{
    publicity::Field,
    record::{PersonalNumber, Record},
};
use counter_store::{
    Delivery, ReadTx, StoreError, search,
    table::{
        permit,
        publicity_row::KeptRow,
        repair_case::{self, CaseFilter},
        subject::Subject,
    },
};
use serde::Serialize;

use crate::{Desk, record::source};

/// The answer of `search`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchDocument {
    /// The best first.
    pub hits: Vec<HitDocument>,
    /// There are more than were asked for.
    pub more: bool,
}

/// A subject that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HitDocument {
    /// Its number at this counter.
    pub id: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// The names before, newest first.
    pub former_names: Vec<String>,
    /// How many penalties.
    pub penalties: u32,
    /// How many permits.
    pub permits: u32,
}

/// The answer of `subject`: one subject's whole credit file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SubjectDocument {
    /// Its number at this counter.
    pub id: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// The names before, newest first.
    pub former_names: Vec<String>,
    /// The records as `assess --record` takes them; personal numbers are masked.
    pub penalties: Vec<Record>,
    /// Where each record came from, in the same order.
    pub penalty_sources: Vec<SourceDocument>,
    /// The permits: every filled field under its code, and where it came from.
    pub permits: Vec<BTreeMap<String, String>>,
    /// The cases at this counter.
    pub cases: Vec<CaseDocument>,
    /// 数据截至.
    pub data_as_of: Option<String>,
}

/// Where a record came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceDocument {
    /// The key of the record.
    pub key: String,
    /// The file or the person.
    pub source: String,
    /// Of which day it is.
    pub data_as_of: Option<String>,
    /// Typed in by hand and in no file yet.
    pub by_hand: bool,
    /// 待核记录: why; empty where it is fit for reporting.
    pub kept_for_check: Vec<String>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseDocument {
    /// Its number.
    pub no: String,
    /// How far it is.
    pub state: String,
    /// Where the work on it is.
    pub delivery: Delivery,
}

/// Finds at most `limit` subjects.
///
/// # Errors
/// When the store cannot be read.
pub fn search_document(desk: &Desk, typed: &str, limit: usize) -> Result<SearchDocument, StoreError> {
    let found = desk.store().read(|tx| search::subjects(tx, typed, limit))?;
    let hits = found.hits.into_iter().map(|subject: Subject| HitDocument {
        id: subject.id.to_string(),
        uscc: subject.uscc,
        name: subject.name,
        former_names: subject.former_names,
        penalties: subject.penalties,
        permits: subject.permits,
    });
    Ok(SearchDocument {
        hits: hits.collect(),
        more: found.more,
    })
}

/// The whole credit file of the subject with this number or code; `None` where there is none.
///
/// # Errors
/// When the store cannot be read.
pub fn subject_document(desk: &Desk, id_or_code: &str) -> Result<Option<SubjectDocument>, StoreError> {
    desk.store()
        .read(|tx| match search::subject_by_id_or_code(tx, id_or_code)? {
            Some(subject) => compose(tx, subject).map(Some),
            None => Ok(None),
        })
}

fn compose(tx: &ReadTx<'_>, subject: Subject) -> Result<SubjectDocument, StoreError> {
    let mut data_as_of = None;
    let (mut penalties, mut penalty_sources) = (Vec::new(), Vec::new());
    for sourced in source::of_subject(tx, &subject)? {
        data_as_of = data_as_of.max(sourced.data_as_of);
        penalties.push(masked(sourced.record));
        penalty_sources.push(SourceDocument {
            key: sourced.key,
            source: sourced.source,
            data_as_of: sourced.data_as_of.map(|day| day.to_string()),
            by_hand: sourced.by_hand,
            kept_for_check: sourced.check_notes,
        });
    }
    let permits = permit::of_subject(tx, subject.id)?;
    data_as_of = data_as_of.max(permits.iter().filter_map(|row| row.data_as_of).max());
    let cases = match subject.uscc.as_deref() {
        Some(uscc) => repair_case::list(
            tx,
            &CaseFilter {
                uscc: Some(uscc),
                ..CaseFilter::default()
            },
        )?,
        None => Vec::new(),
    };
    Ok(SubjectDocument {
        id: subject.id.to_string(),
        uscc: subject.uscc,
        name: subject.name,
        former_names: subject.former_names,
        penalties,
        penalty_sources,
        permits: permits.iter().map(permit_document).collect(),
        cases: cases
            .into_iter()
            .map(|case| CaseDocument {
                no: case.no,
                state: case.state.as_str().to_owned(),
                delivery: case.delivery,
            })
            .collect(),
        data_as_of: data_as_of.map(|day| day.to_string()),
    })
}

fn masked(record: Record) -> Record {
    let mask = |number: Option<PersonalNumber>| number.map(|number| PersonalNumber::new(number.masked()));
    Record {
        legal_representative_number: mask(record.legal_representative_number),
        person_number: mask(record.person_number),
        ..record
    }
}

fn permit_document(kept: &KeptRow) -> BTreeMap<String, String> {
    let shown = |field: Field, value: &str| {
        if field.is_personal_number() {
            PersonalNumber::new(value).masked()
        } else {
            value.to_owned()
        }
    };
    let cells = kept
        .row
        .fields()
        .map(|(field, value)| (field.code(kept.row.kind).to_owned(), shown(field, value)));
    let about = [("key", kept.key.clone()), ("source", kept.source.clone())];
    cells.chain(about.map(|(key, value)| (key.to_owned(), value))).collect()
}
