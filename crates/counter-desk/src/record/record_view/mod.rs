//! One record with its verdict today.

use counter_core::{
    assess::{AssessError, Assessment, Class, PackChoice, Verdict, assess},
    attachment::AttachmentRef,
    case::Material,
    pack::RuleBook,
    record::{Record, RecordKind},
};
use counter_store::{ReadTx, StoreError};
use jiff::civil::Date;
use serde::Serialize;

use super::{
    assessment_view::AssessmentView,
    facts::Facts,
    source::{self, SourcedRecord},
};
use crate::{
    Coded, Desk,
    case::checklist::{checklist, of_subject},
    office::{OfficeView, office_for},
};

/// A record as the screen shows it.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RecordView {
    /// Names it at this counter.
    pub id: String,
    /// Whether it was imported or typed in (手工录入·未核对).
    pub origin: RecordOrigin,
    /// 待核记录.
    pub kept_for_check: bool,
    /// Why it is kept for check.
    pub findings: Vec<String>,
    /// 文号.
    pub doc_no: Option<String>,
    /// What it was for.
    pub title: String,
    /// The name the decision bears, where the subject goes by another now.
    pub named_as: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// The day of the decision.
    pub decided_on: Option<String>,
    /// 处罚内容.
    pub content: Option<String>,
    /// 处罚类别, one by one.
    pub penalty_kinds: Vec<String>,
    /// The fine in fen, as a string so that no digit is lost.
    pub fine_fen: Option<String>,
    /// The file or the person it came from.
    pub source: String,
    /// Of which day it is.
    pub data_as_of: Option<String>,
    /// What is known beside the data.
    pub facts: Facts,
    /// The classes a person may choose from; none where the class of such a record is no question.
    pub class_choices: Vec<ClassChoice>,
    /// What the answers rest on.
    pub bases: Vec<String>,
    /// What the rules say today.
    pub assessment: AssessmentView,
    /// The papers it takes, with how to come by each.
    pub checklist: Vec<Material>,
    /// Those of which one serves for all records of the subject, by their codes.
    pub papers_of_subject: Vec<String>,
    /// The scan of the decision.
    pub scan: Option<AttachmentRef>,
    /// The case running about it.
    pub open_case: Option<String>,
    /// The objection that is pending about it.
    pub objection: Option<String>,
    /// Where the applicant is sent, for what belongs to another office.
    pub sent_to: Option<SentTo>,
}

/// A class of the pack that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ClassChoice {
    /// The class.
    pub class: Class,
    /// In words.
    pub title: String,
}

/// Another office, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SentTo {
    /// The office in charge of such records.
    pub office: String,
    /// Where it is; none where nobody here has entered it.
    pub whereabouts: Option<OfficeView>,
}

/// How a record came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RecordOrigin {
    /// From a file.
    Import,
    /// Typed in.
    ByHand,
}

/// The record cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum RecordViewError {
    /// No such record.
    #[error("there is no record {0}")]
    Unknown(String),
    /// The rules cannot be applied.
    #[error(transparent)]
    Assess(#[from] AssessError),
    /// Not readable.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for RecordViewError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "unknown_record",
            Self::Assess(_) => "cannot_assess",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(key) => key.clone(),
            Self::Assess(error) => error.to_string(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// The record named `key`.
///
/// # Errors
/// [`RecordViewError`].
pub fn record_view(desk: &Desk, key: &str) -> Result<RecordView, RecordViewError> {
    let today = desk.clock().today();
    desk.store().read(|tx| {
        let sourced = source::load(tx, key)?.ok_or_else(|| RecordViewError::Unknown(key.to_owned()))?;
        view(desk, tx, sourced, today)
    })
}

pub(crate) fn view(
    desk: &Desk,
    tx: &ReadTx<'_>,
    sourced: SourcedRecord,
    today: Date,
) -> Result<RecordView, RecordViewError> {
    let record = &sourced.record;
    let referral = desk.rules().authorities().referral(record);
    let whereabouts = office_for(tx, record, referral)?;
    let assessment = assess(record, today, &PackChoice::Auto, desk.rules())?;
    let title = [&record.violation_type, &record.violation_facts, &record.penalty_content];
    let title = title
        .into_iter()
        .flatten()
        .next()
        .cloned()
        .unwrap_or_else(|| record.kind().label().to_owned());
    let kinds = record.penalty_kinds.as_deref().unwrap_or_default();
    Ok(RecordView {
        origin: if sourced.by_hand {
            RecordOrigin::ByHand
        } else {
            RecordOrigin::Import
        },
        kept_for_check: !sourced.check_notes.is_empty(),
        doc_no: record.document_no.clone(),
        named_as: sourced.named_as().map(str::to_owned),
        title,
        authority: record.authority_name.clone(),
        decided_on: record.decided_on.map(|day| day.to_string()),
        content: record.penalty_content.clone(),
        penalty_kinds: kinds
            .split([';', '；', '、'])
            .filter(|kind| !kind.is_empty())
            .map(str::to_owned)
            .collect(),
        fine_fen: record.fine_fen.map(|fine| fine.get().to_string()),
        data_as_of: sourced.data_as_of.map(|day| day.to_string()),
        facts: Facts::of(record),
        class_choices: class_choices(record, &assessment, desk.rules()),
        open_case: source::running_case(tx, &sourced.key)?.map(|case| case.no),
        checklist: checklist(&sourced.record, &assessment, desk.rules()),
        papers_of_subject: of_subject(&assessment, desk.rules()),
        assessment: AssessmentView::of(assessment, desk.rules()),
        sent_to: referral.map(|referral| SentTo {
            office: referral.office.clone(),
            whereabouts,
        }),
        objection: sourced.objection,
        id: sourced.key,
        findings: sourced.check_notes,
        source: sourced.source,
        bases: sourced.bases,
        scan: sourced.scan,
    })
}

/// Only penalties have classes; of one that goes elsewhere, or whose day is unknown, the class is no question.
fn class_choices(record: &Record, assessment: &Assessment, rules: &RuleBook) -> Vec<ClassChoice> {
    let asked =
        record.kind() == RecordKind::Penalty && record.decided_on.is_some() && assessment.verdict != Verdict::Refer;
    let pack = assessment.pack_in(rules).filter(|_| asked);
    let classes = pack.map(counter_core::pack::RulePack::classes).unwrap_or_default();
    let choice = |class: Class| ClassChoice {
        class,
        title: class.label().to_owned(),
    };
    classes.into_iter().map(choice).collect()
}
