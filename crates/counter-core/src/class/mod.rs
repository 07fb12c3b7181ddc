//! Training classes (培训班): who holds them, who attends, and by which figures the exam is set.
//!
//! Sittings and certificates live in their own lanes and name the class.

mod apply;
mod exam_template;
mod trainee;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use exam_template::{ExamTemplate, ExamTemplateFault};
pub use trainee::{AttendanceMark, Trainee, TraineeEnrolment, TraineePosition};

/// Who stands behind a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ClassKind {
    /// 公益班: held by the district, free.
    Public,
    /// 市场班: held and certified by a training agency.
    Market,
}

impl ClassKind {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Market => "market",
        }
    }

    /// The words on screens and papers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Public => "公益班",
            Self::Market => "市场班",
        }
    }
}

/// What is fixed when a class is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassOpened {
    /// 班名.
    pub title: String,
    /// Who stands behind it.
    pub kind: ClassKind,
    /// 主办单位: the district credit office, or the agency of a market class.
    pub host: String,
    /// 协办单位: penalty authorities.
    pub co_hosts: Vec<String>,
    /// 授课机构.
    pub teaching_body: String,
    /// 发证单位.
    pub issuing_body: String,
    /// 地点.
    pub place: String,
    /// The first day.
    pub starts_on: Date,
    /// 学时, in class hours.
    pub hours: u16,
    /// How the exam is set.
    pub exam: ExamTemplate,
}

/// What happens to a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassChange {
    /// 开班.
    Opened(Box<ClassOpened>),
    /// 报名.
    TraineeEnrolled {
        /// Who.
        trainee: Box<TraineeEnrolment>,
    },
    /// 退班.
    TraineeWithdrawn {
        /// The trainee's id in the class.
        trainee: String,
        /// Why.
        reason: String,
    },
    /// 签到. The last word per day counts.
    AttendanceMarked {
        /// The trainee's id in the class.
        trainee: String,
        /// How it was.
        mark: AttendanceMark,
    },
    /// 结班: nobody is enrolled, withdrawn or marked any more.
    Closed {
        /// The day.
        on: Date,
        /// A word on it.
        note: Option<String>,
    },
}

impl ClassChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened(_) => "class_opened",
            Self::TraineeEnrolled { .. } => "class_trainee_enrolled",
            Self::TraineeWithdrawn { .. } => "class_trainee_withdrawn",
            Self::AttendanceMarked { .. } => "class_attendance_marked",
            Self::Closed { .. } => "class_closed",
        }
    }
}

/// A class as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Class {
    /// Its number.
    pub no: String,
    /// What was fixed when it was opened.
    pub opened: ClassOpened,
    /// Everybody who was ever on the list, in the order of enrolment.
    pub trainees: Vec<Trainee>,
    /// The day it was closed, once it was.
    pub closed_on: Option<Date>,
    /// The account that opened it.
    pub organizer: String,
}

impl Class {
    /// The trainee with this id.
    pub fn trainee(&self, id: &str) -> Option<&Trainee> {
        self.trainees.iter().find(|trainee| trainee.enrolment.id == id)
    }

    /// The trainees still on the list.
    pub fn active_trainees(&self) -> impl Iterator<Item = &Trainee> {
        self.trainees.iter().filter(|trainee| trainee.is_active())
    }
}
