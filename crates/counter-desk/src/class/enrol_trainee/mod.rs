//! 报名: a person is put on the list of a class, for an enterprise and in a position.

use counter_core::{
    change::ChangeBody,
    class::{ClassChange, TraineeEnrolment, TraineePosition},
    identifier::{ResidentId, Uscc},
    subject_snapshot::SubjectSnapshot,
};
use counter_store::RecordError;
use serde::{Deserialize, Serialize};

use super::{FieldFault, filled};
use crate::{Actor, Coded, Desk, coded::from_store_error};

/// The trainee as typed in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EnrolTrainee {
    /// The class.
    pub class: String,
    /// 姓名.
    pub name: String,
    /// In which position for the enterprise.
    pub position: TraineePosition,
    /// 企业名称.
    pub subject_name: String,
    /// 统一社会信用代码.
    pub uscc: String,
    /// 身份证号码, where it was given.
    pub id_number: Option<String>,
    /// Whether an identity paper was looked at.
    pub identity_checked: bool,
}

impl std::fmt::Debug for EnrolTrainee {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("EnrolTrainee")
            .field("class", &self.class)
            .finish_non_exhaustive()
    }
}

/// The trainee was not enrolled.
#[derive(Debug, thiserror::Error)]
pub enum EnrolTraineeError {
    /// There is no such class.
    #[error("there is no class {0}")]
    NoClass(String),
    /// A field.
    #[error(transparent)]
    Field(#[from] FieldFault),
    /// The code of the enterprise is wrong.
    #[error("the credit code is not valid")]
    BadUscc,
    /// The identity number is wrong.
    #[error("the identity number is not valid")]
    BadIdNumber,
    /// The person is on the list for this enterprise already.
    #[error("{0} is on the list already")]
    Duplicate(String),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(EnrolTraineeError);

impl Coded for EnrolTraineeError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoClass(_) => "no_class",
            Self::Field(fault) => fault.code(),
            Self::BadUscc => "bad_uscc",
            Self::BadIdNumber => "bad_id_number",
            Self::Duplicate(_) => "trainee_duplicate",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoClass(what) | Self::Duplicate(what) => what.clone(),
            Self::Field(fault) => fault.detail(),
            Self::BadUscc => "uscc".to_owned(),
            Self::BadIdNumber => "idNumber".to_owned(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Enrols a trainee and answers the id in the class: `01`, `02`, and so on.
///
/// # Errors
/// [`EnrolTraineeError`].
pub fn enrol_trainee(desk: &Desk, actor: &Actor, input: &EnrolTrainee) -> Result<String, EnrolTraineeError> {
    let name = filled("name", &input.name)?;
    let subject_name = filled("subjectName", &input.subject_name)?;
    let uscc = Uscc::parse(&input.uscc).map_err(|_| EnrolTraineeError::BadUscc)?;
    let id_number = input
        .id_number
        .as_deref()
        .map(str::trim)
        .filter(|number| !number.is_empty())
        .map(|number| ResidentId::parse(number).map_err(|_| EnrolTraineeError::BadIdNumber))
        .transpose()?;
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let class = super::load(tx, &input.class)?.ok_or_else(|| EnrolTraineeError::NoClass(input.class.clone()))?;
        let lane = super::lane(&class.no);
        let same_enterprise = |subject: &SubjectSnapshot| subject.uscc.as_deref() == Some(uscc.as_str());
        for known in class
            .active_trainees()
            .filter(|known| same_enterprise(&known.enrolment.subject))
        {
            let same_number = match (&id_number, &known.enrolment.id_number) {
                (Some(number), Some(sealed)) => tx
                    .unseal(&lane, sealed)?
                    .is_some_and(|plain| plain.as_str() == number.reveal()),
                (Some(_), None) | (None, Some(_)) | (None, None) => false,
            };
            if same_number || known.enrolment.name == name {
                return Err(EnrolTraineeError::Duplicate(name.clone()));
            }
        }
        let id = format!("{:02}", class.trainees.len() + 1);
        let trainee = TraineeEnrolment {
            id: id.clone(),
            name,
            position: input.position,
            subject: SubjectSnapshot {
                uscc: Some(uscc.as_str().to_owned()),
                name: subject_name,
            },
            id_number: id_number
                .as_ref()
                .map(|number| tx.seal(&lane, number.reveal()))
                .transpose()?,
            id_number_masked: id_number.as_ref().map(ResidentId::masked),
            identity_checked: input.identity_checked,
        };
        let body = ChangeBody::Class(ClassChange::TraineeEnrolled {
            trainee: Box::new(trainee),
        });
        tx.record(&act, lane, body)?;
        Ok(id)
    })
}
