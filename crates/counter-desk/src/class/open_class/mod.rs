//! 开班.

use counter_core::{
    change::ChangeBody,
    class::{ClassChange, ClassKind, ClassOpened, ExamTemplate, ExamTemplateFault},
    number::NumberFamily,
    question::QuestionBank,
};
use counter_store::RecordError;
use serde::{Deserialize, Serialize};

use super::{FieldFault, day, filled};
use crate::{Actor, Coded, Desk, coded::from_store_error};

/// The class as typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OpenClass {
    /// 班名.
    pub title: String,
    /// Who stands behind it.
    pub kind: ClassKind,
    /// 主办单位.
    pub host: String,
    /// 协办单位.
    pub co_hosts: Vec<String>,
    /// 授课机构.
    pub teaching_body: String,
    /// 发证单位.
    pub issuing_body: String,
    /// 地点.
    pub place: String,
    /// The first day, an ISO date.
    pub starts_on: String,
    /// 学时.
    pub hours: u16,
    /// How the exam is set.
    pub exam: ExamTemplate,
}

/// The class was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenClassError {
    /// A field.
    #[error(transparent)]
    Field(#[from] FieldFault),
    /// No exam can be held by the template.
    #[error("no exam can be held by the template: {0:?}")]
    Template(ExamTemplateFault),
    /// There is no such bank.
    #[error("there is no question bank {0}")]
    UnknownBank(String),
    /// The bank has fewer questions than the template wants.
    #[error("the bank has {0} questions")]
    BankTooSmall(usize),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(OpenClassError);

impl Coded for OpenClassError {
    fn code(&self) -> &'static str {
        match self {
            Self::Field(fault) => fault.code(),
            Self::Template(_) => "exam_template",
            Self::UnknownBank(_) => "unknown_bank",
            Self::BankTooSmall(_) => "bank_too_small",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Field(fault) => fault.detail(),
            Self::Template(fault) => fault.as_str().to_owned(),
            Self::UnknownBank(bank) => bank.clone(),
            Self::BankTooSmall(count) => count.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// The figures offered when a class is opened. No rule prescribes them; the organizer may change each.
pub fn usual_template() -> ExamTemplate {
    ExamTemplate {
        bank: QuestionBank::shipped().id,
        question_count: 25,
        minutes: 45,
        points_per_question: 4,
        pass_mark: 60,
        retakes_allowed: 1,
    }
}

/// Opens a class and answers its number.
///
/// # Errors
/// [`OpenClassError`].
pub fn open_class(desk: &Desk, actor: &Actor, input: &OpenClass) -> Result<String, OpenClassError> {
    let opened = checked(input)?;
    let act = desk.act(actor);
    let year = desk.clock().today().year();
    desk.store().write(|tx| {
        let no = tx.next_number(NumberFamily::Class, year)?;
        tx.record(
            &act,
            super::lane(&no),
            ChangeBody::Class(ClassChange::Opened(Box::new(opened))),
        )?;
        Ok(no)
    })
}

fn checked(input: &OpenClass) -> Result<ClassOpened, OpenClassError> {
    if input.hours == 0 {
        return Err(FieldFault::Empty("hours").into());
    }
    if let Some(fault) = input.exam.fault() {
        return Err(OpenClassError::Template(fault));
    }
    let bank =
        crate::exam::bank(&input.exam.bank).ok_or_else(|| OpenClassError::UnknownBank(input.exam.bank.clone()))?;
    if usize::from(input.exam.question_count) > bank.questions.len() {
        return Err(OpenClassError::BankTooSmall(bank.questions.len()));
    }
    let co_hosts = input.co_hosts.iter().filter(|name| !name.trim().is_empty());
    Ok(ClassOpened {
        title: filled("title", &input.title)?,
        kind: input.kind,
        host: filled("host", &input.host)?,
        co_hosts: co_hosts.map(|name| filled("coHosts", name)).collect::<Result<_, _>>()?,
        teaching_body: filled("teachingBody", &input.teaching_body)?,
        issuing_body: filled("issuingBody", &input.issuing_body)?,
        place: filled("place", &input.place)?,
        starts_on: day(&input.starts_on)?,
        hours: input.hours,
        exam: input.exam.clone(),
    })
}
