//! A sitting as the trainee's screen and the proctor's list show it. Right answers are told only after marking.

use counter_core::{
    exam::{ExamSession, ExamStage, HandInReason, IncidentKind},
    question::{Question, QuestionKind, mark},
};
use counter_store::{
    Delivery, StoreError,
    table::{exam_clock, exam_session},
};
use serde::Serialize;

use crate::{Desk, class};

/// A sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SittingView {
    /// Its number.
    pub no: String,
    /// The number of the class.
    pub class: String,
    /// 班名.
    pub class_title: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub trainee_name: String,
    /// 企业名称.
    pub subject_name: String,
    /// 1 for the first sitting.
    pub attempt: u16,
    /// How far it has come.
    pub stage: ExamStage,
    /// Time for the exam, in minutes.
    pub minutes: u16,
    /// Exam time left, ms.
    pub left_ms: u32,
    /// The points of a paper without a mistake.
    pub out_of: u32,
    /// The points needed to pass.
    pub pass_mark: u16,
    /// What the paper was drawn from, 64 hexadecimal digits.
    pub seed: String,
    /// The paper, in its order.
    pub questions: Vec<PaperQuestion>,
    /// What the proctor has to see, oldest first.
    pub incidents: Vec<IncidentView>,
    /// Who handed it in, once it is.
    pub handed_in: Option<HandInReason>,
    /// The score, once marked.
    pub result: Option<SittingResult>,
    /// Where the work on it is.
    pub delivery: Delivery,
}

/// A question on the paper, with the answer as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PaperQuestion {
    /// Its id.
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: String,
    /// What can be chosen, in the order of this paper.
    pub choices: Vec<PaperChoice>,
    /// The choices given, as places; empty when it is not answered.
    pub given: Vec<u8>,
    /// Whether the trainee wants to come back to it.
    pub marked: bool,
    /// How it was marked, once the paper is.
    pub review: Option<Review>,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PaperChoice {
    /// What an answer names it by.
    pub place: u8,
    /// Its words.
    pub text: String,
}

/// How a question was marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Review {
    /// Whether exactly the right choices were given.
    pub right: bool,
    /// The right choices, as places.
    pub answer: Vec<u8>,
    /// Why.
    pub explanation: String,
}

/// Something the proctor has to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct IncidentView {
    /// What.
    pub kind: IncidentKind,
    /// A word on it.
    pub detail: Option<String>,
    /// Exam time used, ms.
    pub elapsed_ms: u32,
    /// How long the exam stood still, for a crash, ms.
    #[specta(type = Option<f64>)]
    pub outage_ms: Option<u64>,
    /// When, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
}

/// The score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SittingResult {
    /// The points reached.
    pub score: u32,
    /// Whether the pass mark is reached.
    pub passed: bool,
}

/// A sitting in the proctor's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RoomItem {
    /// Its number.
    pub no: String,
    /// 姓名.
    pub trainee_name: String,
    /// 企业名称.
    pub subject_name: String,
    /// 1 for the first sitting.
    pub attempt: u16,
    /// How far it has come.
    pub stage: ExamStage,
    /// How many questions are answered.
    pub answered: u16,
    /// How many are on the paper.
    pub questions: u16,
    /// Exam time left by what is kept, ms.
    pub left_ms: u32,
    /// What the proctor has to see, oldest first.
    pub incidents: Vec<IncidentView>,
    /// The score, once marked.
    pub result: Option<SittingResult>,
}

/// The sitting `no`, or `None`.
///
/// # Errors
/// When the store cannot be read, or the bank the paper was drawn from is not here.
pub fn sitting(desk: &Desk, no: &str) -> Result<Option<SittingView>, StoreError> {
    desk.store().read(|tx| {
        let Some(session) = super::load(tx, no)? else {
            return Ok(None);
        };
        let class_title = class::load(tx, &session.drawn.class)?
            .map(|class| class.opened.title)
            .unwrap_or_default();
        let left_ms = left_ms(&session, exam_clock::get(tx, no)?);
        let delivery = tx.delivery(&super::lane(no))?.unwrap_or(Delivery::Saved);
        Ok(Some(SittingView {
            class_title,
            left_ms,
            delivery,
            questions: paper(&session)?,
            incidents: incidents(&session),
            stage: session.stage(),
            out_of: session.drawn.full_score(),
            handed_in: session.handed_in.as_ref().map(|handed_in| handed_in.reason),
            result: session.result.map(|result| SittingResult {
                score: result.score,
                passed: result.passed,
            }),
            no: session.no,
            class: session.drawn.class,
            trainee: session.drawn.trainee,
            trainee_name: session.drawn.trainee_name,
            subject_name: session.drawn.subject.name,
            attempt: session.drawn.attempt,
            minutes: session.drawn.minutes,
            pass_mark: session.drawn.pass_mark,
            seed: session.drawn.seed.to_string(),
        }))
    })
}

/// The sittings of a class as the proctor watches them.
///
/// # Errors
/// When the store cannot be read.
pub fn exam_room(desk: &Desk, class: &str) -> Result<Vec<RoomItem>, StoreError> {
    desk.store().read(|tx| {
        let mut items = Vec::new();
        for row in exam_session::of_class(tx, class)? {
            let Some(session) = super::load(tx, &row.no)? else {
                continue;
            };
            let count = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
            items.push(RoomItem {
                stage: session.stage(),
                answered: count(
                    session
                        .answers
                        .iter()
                        .filter(|answer| !answer.choices.is_empty())
                        .count(),
                ),
                questions: count(session.drawn.questions.len()),
                left_ms: left_ms(&session, exam_clock::get(tx, &row.no)?),
                incidents: incidents(&session),
                result: session.result.map(|result| SittingResult {
                    score: result.score,
                    passed: result.passed,
                }),
                no: row.no,
                trainee_name: row.trainee_name,
                subject_name: row.subject_name,
                attempt: row.attempt,
            });
        }
        Ok(items)
    })
}

fn left_ms(session: &ExamSession, saved: Option<exam_clock::ExamClock>) -> u32 {
    let known = session.left_ms();
    let left = saved.map_or(known, |saved| saved.left_ms.min(known));
    u32::try_from(left).unwrap_or(u32::MAX)
}

fn paper(session: &ExamSession) -> Result<Vec<PaperQuestion>, StoreError> {
    let drawn = &session.drawn;
    let gone = || {
        StoreError::Contradiction(format!(
            "the question bank {} of {} is not here",
            drawn.bank, session.no
        ))
    };
    let bank = super::bank(&drawn.bank)
        .filter(|bank| bank.hash() == drawn.bank_hash)
        .ok_or_else(gone)?;
    let marking = session
        .result
        .map(|_| mark(bank, session))
        .transpose()
        .map_err(|_| gone())?;
    drawn
        .questions
        .iter()
        .map(|on_paper| {
            let question = bank.question(&on_paper.id).ok_or_else(gone)?;
            let marked = marking.as_ref().and_then(|marking| {
                marking
                    .questions
                    .iter()
                    .find(|marked| marked.question.id == on_paper.id)
            });
            Ok(PaperQuestion {
                id: question.id.clone(),
                kind: question.kind,
                text: question.text.clone(),
                choices: choices(question, &on_paper.choice_order),
                given: session
                    .answer(&question.id)
                    .map(|answer| answer.choices.clone())
                    .unwrap_or_default(),
                marked: session.marked.contains(&question.id),
                review: marked.map(|marked| Review {
                    right: marked.right,
                    answer: question.answer.clone(),
                    explanation: question.explanation.clone(),
                }),
            })
        })
        .collect()
}

fn choices(question: &Question, order: &[u8]) -> Vec<PaperChoice> {
    order
        .iter()
        .filter_map(|place| {
            let text = question.choices.get(usize::from(*place))?;
            Some(PaperChoice {
                place: *place,
                text: text.clone(),
            })
        })
        .collect()
}

/// The n-th crash has the n-th outage: both are written in one act.
fn incidents(session: &ExamSession) -> Vec<IncidentView> {
    let mut outages = session.outages.iter();
    session
        .incidents
        .iter()
        .map(|incident| IncidentView {
            kind: incident.kind,
            detail: incident.detail.clone(),
            elapsed_ms: u32::try_from(incident.elapsed_ms).unwrap_or(u32::MAX),
            outage_ms: match incident.kind {
                IncidentKind::Crashed => outages.next().map(|outage| outage.outage_ms),
                IncidentKind::FocusLost | IncidentKind::LeftFullScreen | IncidentKind::Other => None,
            },
            at: incident.at,
        })
        .collect()
}
