//! One class as the organizer sees it: who is on the list, how far each has come.

use counter_core::{
    certificate::CertificateState,
    class::{AttendanceMark, Class, ClassKind, ExamTemplate, Trainee, TraineePosition},
    exam::ExamStage,
};
use counter_store::{
    Delivery, StoreError,
    table::{
        certificate::{self, CertificateRow},
        exam_session::{self, ExamSessionRow},
    },
};
use jiff::civil::Date;
use serde::Serialize;

use crate::Desk;

/// A class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ClassView {
    /// Its number.
    pub no: String,
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
    /// The first day.
    #[specta(type = String)]
    pub starts_on: Date,
    /// 学时.
    pub hours: u16,
    /// How the exam is set.
    pub exam: ExamTemplate,
    /// The points of a paper without a mistake.
    pub full_score: u32,
    /// The day it was closed.
    #[specta(type = Option<String>)]
    pub closed_on: Option<Date>,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// Everybody who was ever on the list.
    pub trainees: Vec<TraineeView>,
}

/// A trainee, numbers masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TraineeView {
    /// The id in the class.
    pub id: String,
    /// 姓名.
    pub name: String,
    /// In which position.
    pub position: TraineePosition,
    /// 企业名称.
    pub subject_name: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// The identity number with the middle hidden.
    pub id_number_masked: Option<String>,
    /// Whether an identity paper was looked at.
    pub identity_checked: bool,
    /// Each day's attendance.
    pub attendance: Vec<AttendanceMark>,
    /// Why the trainee left the list, if so.
    pub withdrawn: Option<String>,
    /// The sittings, oldest first.
    pub sittings: Vec<SittingItem>,
    /// How often the trainee may still sit.
    pub sittings_left: u16,
    /// The certificate, once there is one.
    pub certificate: Option<TraineeCertificate>,
}

/// A sitting in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SittingItem {
    /// Its number.
    pub no: String,
    /// 1 for the first.
    pub attempt: u16,
    /// How far it has come.
    pub stage: ExamStage,
    /// The points reached.
    pub score: Option<u32>,
    /// Whether the pass mark is reached.
    pub passed: Option<bool>,
}

/// A trainee's certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TraineeCertificate {
    /// Its number.
    pub no: String,
    /// How it stands.
    pub state: CertificateState,
}

/// The class `no`, or `None`.
///
/// # Errors
/// When the store cannot be read.
pub fn class_detail(desk: &Desk, no: &str) -> Result<Option<ClassView>, StoreError> {
    desk.store().read(|tx| {
        let Some(class) = super::load(tx, no)? else {
            return Ok(None);
        };
        let delivery = tx.delivery(&super::lane(no))?.unwrap_or(Delivery::Saved);
        let sittings = exam_session::of_class(tx, no)?;
        let certificates = certificate::of_class(tx, no)?;
        Ok(Some(view(class, delivery, &sittings, &certificates)))
    })
}

fn view(class: Class, delivery: Delivery, sittings: &[ExamSessionRow], certificates: &[CertificateRow]) -> ClassView {
    let trainees = class
        .trainees
        .iter()
        .map(|trainee| trainee_view(trainee, &class.opened.exam, sittings, certificates))
        .collect();
    let opened = class.opened;
    ClassView {
        no: class.no,
        title: opened.title,
        kind: opened.kind,
        host: opened.host,
        co_hosts: opened.co_hosts,
        teaching_body: opened.teaching_body,
        issuing_body: opened.issuing_body,
        place: opened.place,
        starts_on: opened.starts_on,
        hours: opened.hours,
        full_score: opened.exam.full_score(),
        exam: opened.exam,
        closed_on: class.closed_on,
        delivery,
        trainees,
    }
}

fn trainee_view(
    trainee: &Trainee,
    exam: &ExamTemplate,
    sittings: &[ExamSessionRow],
    certificates: &[CertificateRow],
) -> TraineeView {
    let enrolment = &trainee.enrolment;
    let own: Vec<&ExamSessionRow> = sittings.iter().filter(|row| row.trainee == enrolment.id).collect();
    let allowed = exam.retakes_allowed.saturating_add(1);
    let sat = u16::try_from(own.len()).unwrap_or(u16::MAX);
    // A revoked certificate is shown only where no other has taken its place.
    let certificate = certificates
        .iter()
        .filter(|row| row.trainee == enrolment.id)
        .max_by_key(|row| (row.state != CertificateState::Revoked, row.no.clone()));
    TraineeView {
        id: enrolment.id.clone(),
        name: enrolment.name.clone(),
        position: enrolment.position,
        subject_name: enrolment.subject.name.clone(),
        uscc: enrolment.subject.uscc.clone(),
        id_number_masked: enrolment.id_number_masked.clone(),
        identity_checked: enrolment.identity_checked,
        attendance: trainee.attendance.clone(),
        withdrawn: trainee.withdrawn.clone(),
        sittings: own
            .iter()
            .map(|row| SittingItem {
                no: row.no.clone(),
                attempt: row.attempt,
                stage: row.stage,
                score: row.score,
                passed: row.passed,
            })
            .collect(),
        sittings_left: allowed.saturating_sub(sat),
        certificate: certificate.map(|row| TraineeCertificate {
            no: row.no.clone(),
            state: row.state,
        }),
    }
}
