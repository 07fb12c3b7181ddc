//! 组卷: a paper for each trainee, from a fresh seed that is stored with it.

use counter_core::{
    change::ChangeBody,
    class::{Class, Trainee},
    exam::{ExamChange, ExamDrawn, ExamSeed, ExamStage},
    number::NumberFamily,
    question::{DrawError, draw},
};
use counter_store::{
    ActContext, RecordError, WriteTx,
    table::exam_session::{self, ExamSessionRow},
};
use serde::Serialize;

use crate::{Actor, Coded, Desk, class, coded::from_store_error};

/// What was drawn for a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DrawnPapers {
    /// The new sittings.
    pub sessions: Vec<DrawnPaper>,
    /// Who got no paper, and why.
    pub left_out: Vec<LeftOut>,
}

/// A paper drawn for a trainee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DrawnPaper {
    /// The number of the sitting.
    pub session: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub name: String,
    /// 1 for the first sitting.
    pub attempt: u16,
    /// The seed, 64 hexadecimal digits.
    pub seed: String,
    /// How many questions are on it.
    pub questions: u16,
}

/// A trainee who got no paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub name: String,
    /// Why.
    pub reason: LeftOutReason,
}

/// Why a trainee gets no paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    /// 已退班.
    Withdrawn,
    /// 身份未核验: nobody sits for another.
    IdentityNotChecked,
    /// 缺勤.
    Absent,
    /// 已有未结束的场次.
    SessionOpen,
    /// 已合格.
    Passed,
    /// 补考次数已用完.
    RetakesExhausted,
}

impl LeftOutReason {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Withdrawn => "withdrawn",
            Self::IdentityNotChecked => "identity_not_checked",
            Self::Absent => "absent",
            Self::SessionOpen => "session_open",
            Self::Passed => "passed",
            Self::RetakesExhausted => "retakes_exhausted",
        }
    }
}

/// No paper was drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawExamError {
    /// There is no such class.
    #[error("there is no class {0}")]
    NoClass(String),
    /// There is no such trainee in it.
    #[error("there is no trainee {0}")]
    NoTrainee(String),
    /// The class begins later.
    #[error("the class has not begun")]
    NotBegun,
    /// The trainee gets no paper.
    #[error("no paper for the trainee: {0:?}")]
    LeftOut(LeftOutReason),
    /// There is no such bank.
    #[error("there is no question bank {0}")]
    UnknownBank(String),
    /// Too few questions rest on rules that may be asked about today.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(DrawExamError);

impl Coded for DrawExamError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoClass(_) => "no_class",
            Self::NoTrainee(_) => "no_trainee",
            Self::NotBegun => "class_not_begun",
            Self::LeftOut(_) => "trainee_left_out",
            Self::UnknownBank(_) => "unknown_bank",
            Self::Draw(_) => "too_few_questions",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoClass(what) | Self::NoTrainee(what) | Self::UnknownBank(what) => what.clone(),
            Self::NotBegun => String::new(),
            Self::LeftOut(reason) => reason.as_str().to_owned(),
            Self::Draw(DrawError::TooFew { wanted, drawable }) => format!("{drawable}/{wanted}"),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Draws a paper for every trainee of `class` who may sit now, in one transaction.
///
/// # Errors
/// [`DrawExamError`]; nothing is drawn then.
pub fn draw_class(desk: &Desk, actor: &Actor, class: &str) -> Result<DrawnPapers, DrawExamError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let class = begun(desk, tx, class)?;
        let mut papers = DrawnPapers {
            sessions: Vec::new(),
            left_out: Vec::new(),
        };
        let sittings = exam_session::of_class(tx, &class.no)?;
        for trainee in &class.trainees {
            match left_out(&class, trainee, &sittings) {
                Some(reason) => papers.left_out.push(LeftOut {
                    trainee: trainee.enrolment.id.clone(),
                    name: trainee.enrolment.name.clone(),
                    reason,
                }),
                None => papers
                    .sessions
                    .push(draw_paper(desk, tx, &act, &class, trainee, &sittings)?),
            }
        }
        Ok(papers)
    })
}

/// Draws a paper for one trainee.
///
/// # Errors
/// [`DrawExamError`].
pub fn draw_exam(desk: &Desk, actor: &Actor, class: &str, trainee: &str) -> Result<DrawnPaper, DrawExamError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let class = begun(desk, tx, class)?;
        let sittings = exam_session::of_class(tx, &class.no)?;
        let trainee = class
            .trainee(trainee)
            .ok_or_else(|| DrawExamError::NoTrainee(trainee.to_owned()))?;
        match left_out(&class, trainee, &sittings) {
            Some(reason) => Err(DrawExamError::LeftOut(reason)),
            None => draw_paper(desk, tx, &act, &class, trainee, &sittings),
        }
    })
}

fn begun(desk: &Desk, tx: &WriteTx<'_>, class: &str) -> Result<Class, DrawExamError> {
    let class = class::load(tx, class)?.ok_or_else(|| DrawExamError::NoClass(class.to_owned()))?;
    if desk.clock().today() < class.opened.starts_on {
        Err(DrawExamError::NotBegun)
    } else {
        Ok(class)
    }
}

fn left_out(class: &Class, trainee: &Trainee, sittings: &[ExamSessionRow]) -> Option<LeftOutReason> {
    let mut own = sittings.iter().filter(|row| row.trainee == trainee.enrolment.id);
    let allowed = usize::from(class.opened.exam.retakes_allowed) + 1;
    if !trainee.is_active() {
        Some(LeftOutReason::Withdrawn)
    } else if !trainee.enrolment.identity_checked {
        Some(LeftOutReason::IdentityNotChecked)
    } else if trainee.attendance.iter().any(|mark| !mark.present) {
        Some(LeftOutReason::Absent)
    } else if own.clone().any(|row| row.passed == Some(true)) {
        Some(LeftOutReason::Passed)
    } else if own.any(|row| row.stage != ExamStage::Scored) {
        Some(LeftOutReason::SessionOpen)
    } else {
        let sat = sittings
            .iter()
            .filter(|row| row.trainee == trainee.enrolment.id)
            .count();
        (sat >= allowed).then_some(LeftOutReason::RetakesExhausted)
    }
}

fn draw_paper(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    class: &Class,
    trainee: &Trainee,
    sittings: &[ExamSessionRow],
) -> Result<DrawnPaper, DrawExamError> {
    let exam = &class.opened.exam;
    let today = desk.clock().today();
    let bank = super::bank(&exam.bank).ok_or_else(|| DrawExamError::UnknownBank(exam.bank.clone()))?;
    let mut seed = ExamSeed([0; 32]);
    desk.entropy().fill(&mut seed.0);
    let standing = |value: &_| super::standing(desk, value, today);
    let questions = draw(bank, standing, usize::from(exam.question_count), &seed)?;
    let sat = sittings
        .iter()
        .filter(|row| row.trainee == trainee.enrolment.id)
        .count();
    let attempt = u16::try_from(sat + 1).unwrap_or(u16::MAX);
    let no = tx.next_number(NumberFamily::ExamSession, today.year())?;
    let drawn = ExamDrawn {
        class: class.no.clone(),
        trainee: trainee.enrolment.id.clone(),
        trainee_name: trainee.enrolment.name.clone(),
        subject: trainee.enrolment.subject.clone(),
        attempt,
        bank: bank.id.clone(),
        bank_hash: bank.hash(),
        seed,
        drawn_on: today,
        questions,
        minutes: exam.minutes,
        points_per_question: exam.points_per_question,
        pass_mark: exam.pass_mark,
    };
    tx.record(
        act,
        super::lane(&no),
        ChangeBody::Exam(ExamChange::Drawn(Box::new(drawn))),
    )?;
    Ok(DrawnPaper {
        session: no,
        trainee: trainee.enrolment.id.clone(),
        name: trainee.enrolment.name.clone(),
        attempt,
        seed: seed.to_string(),
        questions: exam.question_count,
    })
}
