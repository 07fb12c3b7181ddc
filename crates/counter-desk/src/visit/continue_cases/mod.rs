//! 续办: cases of earlier visits go on with the papers brought today. A case of another window that is not known here
//! keeps them on the visit, until whoever keeps the case takes them over.

use counter_core::{
    case::{CaseChange, Material},
    change::ChangeBody,
    subject_snapshot::SubjectSnapshot,
    visit::{BroughtPaper, ContinuedCase, VisitChange, VisitEnd},
};
use counter_store::RecordError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    agent::{AgentFault, AgentInput},
    open_visit,
};
use crate::{
    Actor, Coded, Desk, case,
    case::receive_cases::MaterialInput,
    coded::from_store_error,
    scan::{Scanned, ScannedSlip, read_scan},
};

/// What was scanned, who came, and what was brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContinueCases {
    /// The text of the slip's code.
    pub slip: String,
    /// The number called, where there is a queue.
    pub queue_number: Option<String>,
    /// Who stands at the counter.
    pub agent: AgentInput,
    /// The cases that go on.
    pub cases: Vec<ContinueCase>,
}

/// A case that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContinueCase {
    /// Its number.
    pub no: String,
    /// The papers that were looked at today.
    pub materials: Vec<MaterialInput>,
}

/// Nothing went on.
#[derive(Debug, thiserror::Error)]
pub enum ContinueCasesError {
    /// The code is no slip, or its signature does not hold.
    #[error("the code is no slip of a window")]
    NoSlip,
    /// No case was chosen.
    #[error("no case was chosen")]
    NoCase,
    /// A case does not stand on the slip, or takes no papers now.
    #[error("the case {0} does not go on by this slip")]
    NotOnSlip(String),
    /// A field of the agent.
    #[error(transparent)]
    Agent(#[from] AgentFault),
    /// Somebody without authority brings nothing in.
    #[error("the agent has shown no authority to act")]
    NoAuthority,
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(ContinueCasesError);

impl Coded for ContinueCasesError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSlip => "no_slip",
            Self::NoCase => "no_case_chosen",
            Self::NotOnSlip(_) => "case_not_on_slip",
            Self::Agent(fault) => fault.code(),
            Self::NoAuthority => "agent_no_authority",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotOnSlip(no) => no.clone(),
            Self::NoSlip | Self::NoCase | Self::Agent(_) | Self::NoAuthority => String::new(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Takes the papers in, in one transaction, and answers the number of the visit, which has ended as 续办.
///
/// # Errors
/// [`ContinueCasesError`]; nothing is taken in then.
pub fn continue_cases(desk: &Desk, actor: &Actor, input: &ContinueCases) -> Result<String, ContinueCasesError> {
    if let Some(fault) = input.agent.fault() {
        return Err(fault.into());
    }
    if !input.agent.capacity.may_act(input.agent.authority) {
        return Err(ContinueCasesError::NoAuthority);
    }
    let Scanned::Slip { slip } = read_scan(desk, &input.slip)? else {
        return Err(ContinueCasesError::NoSlip);
    };
    if input.cases.is_empty() {
        return Err(ContinueCasesError::NoCase);
    }
    let act = desk.act(actor);
    let subject = SubjectSnapshot {
        uscc: slip.uscc.clone(),
        name: slip.name.clone(),
    };
    desk.store().write(|tx| {
        let year = desk.clock().today().year();
        let no = open_visit::open(tx, &act, year, subject, input.queue_number.clone())?;
        let lane = super::lane(&no);
        let agent = input.agent.sealed(tx, &lane)?;
        let agent = VisitChange::AgentRecorded { agent };
        tx.record(&act, lane.clone(), ChangeBody::Visit(agent))?;
        for case in &input.cases {
            let continued = continued(&slip, case)?;
            if continued.slip.is_none() {
                for MaterialInput { code, mark } in &case.materials {
                    let (code, mark) = (code.clone(), mark.clone());
                    let body = ChangeBody::Case(CaseChange::MaterialMarked { code, mark });
                    tx.record(&act, case::lane(&case.no), body)?;
                }
            }
            let continued = VisitChange::CaseContinued(continued);
            tx.record(&act, lane.clone(), ChangeBody::Visit(continued))?;
        }
        let end = VisitEnd::Continued;
        tx.record(&act, lane, ChangeBody::Visit(VisitChange::Ended { end }))?;
        Ok(no)
    })
}

/// What the visit keeps of a case.
fn continued(slip: &ScannedSlip, case: &ContinueCase) -> Result<ContinuedCase, ContinueCasesError> {
    let not_on_slip = || ContinueCasesError::NotOnSlip(case.no.clone());
    let named = slip
        .cases
        .iter()
        .find(|named| named.no == case.no)
        .ok_or_else(not_on_slip)?;
    if !(named.takes_papers || case.materials.is_empty()) {
        return Err(not_on_slip());
    }
    let mut gaps = named.gaps.clone();
    let mut brought = Vec::with_capacity(case.materials.len());
    for MaterialInput { code, mark } in &case.materials {
        let gap = gaps.iter_mut().find(|gap| gap.code == *code).ok_or_else(not_on_slip)?;
        gap.mark.clone_from(mark);
        brought.push(BroughtPaper {
            code: code.clone(),
            name: gap.name.clone(),
            mark: mark.clone(),
        });
    }
    let issued_on: Date = slip.issued_on.parse().map_err(|_| ContinueCasesError::NoSlip)?;
    Ok(ContinuedCase {
        case: case.no.clone(),
        document_no: named.decision_number.clone(),
        slip: (!named.known).then(|| (slip.number.clone(), issued_on)),
        brought,
        missing: gaps.into_iter().filter(Material::is_gap).map(|gap| gap.name).collect(),
    })
}
