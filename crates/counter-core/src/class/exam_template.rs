//! How the exam of a class is set: every figure is a value of the class, none is written into the program.

use serde::{Deserialize, Serialize};

/// The figures an exam is drawn, timed and marked by.
///
/// No rule in force prescribes them; the organizer sets them when the class is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExamTemplate {
    /// The id of the question bank.
    pub bank: String,
    /// How many questions are drawn.
    pub question_count: u16,
    /// Time for the exam, in minutes.
    pub minutes: u16,
    /// Points for one right answer; nothing for a wrong or incomplete one.
    pub points_per_question: u16,
    /// The points needed to pass.
    pub pass_mark: u16,
    /// How often a trainee who failed may sit again; 0 means one sitting only.
    pub retakes_allowed: u16,
}

impl ExamTemplate {
    /// The points of a paper without a mistake.
    pub fn full_score(&self) -> u32 {
        u32::from(self.question_count) * u32::from(self.points_per_question)
    }

    /// What is wrong with the figures, or `None` when an exam can be held by them.
    pub fn fault(&self) -> Option<ExamTemplateFault> {
        if self.bank.trim().is_empty() {
            Some(ExamTemplateFault::NoBank)
        } else if self.question_count == 0 {
            Some(ExamTemplateFault::NoQuestions)
        } else if self.minutes == 0 || self.minutes > Self::LONGEST_MINUTES {
            Some(ExamTemplateFault::Minutes)
        } else if self.points_per_question == 0 {
            Some(ExamTemplateFault::NoPoints)
        } else if self.pass_mark == 0 || u32::from(self.pass_mark) > self.full_score() {
            Some(ExamTemplateFault::PassMark)
        } else {
            None
        }
    }

    /// No exam lasts longer than a working day.
    pub const LONGEST_MINUTES: u16 = 480;
}

/// Why no exam can be held by a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ExamTemplateFault {
    /// No question bank is named.
    NoBank,
    /// No question would be drawn.
    NoQuestions,
    /// No time, or more than a working day.
    Minutes,
    /// A right answer would be worth nothing.
    NoPoints,
    /// The pass mark is nothing, or more than the full score.
    PassMark,
}

impl ExamTemplateFault {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoBank => "no_bank",
            Self::NoQuestions => "no_questions",
            Self::Minutes => "minutes",
            Self::NoPoints => "no_points",
            Self::PassMark => "pass_mark",
        }
    }
}
