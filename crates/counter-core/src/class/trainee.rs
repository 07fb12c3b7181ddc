//! Trainees: who attends a class, for which enterprise and in which position.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{sealed::Sealed, subject_snapshot::SubjectSnapshot};

/// The position that lets a person attend for an enterprise: one of the "five unities" of the practice (domain/practice.md).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum TraineePosition {
    /// 法定代表人.
    LegalRepresentative,
    /// 主要负责人.
    ChiefOfficer,
    /// 经书面授权的高级管理人员.
    AuthorisedExecutive,
}

impl TraineePosition {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LegalRepresentative => "legal_representative",
            Self::ChiefOfficer => "chief_officer",
            Self::AuthorisedExecutive => "authorised_executive",
        }
    }

    /// The words on papers.
    pub fn title(self) -> &'static str {
        match self {
            Self::LegalRepresentative => "法定代表人",
            Self::ChiefOfficer => "主要负责人",
            Self::AuthorisedExecutive => "书面授权的高级管理人员",
        }
    }
}

/// A person on the list of a class, as enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraineeEnrolment {
    /// Unique in the class, such as `01`.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// In which position for the enterprise.
    pub position: TraineePosition,
    /// For which enterprise.
    pub subject: SubjectSnapshot,
    /// The identity number, sealed.
    pub id_number: Option<Sealed>,
    /// The identity number with the middle hidden.
    pub id_number_masked: Option<String>,
    /// Whether an identity paper was looked at; nobody sits for another.
    pub identity_checked: bool,
}

impl TraineeEnrolment {
    /// Whether `other` is the same person for the same enterprise.
    pub fn is_same_person(&self, other: &Self) -> bool {
        self.name == other.name && self.subject == other.subject && self.id_number_masked == other.id_number_masked
    }
}

/// A trainee as he or she stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trainee {
    /// As enrolled.
    pub enrolment: TraineeEnrolment,
    /// Each day's attendance, the last word per day, oldest day first.
    pub attendance: Vec<AttendanceMark>,
    /// Why the trainee left the list, if so.
    pub withdrawn: Option<String>,
}

impl Trainee {
    /// Whether the trainee is still on the list.
    pub fn is_active(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Whether the trainee was present on every day marked, and on at least one.
    pub fn attended(&self) -> bool {
        !self.attendance.is_empty() && self.attendance.iter().all(|mark| mark.present)
    }
}

/// 签到: one trainee on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AttendanceMark {
    /// The day.
    #[specta(type = String)]
    pub on: Date,
    /// Present or absent.
    pub present: bool,
}
