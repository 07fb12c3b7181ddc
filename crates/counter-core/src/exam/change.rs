//! What can happen in a sitting.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ExamSeed;
use crate::subject_snapshot::SubjectSnapshot;

/// What is fixed when a paper is drawn. The paper can be drawn again from bank, seed and day, and must come out the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamDrawn {
    /// The number of the class.
    pub class: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// The trainee's name.
    pub trainee_name: String,
    /// The enterprise.
    pub subject: SubjectSnapshot,
    /// 1 for the first sitting, 2 for the first retake, and so on.
    pub attempt: u16,
    /// The id of the question bank.
    pub bank: String,
    /// SHA-256 of the bank, 64 hexadecimal digits.
    pub bank_hash: String,
    /// What the draw was made from.
    pub seed: ExamSeed,
    /// The day whose rules decide which questions may be drawn.
    pub drawn_on: Date,
    /// The questions in the order of the paper.
    pub questions: Vec<DrawnQuestion>,
    /// Time for the exam, in minutes.
    pub minutes: u16,
    /// Points for one right answer.
    pub points_per_question: u16,
    /// The points needed to pass.
    pub pass_mark: u16,
}

impl ExamDrawn {
    /// The time for the exam, in milliseconds.
    pub fn time_ms(&self) -> u64 {
        u64::from(self.minutes) * 60_000
    }

    /// The points of a paper without a mistake.
    pub fn full_score(&self) -> u32 {
        u32::try_from(self.questions.len())
            .unwrap_or(u32::MAX)
            .saturating_mul(u32::from(self.points_per_question))
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&DrawnQuestion> {
        self.questions.iter().find(|question| question.id == id)
    }
}

/// A question on a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawnQuestion {
    /// Its id in the bank.
    pub id: String,
    /// The order its choices are shown in: places in the bank's list of choices, from 0.
    pub choice_order: Vec<u8>,
}

/// What happens in a sitting. Every `elapsed_ms` is exam time used, by a monotonic clock that stands still during an outage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExamChange {
    /// 组卷.
    Drawn(Box<ExamDrawn>),
    /// 开考.
    Started,
    /// 作答. The last answer to a question counts; an empty one takes it back.
    AnswerGiven {
        /// The question's id.
        question: String,
        /// Places in the bank's list of choices, from 0, whatever order they were shown in.
        choices: Vec<u8>,
        /// Exam time used.
        elapsed_ms: u64,
    },
    /// 标记待查: the trainee wants to come back to a question, or no longer.
    ReviewMarked {
        /// The question's id.
        question: String,
        /// Whether it is marked.
        marked: bool,
    },
    /// 考场异常: something the proctor has to see.
    Incident {
        /// What.
        kind: IncidentKind,
        /// A word on it.
        detail: Option<String>,
        /// Exam time used.
        elapsed_ms: u64,
    },
    /// 恢复考试: after a crash, with the proctor's word.
    Resumed {
        /// How long the exam stood still.
        outage_ms: u64,
        /// Exam time left.
        left_ms: u64,
    },
    /// 交卷.
    HandedIn {
        /// Exam time used.
        elapsed_ms: u64,
        /// By whom.
        reason: HandInReason,
    },
    /// 评分.
    Scored {
        /// The points reached.
        score: u32,
        /// The points of a paper without a mistake.
        out_of: u32,
        /// Whether the pass mark is reached.
        passed: bool,
    },
}

/// What a proctor has to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// 切换到其他窗口.
    FocusLost,
    /// 退出全屏.
    LeftFullScreen,
    /// 程序中断.
    Crashed,
    /// 其他, told in the detail.
    Other,
}

impl IncidentKind {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FocusLost => "focus_lost",
            Self::LeftFullScreen => "left_full_screen",
            Self::Crashed => "crashed",
            Self::Other => "other",
        }
    }
}

/// Why a paper was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum HandInReason {
    /// 考生交卷.
    Trainee,
    /// 到时自动交卷.
    TimeOver,
    /// 监考收卷.
    Proctor,
}

impl HandInReason {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trainee => "trainee",
            Self::TimeOver => "time_over",
            Self::Proctor => "proctor",
        }
    }
}

impl ExamChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Drawn(_) => "exam_drawn",
            Self::Started => "exam_started",
            Self::AnswerGiven { .. } => "exam_answer_given",
            Self::ReviewMarked { .. } => "exam_review_marked",
            Self::Incident { .. } => "exam_incident",
            Self::Resumed { .. } => "exam_resumed",
            Self::HandedIn { .. } => "exam_handed_in",
            Self::Scored { .. } => "exam_scored",
        }
    }
}
