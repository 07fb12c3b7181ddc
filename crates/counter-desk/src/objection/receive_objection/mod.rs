//! 异议收件: an objection to one record, with its papers, in one transaction with the visit it was brought at.

use counter_core::{
    change::ChangeBody,
    number::NumberFamily,
    objection::{DisputedItem, ObjectionChange, ObjectionDoor, ObjectionGround, ObjectionReceived},
    refusal::{Refusal, RefusalCode},
    visit::{VisitChange, VisitEnd},
};
use counter_store::{RecordError, table::objection};
use serde::{Deserialize, Serialize};

use super::objection_rules::{checklist, in_force};
use crate::{
    Actor, Coded, Desk, TypedFault,
    case::receive_cases::MaterialInput,
    coded::from_store_error,
    record::source,
    typed::filled,
    visit::{
        self,
        agent::{AgentFault, AgentInput},
        open_visit,
    },
};

/// What the clerk confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiveObjection {
    /// The key of the record at this counter.
    pub record: String,
    /// Who stands at the counter.
    pub agent: AgentInput,
    /// Where it is raised.
    pub door: ObjectionDoor,
    /// What is held to be wrong.
    pub grounds: Vec<ObjectionGround>,
    /// Item by item.
    pub disputed: Vec<DisputedItem>,
    /// What happened, in the subject's words.
    pub facts: String,
    /// The papers brought; those not named are missing.
    pub materials: Vec<MaterialInput>,
    /// The case whose decision is objected to.
    pub case: Option<String>,
}

/// Nothing was taken in.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveObjectionError {
    /// No pack tells how objections are handled today.
    #[error("no rules of objections are in force")]
    NoRules,
    /// The record does not exist at this counter.
    #[error("there is no record {0}")]
    UnknownRecord(String),
    /// An objection about the record is pending.
    #[error("the record already has the pending objection {0}")]
    AlreadyPending(String),
    /// A field that cannot be taken as it was typed.
    #[error(transparent)]
    Typed(#[from] TypedFault),
    /// A field of the agent.
    #[error(transparent)]
    Agent(#[from] AgentFault),
    /// Somebody without authority objects for nobody.
    #[error("the agent has shown no authority to act")]
    NoAuthority,
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(ReceiveObjectionError);

impl Coded for ReceiveObjectionError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoRules => "objection_no_rules",
            Self::UnknownRecord(_) => "unknown_record",
            Self::AlreadyPending(_) => "objection_pending",
            Self::Typed(fault) => fault.code(),
            Self::Agent(fault) => fault.code(),
            Self::NoAuthority => "agent_no_authority",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::UnknownRecord(what) | Self::AlreadyPending(what) => what.clone(),
            Self::NoRules | Self::Agent(_) | Self::NoAuthority => String::new(),
            Self::Typed(fault) => fault.detail(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Takes an objection in and answers its number.
///
/// # Errors
/// [`ReceiveObjectionError`]; nothing is taken in then.
pub fn receive_objection(
    desk: &Desk,
    actor: &Actor,
    input: &ReceiveObjection,
) -> Result<String, ReceiveObjectionError> {
    if let Some(fault) = input.agent.fault() {
        return Err(fault.into());
    }
    if !input.agent.capacity.may_act(input.agent.authority) {
        return Err(ReceiveObjectionError::NoAuthority);
    }
    if input.grounds.is_empty() {
        return Err(TypedFault::Empty("grounds").into());
    }
    let disputed = items(&input.disputed)?;
    let facts = filled("facts", &input.facts)?;
    let today = desk.clock().today();
    let pack = in_force(desk, today).ok_or(ReceiveObjectionError::NoRules)?;
    let mut materials = checklist(pack);
    for brought in &input.materials {
        let material = materials.iter_mut().find(|material| material.code == brought.code);
        let material =
            material.ok_or_else(|| RecordError::from(Refusal::new(RefusalCode::UnknownItem, &brought.code)))?;
        material.mark = brought.mark.clone();
    }
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let sourced = source::load(tx, &input.record)?
            .ok_or_else(|| ReceiveObjectionError::UnknownRecord(input.record.clone()))?;
        let pending = objection::about(tx, &input.record)?;
        if let Some(pending) = pending.into_iter().find(|row| row.state.is_pending()) {
            return Err(ReceiveObjectionError::AlreadyPending(pending.no));
        }
        let subject = sourced.subject.clone();
        let visit = open_visit::open(tx, &act, today.year(), subject.clone(), None)?;
        let lane = visit::lane(&visit);
        let agent = input.agent.sealed(tx, &lane)?;
        let agent = VisitChange::AgentRecorded { agent };
        tx.record(&act, lane.clone(), ChangeBody::Visit(agent))?;
        let no = tx.next_number(NumberFamily::Objection, today.year())?;
        let received = ObjectionReceived {
            visit,
            subject,
            record_key: input.record.clone(),
            record: source::for_change(sourced.record),
            door: input.door,
            grounds: input.grounds.clone(),
            disputed,
            facts,
            materials,
            pack: pack.id.clone(),
            case: input.case.clone(),
            received_on: today,
        };
        let received = ObjectionChange::Received(Box::new(received));
        tx.record(&act, super::lane(&no), ChangeBody::Objection(received))?;
        let end = VisitEnd::Received;
        tx.record(&act, lane, ChangeBody::Visit(VisitChange::Ended { end }))?;
        Ok(no)
    })
}

/// The items that say something; each says which it is and how it should be.
fn items(typed: &[DisputedItem]) -> Result<Vec<DisputedItem>, TypedFault> {
    let said = typed
        .iter()
        .filter(|item| !(item.item.trim().is_empty() && item.as_claimed.trim().is_empty()));
    let items = said
        .map(|item| {
            Ok(DisputedItem {
                item: filled("item", &item.item)?,
                as_shown: item.as_shown.trim().to_owned(),
                as_claimed: filled("as_claimed", &item.as_claimed)?,
            })
        })
        .collect::<Result<Vec<_>, TypedFault>>()?;
    if items.is_empty() {
        return Err(TypedFault::Empty("disputed"));
    }
    Ok(items)
}
