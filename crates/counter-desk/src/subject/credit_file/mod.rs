//! 信用档案: everything known of one subject, each record with what can be done about it today.

use counter_core::publicity::{Field, TopicGroup};
use counter_store::{
    StoreError,
    search::subject_by_id_or_code,
    table::{
        dataset, permit,
        repair_case::{self, CaseFilter},
        topic_record::{self, TopicRecord},
    },
};
use hub_api::dataset::DatasetKind;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Coded, Desk,
    case::case_list::CaseRow,
    record::{
        record_view::{self, RecordView, RecordViewError},
        source,
    },
};

/// The credit file of one subject.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SubjectFile {
    /// The subject's number at this counter.
    pub id: String,
    /// 统一社会信用代码, where there is one.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// The names before, newest first.
    pub former_names: Vec<String>,
    /// Whether it is made up, for practice.
    pub demo: bool,
    /// The penalty records, the newest decision first.
    pub penalties: Vec<RecordView>,
    /// The permits.
    pub permits: Vec<PermitView>,
    /// 专题记录: its places on public lists, what speaks against it first.
    pub topics: Vec<TopicView>,
    /// Where the lists came from; null where none were ever published here, and nothing is known.
    pub topics_source: Option<String>,
    /// Of which day the lists are.
    pub topics_as_of: Option<String>,
    /// The cases of this subject at this counter.
    pub cases: Vec<CaseRow>,
    /// The latest day any penalty or permit is of.
    pub data_as_of: Option<String>,
    /// The day the verdicts are of.
    pub assessed_on: String,
}

/// One permit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PermitView {
    /// Names it at this counter.
    pub id: String,
    /// 许可决定文书号.
    pub doc_no: Option<String>,
    /// 许可内容.
    pub title: String,
    /// 许可机关.
    pub authority: Option<String>,
    /// 有效期自.
    pub valid_from: Option<String>,
    /// 有效期至.
    pub valid_to: Option<String>,
    /// 待核记录.
    pub kept_for_check: bool,
    /// The file it came from.
    pub source: String,
    /// Of which day it is.
    pub data_as_of: Option<String>,
}

/// A place on a public list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TopicView {
    /// The list.
    pub topic: String,
    /// Its group.
    pub group: TopicGroup,
    /// 认定单位.
    pub authority: Option<String>,
    /// 文号.
    pub document_no: Option<String>,
    /// 列入日期.
    pub listed_on: Option<String>,
    /// The last day it stands, where one was said.
    pub until: Option<String>,
    /// Whether that day is over.
    pub is_over: bool,
    /// 事由.
    pub reason: Option<String>,
}

impl TopicView {
    fn of(record: TopicRecord, today: Date) -> Self {
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        Self {
            topic: record.topic,
            group: record.group,
            authority: record.authority,
            document_no: record.document_no,
            listed_on: text(record.listed_on),
            until: text(record.until),
            is_over: record.until.is_some_and(|day| day < today),
            reason: record.reason,
        }
    }
}

/// The file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum CreditFileError {
    /// No such subject.
    #[error("there is no subject {0}")]
    Unknown(String),
    /// A record cannot be shown.
    #[error(transparent)]
    Record(#[from] RecordViewError),
    /// Not readable.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for CreditFileError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown_subject",
            Self::Record(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(text) => text.clone(),
            Self::Record(error) => error.detail(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// The credit file of the subject with this number or code.
///
/// # Errors
/// [`CreditFileError`].
pub fn credit_file(desk: &Desk, id_or_code: &str) -> Result<SubjectFile, CreditFileError> {
    let today = desk.clock().today();
    desk.store().read(|tx| {
        let subject =
            subject_by_id_or_code(tx, id_or_code)?.ok_or_else(|| CreditFileError::Unknown(id_or_code.to_owned()))?;
        let mut penalties = Vec::new();
        let mut data_as_of = None;
        for sourced in source::of_subject(tx, &subject)? {
            data_as_of = data_as_of.max(sourced.data_as_of);
            penalties.push(record_view::view(desk, tx, sourced, today)?);
        }
        let mut permits = Vec::new();
        for row in permit::of_subject(tx, subject.id)? {
            data_as_of = data_as_of.max(row.data_as_of);
            let text = |field| row.row.get(field).map(str::to_owned);
            permits.push(PermitView {
                kept_for_check: row.is_kept_for_check(),
                doc_no: text(Field::DocumentNo),
                title: text(Field::Content)
                    .or_else(|| text(Field::Certificate))
                    .unwrap_or_default(),
                authority: text(Field::Authority),
                valid_from: text(Field::ValidFrom),
                valid_to: text(Field::ValidUntil),
                source: row.source.clone(),
                data_as_of: row.data_as_of.map(|day| day.to_string()),
                id: row.key,
            });
        }
        let topics = topic_record::of_subject(tx, subject.id)?;
        let lists = dataset::get(tx, DatasetKind::Topic.as_str())?;
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
        Ok(SubjectFile {
            id: subject.id.to_string(),
            uscc: subject.uscc,
            name: subject.name,
            former_names: subject.former_names,
            demo: subject.demo,
            penalties,
            permits,
            topics_as_of: lists
                .as_ref()
                .and_then(|lists| lists.data_as_of)
                .map(|day| day.to_string()),
            topics_source: lists.map(|lists| lists.source),
            topics: topics.into_iter().map(|record| TopicView::of(record, today)).collect(),
            cases: cases.into_iter().map(CaseRow::from).collect(),
            data_as_of: data_as_of.map(|day| day.to_string()),
            assessed_on: today.to_string(),
        })
    })
}
