//! Objections (异议): a subject holds that what is shown about it is wrong. The counter receives them and passes them on;
//! whoever runs the site, or made the decision, accepts and decides.

mod apply;
mod change;
mod limit;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use change::ObjectionChange;
pub use limit::objection_limits;

use crate::{
    case::Material,
    document_issue::{DocumentReprinted, IssuedDocument},
    record::Record,
    subject_snapshot::SubjectSnapshot,
};

/// Where an objection is raised. It is chosen first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionDoor {
    /// 信用中国.
    CreditChina,
    /// 信用广州, the city's platform.
    CreditGuangzhou,
    /// 国家企业信用信息公示系统.
    Gsxt,
    /// The authority that made the decision.
    Authority,
}

impl ObjectionDoor {
    /// Every door.
    pub const ALL: [Self; 4] = [Self::CreditGuangzhou, Self::CreditChina, Self::Gsxt, Self::Authority];

    /// The last part of its key in the pack: `objection.door.…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::CreditChina => "credit_china",
            Self::CreditGuangzhou => "credit_guangzhou",
            Self::Gsxt => "gsxt",
            Self::Authority => "authority",
        }
    }

    /// The door named by `code`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.code() == code)
    }
}

/// What is held to be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionGround {
    /// 信息错误.
    Wrong,
    /// 信息遗漏.
    Incomplete,
    /// 重复公示.
    Twice,
    /// 不应公示.
    NotToBeShown,
    /// 超期公示.
    TooLong,
    /// 与认定机关信息不一致.
    UnlikeTheAuthoritys,
}

impl ObjectionGround {
    /// Every ground.
    pub const ALL: [Self; 6] = [
        Self::Wrong,
        Self::Incomplete,
        Self::Twice,
        Self::NotToBeShown,
        Self::TooLong,
        Self::UnlikeTheAuthoritys,
    ];
}

/// One item of the information.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DisputedItem {
    /// Which, such as 处罚决定日期.
    pub item: String,
    /// As it is shown.
    pub as_shown: String,
    /// As the subject says it should be.
    pub as_claimed: String,
}

/// What is fixed when an objection is taken in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ObjectionReceived {
    /// The visit it was taken in.
    pub visit: String,
    /// Who objects.
    pub subject: SubjectSnapshot,
    /// The key of the record at this counter, to find it again.
    pub record_key: String,
    /// The record as it was.
    pub record: Record,
    /// Where it is raised.
    pub door: ObjectionDoor,
    /// What is held to be wrong.
    pub grounds: Vec<ObjectionGround>,
    /// Item by item.
    pub disputed: Vec<DisputedItem>,
    /// What happened, in the subject's words.
    pub facts: String,
    /// The checklist.
    pub materials: Vec<Material>,
    /// The rule pack.
    pub pack: String,
    /// The case whose decision is objected to, where there is one.
    pub case: Option<String>,
    /// The day.
    pub received_on: Date,
}

/// How far an objection has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionState {
    /// 已收件.
    Received,
    /// 待补正: a paper is missing.
    GapsOpen,
    /// 已提交.
    Forwarded,
    /// 已受理.
    Accepted,
    /// 不予受理.
    Declined,
    /// 协查中: the provider was asked.
    Inquiring,
    /// 协查已回复.
    Replied,
    /// 已有处理结果.
    Decided,
    /// 已撤回.
    Withdrawn,
    /// 已结案.
    Closed,
}

impl ObjectionState {
    /// Every state, in the order of an objection's life.
    pub const ALL: [Self; 10] = [
        Self::Received,
        Self::GapsOpen,
        Self::Forwarded,
        Self::Accepted,
        Self::Declined,
        Self::Inquiring,
        Self::Replied,
        Self::Decided,
        Self::Withdrawn,
        Self::Closed,
    ];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::GapsOpen => "gaps_open",
            Self::Forwarded => "forwarded",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Inquiring => "inquiring",
            Self::Replied => "replied",
            Self::Decided => "decided",
            Self::Withdrawn => "withdrawn",
            Self::Closed => "closed",
        }
    }

    /// The state named by `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether the record is marked as disputed while an objection is here.
    pub fn is_pending(self) -> bool {
        !matches!(self, Self::Declined | Self::Decided | Self::Withdrawn | Self::Closed)
    }
}

/// 协查: the provider of the information was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Inquiry {
    /// The provider.
    pub to: String,
    /// The day the letter reached it.
    #[specta(type = String)]
    pub on: Date,
    /// Its reply, once there is one.
    pub reply: Option<InquiryReply>,
}

/// What the provider answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct InquiryReply {
    /// What it found.
    pub finding: InquiryFinding,
    /// Why, in its words.
    pub note: String,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
}

/// What a provider found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum InquiryFinding {
    /// 一致，无误.
    Right,
    /// 有误，已更正.
    Corrected,
    /// 应予撤下.
    ToBeTakenDown,
    /// 非本单位提供.
    NotOurs,
}

/// What came of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionOutcome {
    /// 更正.
    Corrected,
    /// 删除（撤下）.
    Deleted,
    /// 补充.
    Completed,
    /// 维持（不予更正）.
    Upheld,
}

/// How it was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionDecision {
    /// By whom.
    pub by: String,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
    /// What came of it.
    pub outcome: ObjectionOutcome,
    /// Why.
    pub reason: String,
}

/// 提交: passed on to whoever handles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Forwarding {
    /// To whom, in its own name.
    pub to: String,
    /// The number it gave, where it gave one.
    pub number: Option<String>,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
}

/// An objection as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Objection {
    /// Its number.
    pub no: String,
    /// What was fixed when it was taken in.
    pub received: ObjectionReceived,
    /// How far it has come, gaps aside.
    pub stage: ObjectionState,
    /// The checklist as it stands.
    pub materials: Vec<Material>,
    /// To whom it was passed on.
    pub forwarding: Option<Forwarding>,
    /// The day it was accepted.
    pub accepted_on: Option<Date>,
    /// Why it was not accepted, by whom and when.
    pub declined: Option<(String, Date, String)>,
    /// The providers asked, oldest first.
    pub inquiries: Vec<Inquiry>,
    /// How it was decided.
    pub decision: Option<ObjectionDecision>,
    /// Why it was taken back.
    pub withdrawn: Option<String>,
    /// The papers issued about it, oldest first.
    pub documents: Vec<IssuedDocument>,
    /// Papers printed once more.
    pub reprints: Vec<DocumentReprinted>,
    /// The last day named by a step.
    pub last_act_on: Date,
}

impl Objection {
    /// The state shown: one still at the counter with papers missing is 待补正.
    pub fn state(&self) -> ObjectionState {
        if self.stage == ObjectionState::Received && self.materials.iter().any(Material::is_gap) {
            ObjectionState::GapsOpen
        } else {
            self.stage
        }
    }
}
