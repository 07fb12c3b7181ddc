//! A decision typed in because the data does not hold it: 手工录入·未核对.

use std::path::Path;

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    identifier::Uscc,
    number::NumberFamily,
    record::{Fen, Record, parse_date},
    record_entry::RecordChange,
};
use counter_store::{
    RecordError,
    table::subject_register::{SubjectNaming, SubjectRegister},
};
use serde::{Deserialize, Serialize};

use super::{
    record_view::{self, RecordView, RecordViewError},
    source,
};
use crate::{
    Actor, Coded, Desk,
    attachment::{AttachError, attach_file},
    coded::from_store_error,
};

/// The decision as typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnterRecord {
    /// The subject's name.
    pub subject_name: String,
    /// The subject's code, where it has one.
    pub uscc: Option<String>,
    /// 文号.
    pub doc_no: String,
    /// 认定单位.
    pub authority: String,
    /// Its code, where it is known.
    pub authority_code: Option<String>,
    /// The day of the decision.
    pub decided_on: String,
    /// 处罚类别.
    pub penalty_kinds: Vec<String>,
    /// 处罚内容.
    pub content: String,
    /// The fine in fen.
    pub fine_fen: Option<String>,
    /// A scan to take in.
    pub scan_path: Option<String>,
}

/// What was entered.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct EnteredRecordView {
    /// The subject's number at this counter.
    pub subject: String,
    /// The record.
    pub record: RecordView,
}

/// The decision was not kept.
#[derive(Debug, thiserror::Error)]
pub enum EnterRecordError {
    /// A field that must be filled is empty or too long.
    #[error("the field {0} is empty or too long")]
    Field(&'static str),
    /// Not a credit code.
    #[error("the credit code is not valid")]
    Uscc,
    /// Not a day, or a day that has not come.
    #[error("{0:?} is not a day, or has not come yet")]
    Date(String),
    /// Not an amount.
    #[error("the amount is not one")]
    Amount,
    /// The scan was not taken.
    #[error(transparent)]
    Scan(#[from] AttachError),
    /// The record cannot be shown.
    #[error(transparent)]
    View(#[from] RecordViewError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(EnterRecordError);

impl Coded for EnterRecordError {
    fn code(&self) -> &'static str {
        match self {
            Self::Field(_) => "field_empty",
            Self::Uscc => "bad_uscc",
            Self::Date(_) => "bad_date",
            Self::Amount => "bad_amount",
            Self::Scan(error) => error.code(),
            Self::View(error) => error.code(),
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Field(field) => (*field).to_owned(),
            Self::Uscc => "uscc".to_owned(),
            Self::Date(text) => text.clone(),
            Self::Amount => "fineFen".to_owned(),
            Self::Scan(error) => error.detail(),
            Self::View(error) => error.detail(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Keeps the decision and answers it with its verdict.
///
/// # Errors
/// [`EnterRecordError`]; nothing is kept then.
pub fn enter_record(desk: &Desk, actor: &Actor, typed: &EnterRecord) -> Result<EnteredRecordView, EnterRecordError> {
    let today = desk.clock().today();
    let record = record_of(typed, today)?;
    let scan = typed
        .scan_path
        .as_deref()
        .map(|path| attach_file(desk, Path::new(path)))
        .transpose()?;
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let name = record.subject_name.clone().unwrap_or_default();
        let identity = record.uscc.clone().unwrap_or_else(|| format!("name:{name}"));
        let mut register = SubjectRegister::open(tx, false)?;
        let naming = SubjectNaming {
            identity: &identity,
            uscc: record.uscc.as_deref(),
            name: &name,
            on: record.decided_on,
        };
        let subject = register.put(tx, naming)?;
        register.finish(tx)?;
        let key = tx.next_number(NumberFamily::Record, today.year())?;
        let body = ChangeBody::Record(RecordChange::Entered {
            record: Box::new(record),
            scan,
        });
        tx.record(&act, Lane::new(LaneKind::Record, &key), body)?;
        let sourced = source::load(tx, &key)?.ok_or_else(|| RecordViewError::Unknown(key.clone()))?;
        Ok(EnteredRecordView {
            subject: subject.to_string(),
            record: record_view::view(desk, tx, sourced, today)?,
        })
    })
}

fn record_of(typed: &EnterRecord, today: jiff::civil::Date) -> Result<Record, EnterRecordError> {
    let filled = |field: &'static str, text: &str, longest: usize| {
        let text = text.trim();
        if text.is_empty() || text.chars().count() > longest {
            Err(EnterRecordError::Field(field))
        } else {
            Ok(text.to_owned())
        }
    };
    let uscc = match typed.uscc.as_deref().map(str::trim).filter(|code| !code.is_empty()) {
        Some(code) => Some(
            Uscc::parse(code)
                .map_err(|_| EnterRecordError::Uscc)?
                .as_str()
                .to_owned(),
        ),
        None => None,
    };
    let decided_on = parse_date(&typed.decided_on)
        .filter(|day| *day <= today)
        .ok_or_else(|| EnterRecordError::Date(typed.decided_on.clone()))?;
    let fine_fen = match typed.fine_fen.as_deref().map(str::trim).filter(|fen| !fen.is_empty()) {
        Some(fen) => Some(
            fen.parse::<i64>()
                .ok()
                .filter(|fen| *fen >= 0)
                .map(Fen::new)
                .ok_or(EnterRecordError::Amount)?,
        ),
        None => None,
    };
    if typed.penalty_kinds.is_empty() {
        return Err(EnterRecordError::Field("penaltyKinds"));
    }
    Ok(Record {
        subject_name: Some(filled("subjectName", &typed.subject_name, 200)?),
        uscc,
        document_no: Some(filled("docNo", &typed.doc_no, 128)?),
        penalty_kinds: Some(typed.penalty_kinds.join(";")),
        penalty_content: Some(filled("content", &typed.content, 4000)?),
        fine_fen,
        decided_on: Some(decided_on),
        authority_name: Some(filled("authority", &typed.authority, 200)?),
        authority_code: typed.authority_code.clone().filter(|code| !code.trim().is_empty()),
        ..Record::default()
    })
}
