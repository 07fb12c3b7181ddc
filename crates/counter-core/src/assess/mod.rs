//! May this record be repaired: when, through which door, with which papers, and why.
//!
//! [`assess`] is a pure function of the record, the day, the pack and the rule book. Where no rule matches it says so
//! (待判定) and gives no class; it never guesses. What is done with the answer, and by whom, is not its matter.
//!
//! The work is in three steps: `classify` finds class and publication, `standing` finds the dates and what is missing
//! (nothing in it depends on the day asked about), and `explain` puts the answer for one day into words.

mod classify;
mod domain;
mod explain;
mod outlook;
mod question;
mod standing;
mod timeline;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::pack::{Class, CorrectionUsed, Door, Status};
use crate::{
    pack::{RuleBook, RulePack},
    record::{Record, RecordKind},
};
pub use classify::paper_is_called_for;
pub use domain::suggested_domain;
pub use question::{AssessError, ClassChoiceError, PackChoice, check_class_choice};
pub use timeline::{Phase, PhaseKind, Timeline};

/// The answer about one record on one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct Assessment {
    /// The pack that was applied; absent when none was in force.
    pub pack: Option<String>,
    /// Where the record is repaired; absent when the finding authority is not recognised.
    pub front_door: Option<Door>,
    /// What kind of record it is.
    pub kind: RecordKind,
    /// Its class; absent when no rule gives one.
    pub class: Option<Class>,
    /// The answer.
    pub verdict: Verdict,
    /// The first day an application is in time; absent when there is none.
    #[specta(type = Option<String>)]
    pub eligible_on: Option<Date>,
    /// The first day the record is no longer public.
    #[specta(type = Option<String>)]
    pub ends_on: Option<Date>,
    /// The conditions known not to be met.
    pub missing: Vec<Gap>,
    /// The keys of the record that are absent and could turn the answer; it holds if what they stand for is true.
    pub unknown: Vec<String>,
    /// The papers, in the pack's order.
    pub materials: Vec<Material>,
    /// Why, in order.
    pub reasons: Vec<Reason>,
    /// What the pack of the decision's day says, where that is an older one.
    pub alternative: Option<Alternative>,
    /// The next turn that a later pack already known brings.
    pub changes_on: Option<ChangesOn>,
    /// The leads' corrections the answer rests on.
    pub corrections_used: Vec<CorrectionUsed>,
    /// Whether a value that decided class, verdict, date or door is recalled or stands in conflict.
    pub unverified: bool,
}

impl Assessment {
    /// The pack that was applied, as `book` has it.
    pub fn pack_in<'b>(&self, book: &'b RuleBook) -> Option<&'b RulePack> {
        self.pack.as_deref().and_then(|id| book.pack(id))
    }
}

/// The eight answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 可申请修复
    Eligible,
    /// 未到可申请日
    NotYet,
    /// 条件未齐
    ConditionsMissing,
    /// 不可修复
    NotRepairable,
    /// 不应公示
    NotPublished,
    /// 公示已届满
    Ended,
    /// 须由其他机关办理
    Refer,
    /// 待判定
    Undetermined,
}

/// A condition of repair other than time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// 履行义务
    Fulfilment,
    /// 纠正失信行为
    Rectification,
    /// 信用承诺
    Commitment,
    /// 培训
    Training,
    /// 信用报告
    CreditReport,
}

/// A paper to hand in. The screens call it `RequiredMaterial`, to tell it from a paper on a case's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RequiredMaterial")]
pub struct Material {
    /// Its code in the pack.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether the application is incomplete without it.
    pub required: bool,
    /// What to know about it; empty when there is nothing.
    pub note: String,
}

/// A sentence of why, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Reason {
    /// The sentence, in Chinese, with the dates computed.
    pub text: String,
    /// The document with its number.
    pub source: String,
    /// The article.
    pub article: String,
    /// How far the value behind it has been checked.
    pub status: Status,
}

/// What another pack says about the same record on the same day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Alternative {
    /// The pack.
    pub pack: String,
    /// The class under it.
    pub class: Option<Class>,
    /// The answer under it.
    pub verdict: Verdict,
    /// As in the assessment.
    #[specta(type = Option<String>)]
    pub eligible_on: Option<Date>,
    /// As in the assessment.
    #[specta(type = Option<String>)]
    pub ends_on: Option<Date>,
}

/// A turn of the answer that a later pack brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ChangesOn {
    /// The first day it is another answer.
    #[specta(type = String)]
    pub date: Date,
    /// The pack that brings it.
    pub pack: String,
    /// The answer from then on.
    pub verdict: Verdict,
}

impl Verdict {
    /// The words on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Eligible => "可申请修复",
            Self::NotYet => "未到可申请日",
            Self::ConditionsMissing => "条件未齐",
            Self::NotRepairable => "不可修复",
            Self::NotPublished => "不应公示",
            Self::Ended => "公示已届满",
            Self::Refer => "须由其他机关办理",
            Self::Undetermined => "待判定",
        }
    }
}

impl Gap {
    /// Every condition, in the order of the lists.
    pub const ALL: [Self; 5] = [
        Self::Fulfilment,
        Self::Rectification,
        Self::Commitment,
        Self::Training,
        Self::CreditReport,
    ];

    /// The word in rule keys and JSON: the rule is `condition.` and this.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fulfilment => "fulfilment",
            Self::Rectification => "rectification",
            Self::Commitment => "commitment",
            Self::Training => "training",
            Self::CreditReport => "credit_report",
        }
    }

    /// The words on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fulfilment => "履行义务",
            Self::Rectification => "纠正失信行为",
            Self::Commitment => "信用承诺",
            Self::Training => "信用修复培训",
            Self::CreditReport => "信用报告",
        }
    }

    /// How an applicant fills the gap under a pack.
    pub fn how_to(self, pack: &RulePack) -> Option<&str> {
        pack.rule(&format!("condition.{}", self.code()))?.how_to.as_deref()
    }

    /// The words of having done it: 是否已……未知.
    fn done(self) -> &'static str {
        match self {
            Self::Fulfilment => "履行义务",
            Self::Rectification => "纠正失信行为",
            Self::Commitment => "作出信用承诺",
            Self::Training => "参加信用修复培训",
            Self::CreditReport => "提交信用报告",
        }
    }

    /// The record's key that tells of it.
    pub fn record_key(self) -> &'static str {
        match self {
            Self::Fulfilment => "fulfilled",
            Self::Rectification => "rectified",
            Self::Commitment => "committed",
            Self::Training => "training",
            Self::CreditReport => "credit_report",
        }
    }

    /// What the record says of it.
    fn met(self, record: &Record) -> Option<bool> {
        match self {
            Self::Fulfilment => record.fulfilled,
            Self::Rectification => record.rectified,
            Self::Commitment => record.committed,
            Self::Training => record.training,
            Self::CreditReport => record.credit_report,
        }
    }
}

/// Assesses a record on a day.
///
/// A class that a person chose and cited goes before the rules', where the pack knows it.
///
/// # Errors
/// When the pack named does not exist or is only a frame.
pub fn assess(record: &Record, on: Date, pack: &PackChoice, book: &RuleBook) -> Result<Assessment, AssessError> {
    let question = question::Question::new(record, on, pack, book)?;
    Ok(explain::answer(&question))
}
