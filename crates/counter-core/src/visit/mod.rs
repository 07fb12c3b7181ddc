//! Visits: an applicant at the counter, from sitting down to leaving with a paper in hand.
//!
//! The cases taken in live in their own lanes; a visit names them.

use serde::{Deserialize, Serialize};

use crate::{
    change::Change,
    document_issue::IssuedDocument,
    refusal::{Refusal, RefusalCode},
    sealed::Sealed,
    subject_snapshot::SubjectSnapshot,
};

/// Who stands at the counter for the subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// 姓名.
    pub name: String,
    /// In which capacity.
    pub capacity: AgentCapacity,
    /// Whether an identity paper was looked at.
    pub identity_checked: bool,
    /// How the authority to act was shown.
    pub authority: AuthorityProof,
    /// The identity number, sealed.
    pub id_number: Option<Sealed>,
    /// The identity number with the middle hidden, for the screen.
    pub id_number_masked: Option<String>,
    /// The telephone number, sealed.
    pub phone: Option<Sealed>,
    /// The telephone number with the middle hidden.
    pub phone_masked: Option<String>,
}

/// 身份类型.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AgentCapacity {
    /// 法定代表人.
    LegalRepresentative,
    /// 经办人.
    Agent,
}

/// How the authority to act for the subject was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum AuthorityProof {
    /// 原件已见.
    OriginalSeen,
    /// 复印件.
    Copy,
    /// 未出示.
    NotShown,
}

/// How a visit ended. Every end has its paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum VisitEnd {
    /// 咨询.
    Advice,
    /// 未到期.
    NotYet,
    /// 走错门.
    WrongDoor,
    /// 无记录.
    NoRecord,
    /// 收件.
    Received,
    /// 续办.
    Continued,
}

/// What happens during a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitChange {
    /// The applicant sits down.
    Opened {
        /// For whom.
        subject: SubjectSnapshot,
        /// The number called, where there is a queue.
        queue_number: Option<String>,
    },
    /// It is known who stands at the counter.
    AgentRecorded {
        /// The person.
        agent: Agent,
    },
    /// A case was taken in during this visit.
    CaseTaken {
        /// Its number.
        case: String,
    },
    /// A paper was issued that belongs to the visit as a whole.
    DocumentIssued {
        /// The paper.
        document: IssuedDocument,
    },
    /// The applicant leaves.
    Ended {
        /// With what.
        end: VisitEnd,
    },
}

impl VisitChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "visit_opened",
            Self::AgentRecorded { .. } => "visit_agent_recorded",
            Self::CaseTaken { .. } => "visit_case_taken",
            Self::DocumentIssued { .. } => "visit_document_issued",
            Self::Ended { .. } => "visit_ended",
        }
    }
}

/// A visit as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its number.
    pub no: String,
    /// For whom.
    pub subject: SubjectSnapshot,
    /// The number called.
    pub queue_number: Option<String>,
    /// Who stands at the counter, once known.
    pub agent: Option<Agent>,
    /// The cases taken in.
    pub cases: Vec<String>,
    /// The papers of the visit as a whole, oldest first.
    pub documents: Vec<IssuedDocument>,
    /// How it ended, once it has.
    pub end: Option<VisitEnd>,
    /// When it began, ms UTC.
    pub opened_at: i64,
    /// When it ended, ms UTC.
    pub ended_at: Option<i64>,
    /// The account that opened it.
    pub clerk: String,
}

/// Applies a change to a visit.
///
/// # Errors
/// When the visit is opened twice, acted on before it is open, or changed after it ended.
/// Papers may still be issued for an ended visit, since a reprint is one too.
pub fn apply(state: Option<Visit>, change: &Change, body: &VisitChange) -> Result<Visit, Refusal> {
    let no = &change.lane.id;
    if let VisitChange::Opened { subject, queue_number } = body {
        return match state {
            Some(_) => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
            None => Ok(Visit {
                no: no.clone(),
                subject: subject.clone(),
                queue_number: queue_number.clone(),
                agent: None,
                cases: Vec::new(),
                documents: Vec::new(),
                end: None,
                opened_at: change.made_at,
                ended_at: None,
                clerk: change.actor.clone(),
            }),
        };
    }
    let mut visit = state.ok_or_else(|| Refusal::new(RefusalCode::NotFound, no))?;
    let ended = visit.end.is_some();
    match body {
        VisitChange::Opened { .. } => Err(Refusal::new(RefusalCode::AlreadyExists, no)),
        VisitChange::DocumentIssued { document } => {
            visit.documents.push(document.clone());
            Ok(visit)
        }
        VisitChange::AgentRecorded { .. } | VisitChange::CaseTaken { .. } | VisitChange::Ended { .. } if ended => {
            Err(Refusal::new(RefusalCode::WrongState, no))
        }
        VisitChange::AgentRecorded { agent } => {
            visit.agent = Some(agent.clone());
            Ok(visit)
        }
        VisitChange::CaseTaken { case } if visit.cases.contains(case) => {
            Err(Refusal::new(RefusalCode::AlreadyExists, case))
        }
        VisitChange::CaseTaken { case } => {
            visit.cases.push(case.clone());
            Ok(visit)
        }
        VisitChange::Ended { end } => {
            visit.end = Some(*end);
            visit.ended_at = Some(change.made_at);
            Ok(visit)
        }
    }
}
