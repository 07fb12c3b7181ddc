//! 收件: the papers of a visit are taken in, one case per record, all in one transaction.
//!
//! A gap in one case holds no other: each case is taken in with what it has. The counter
//! receives; whether the request is accepted the authority says later.

use counter_core::{
    assess::{AssessError, PackChoice, assess},
    case::{CaseChange, CaseReceived, MaterialMark},
    change::{ChangeBody, Lane, LaneKind},
    number::NumberFamily,
    pack::RulePack,
    refusal::{Refusal, RefusalCode},
    subject_snapshot::SubjectSnapshot,
    visit::{VisitChange, VisitEnd},
};
use counter_store::RecordError;
use serde::{Deserialize, Serialize};

use super::checklist::checklist;
use crate::{
    Actor, Coded, Desk,
    coded::from_store_error,
    record::{facts::Facts, source},
    visit::{
        agent::{AgentFault, AgentInput},
        visit_view,
    },
};

/// What the clerk confirmed on the check-your-answers page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiveCases {
    /// The visit.
    pub visit: String,
    /// Who stands at the counter.
    pub agent: AgentInput,
    /// One for each record.
    pub cases: Vec<CaseInput>,
}

/// One record to be taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CaseInput {
    /// The key of the record at this counter.
    pub record: String,
    /// What was found out about it.
    pub facts: Facts,
    /// The papers brought; those not named are missing.
    pub materials: Vec<MaterialInput>,
}

/// How one paper stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MaterialInput {
    /// Its code in the pack.
    pub code: String,
    /// How it stands.
    pub mark: MaterialMark,
}

/// What was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedCases {
    /// The visit.
    pub visit: String,
    /// The cases, in the order of the input.
    pub cases: Vec<ReceivedCase>,
}

/// One case taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceivedCase {
    /// Its number.
    pub no: String,
    /// The record.
    pub record: String,
    /// The names of the papers that are missing or faulty.
    pub gaps: Vec<String>,
}

/// Nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveCasesError {
    /// The visit does not exist.
    #[error("there is no visit {0}")]
    NoVisit(String),
    /// No record was chosen.
    #[error("no record was chosen")]
    NoRecord,
    /// The record does not exist at this counter.
    #[error("there is no record {0}")]
    UnknownRecord(String),
    /// A case about the record is running.
    #[error("the record already has the running case {0}")]
    AlreadyRunning(String),
    /// A field of the agent.
    #[error(transparent)]
    Agent(#[from] AgentFault),
    /// Somebody else's agent without authority: such a person is advised, and takes the form of the power along.
    #[error("the agent has shown no authority to act")]
    NoAuthority,
    /// A fact that is none.
    #[error("not a fact: {0}")]
    BadFact(String),
    /// The rules cannot be applied.
    #[error(transparent)]
    Assess(#[from] AssessError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(ReceiveCasesError);

impl Coded for ReceiveCasesError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoVisit(_) => "no_visit",
            Self::NoRecord => "no_record_chosen",
            Self::UnknownRecord(_) => "unknown_record",
            Self::AlreadyRunning(_) => "case_running",
            Self::Agent(fault) => fault.code(),
            Self::NoAuthority => "agent_no_authority",
            Self::BadFact(_) => "bad_fact",
            Self::Assess(_) => "cannot_assess",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoVisit(what) | Self::UnknownRecord(what) | Self::AlreadyRunning(what) | Self::BadFact(what) => {
                what.clone()
            }
            Self::NoRecord | Self::Agent(_) | Self::NoAuthority => String::new(),
            Self::Assess(error) => error.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Takes the cases in and ends the visit.
///
/// # Errors
/// [`ReceiveCasesError`]; nothing of the visit is taken in then.
pub fn receive_cases(desk: &Desk, actor: &Actor, input: &ReceiveCases) -> Result<ReceivedCases, ReceiveCasesError> {
    if let Some(fault) = input.agent.fault() {
        return Err(fault.into());
    }
    if !input.agent.capacity.may_act(input.agent.authority) {
        return Err(ReceiveCasesError::NoAuthority);
    }
    if input.cases.is_empty() {
        return Err(ReceiveCasesError::NoRecord);
    }
    let act = desk.act(actor);
    let today = desk.clock().today();
    desk.store().write(|tx| {
        let visit =
            visit_view::load(tx, &input.visit)?.ok_or_else(|| ReceiveCasesError::NoVisit(input.visit.clone()))?;
        let visit_lane = Lane::new(LaneKind::Visit, &input.visit);
        let agent = input.agent.sealed(tx, &visit_lane)?;
        tx.record(
            &act,
            visit_lane.clone(),
            ChangeBody::Visit(VisitChange::AgentRecorded { agent }),
        )?;
        let mut cases = Vec::with_capacity(input.cases.len());
        for case in &input.cases {
            let sourced =
                source::load(tx, &case.record)?.ok_or_else(|| ReceiveCasesError::UnknownRecord(case.record.clone()))?;
            if let Some(running) = source::running_case(tx, &case.record)? {
                return Err(ReceiveCasesError::AlreadyRunning(running.no));
            }
            let record = case
                .facts
                .applied_to(&sourced.record)
                .map_err(ReceiveCasesError::BadFact)?;
            let assessment = assess(&record, today, &PackChoice::Auto, desk.rules())?;
            let mut materials = checklist(&record, &assessment, desk.rules());
            let pack = assessment.pack_in(desk.rules());
            let verification_required = pack.is_some_and(RulePack::requires_verification);
            for brought in &case.materials {
                let material = materials.iter_mut().find(|material| material.code == brought.code);
                let material =
                    material.ok_or_else(|| RecordError::from(Refusal::new(RefusalCode::UnknownItem, &brought.code)))?;
                material.mark = brought.mark.clone();
            }
            let gaps = materials
                .iter()
                .filter(|material| material.is_gap())
                .map(|material| material.name.clone())
                .collect();
            let no = tx.next_number(NumberFamily::Case, today.year())?;
            let received = CaseReceived {
                visit: input.visit.clone(),
                subject: SubjectSnapshot {
                    uscc: visit.subject.uscc.clone(),
                    name: visit.subject.name.clone(),
                },
                record_key: case.record.clone(),
                record: source::for_change(record),
                assessment,
                materials,
                received_on: today,
                data_as_of: sourced.data_as_of,
                verification_required,
            };
            let body = ChangeBody::Case(CaseChange::Received(Box::new(received)));
            tx.record(&act, super::lane(&no), body)?;
            let taken = ChangeBody::Visit(VisitChange::CaseTaken { case: no.clone() });
            tx.record(&act, visit_lane.clone(), taken)?;
            cases.push(ReceivedCase {
                no,
                record: case.record.clone(),
                gaps,
            });
        }
        tx.record(
            &act,
            visit_lane,
            ChangeBody::Visit(VisitChange::Ended {
                end: VisitEnd::Received,
            }),
        )?;
        Ok(ReceivedCases {
            visit: input.visit.clone(),
            cases,
        })
    })
}
