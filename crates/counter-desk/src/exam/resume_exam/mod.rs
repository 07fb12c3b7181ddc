//! 恢复考试: after a crash the sitting goes on at the same question with the time that was left; the outage is kept.

use counter_core::{
    change::ChangeBody,
    exam::{ExamChange, IncidentKind},
};
use counter_store::{
    RecordError,
    table::exam_clock::{self, ExamClock},
};
use serde::Serialize;

use crate::{Actor, Desk};

/// Where the sitting goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ResumedExam {
    /// Exam time used: what the caller starts its clock at, ms.
    pub elapsed_ms: u32,
    /// Exam time left, ms.
    pub left_ms: u32,
    /// How long the exam stood still by the computer's date, ms.
    #[specta(type = f64)]
    pub outage_ms: u64,
    /// The question to show: the one after the last that was answered, or the last.
    pub question: Option<String>,
}

/// Lets the sitting `no` go on. The time left is the smaller of what was saved and what the last answer says.
///
/// # Errors
/// When the sitting does not run or it cannot be kept.
pub fn resume_exam(desk: &Desk, actor: &Actor, no: &str) -> Result<ResumedExam, RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let session = super::existing(tx, no)?;
        let saved = exam_clock::get(tx, no)?;
        let left_ms = saved.map_or(session.left_ms(), |saved| saved.left_ms.min(session.left_ms()));
        let last_seen = saved
            .map(|saved| saved.saved_at)
            .or(session.started_at)
            .unwrap_or(act.made_at);
        let outage_ms = u64::try_from(act.made_at - last_seen).unwrap_or(0);
        let elapsed_ms = session.drawn.time_ms() - left_ms;
        let crashed = ExamChange::Incident {
            kind: IncidentKind::Crashed,
            detail: None,
            elapsed_ms,
        };
        tx.record(&act, super::lane(no), ChangeBody::Exam(crashed))?;
        tx.record(
            &act,
            super::lane(no),
            ChangeBody::Exam(ExamChange::Resumed { outage_ms, left_ms }),
        )?;
        exam_clock::put(
            tx,
            no,
            ExamClock {
                left_ms,
                saved_at: act.made_at,
            },
        )?;
        let paper = &session.drawn.questions;
        let last_answered = session
            .answers
            .iter()
            .max_by_key(|answer| answer.elapsed_ms)
            .and_then(|answer| paper.iter().position(|question| question.id == answer.question));
        let at = last_answered.map_or(0, |place| (place + 1).min(paper.len() - 1));
        Ok(ResumedExam {
            elapsed_ms: u32::try_from(elapsed_ms).unwrap_or(u32::MAX),
            left_ms: u32::try_from(left_ms).unwrap_or(u32::MAX),
            outage_ms,
            question: paper.get(at).map(|question| question.id.clone()),
        })
    })
}
