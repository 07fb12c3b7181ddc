//! One objection on its own page.

use counter_core::{
    case::{Material, RunningLimit},
    change::ChangeBody,
    document_issue::{DocumentKind, DocumentReprinted, IssuedDocument},
    objection::{
        DisputedItem, Forwarding, Inquiry, Objection, ObjectionDecision, ObjectionDoor, ObjectionGround,
        ObjectionState, objection_limits,
    },
};
use counter_store::{Delivery, ReadTx, StoreError};
use serde::Serialize;

use super::objection_rules::door_label;
use crate::{Desk, account::names::Names, paper::of_objection::offered, undo};

/// An act that can be entered on an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ObjectionActKind {
    /// 提交.
    Forward,
    /// 受理.
    Accept,
    /// 不予受理.
    Decline,
    /// 发协查函.
    Inquire,
    /// 协查回复.
    Reply,
    /// 处理结果.
    Decide,
    /// 撤回.
    Withdraw,
    /// 结案.
    Close,
}

/// An objection with its history.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionDetail {
    /// Its number.
    pub no: String,
    /// How far it is.
    pub state: ObjectionState,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// Who objects.
    pub subject_name: String,
    /// The subject's code.
    pub uscc: Option<String>,
    /// The visit it was taken in at.
    pub visit: String,
    /// The key of the record.
    pub record_key: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// Who provided the information.
    pub authority: Option<String>,
    /// Where it is raised.
    pub door: ObjectionDoor,
    /// That door's name.
    pub door_label: String,
    /// What is held to be wrong.
    pub grounds: Vec<ObjectionGround>,
    /// Item by item.
    pub disputed: Vec<DisputedItem>,
    /// What happened, in the subject's words.
    pub facts: String,
    /// The case whose decision is objected to.
    pub case: Option<String>,
    /// The day it was taken in.
    pub received_on: String,
    /// The checklist.
    pub materials: Vec<Material>,
    /// To whom it was passed on.
    pub forwarding: Option<Forwarding>,
    /// Why it was not accepted.
    pub declined: Option<String>,
    /// The providers asked.
    pub inquiries: Vec<Inquiry>,
    /// How it was decided.
    pub decision: Option<ObjectionDecision>,
    /// The papers issued.
    pub documents: Vec<IssuedDocument>,
    /// Papers printed once more.
    pub reprints: Vec<DocumentReprinted>,
    /// The papers that can be issued as it stands.
    pub offered: Vec<DocumentKind>,
    /// The acts that may come next.
    pub next_acts: Vec<ObjectionActKind>,
    /// Limits that run.
    pub due: Vec<RunningLimit>,
    /// Everything that happened, oldest first.
    pub history: Vec<ObjectionHistory>,
}

/// One change of an objection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionHistory {
    /// What happened, such as `objection_accepted`.
    pub kind: String,
    /// The day the act names.
    pub on: Option<String>,
    /// A word on it.
    pub detail: String,
    /// When it was entered, ms UTC.
    #[specta(type = f64)]
    pub made_at: i64,
    /// Who entered it, by the name on screens; the account where it was entered at another counter.
    pub by: String,
    /// Whether it was taken back since.
    pub undone: bool,
}

/// The objection numbered `no`.
///
/// # Errors
/// When the store cannot be read.
pub fn objection_detail(desk: &Desk, no: &str) -> Result<Option<ObjectionDetail>, StoreError> {
    desk.store().read(|tx| {
        let Some(objection) = super::load(tx, no)? else {
            return Ok(None);
        };
        let delivery = tx.delivery(&super::lane(no))?.unwrap_or(Delivery::Saved);
        let history = history(tx, no)?;
        Ok(Some(view(desk, objection, delivery, history)))
    })
}

fn view(desk: &Desk, objection: Objection, delivery: Delivery, history: Vec<ObjectionHistory>) -> ObjectionDetail {
    ObjectionDetail {
        state: objection.state(),
        delivery,
        due: objection_limits(&objection, desk.rules()),
        next_acts: next_acts(&objection),
        offered: offered(&objection),
        door_label: door_label(desk, &objection.received.pack, objection.received.door),
        history,
        no: objection.no,
        subject_name: objection.received.subject.name,
        uscc: objection.received.subject.uscc,
        visit: objection.received.visit,
        record_key: objection.received.record_key,
        decision_number: objection.received.record.document_no,
        authority: objection.received.record.authority_name,
        door: objection.received.door,
        grounds: objection.received.grounds,
        disputed: objection.received.disputed,
        facts: objection.received.facts,
        case: objection.received.case,
        received_on: objection.received.received_on.to_string(),
        materials: objection.materials,
        forwarding: objection.forwarding,
        declined: objection.declined.map(|(_, _, reason)| reason),
        inquiries: objection.inquiries,
        decision: objection.decision,
        documents: objection.documents,
        reprints: objection.reprints,
    }
}

/// The acts by which it goes on, the likeliest first.
fn next_acts(objection: &Objection) -> Vec<ObjectionActKind> {
    use ObjectionActKind::{Accept, Close, Decide, Decline, Forward, Inquire, Reply, Withdraw};
    match objection.state() {
        ObjectionState::Received => vec![Forward, Withdraw],
        ObjectionState::GapsOpen => vec![Withdraw],
        ObjectionState::Forwarded => vec![Accept, Decline, Withdraw],
        ObjectionState::Accepted => vec![Inquire, Decide, Withdraw],
        ObjectionState::Inquiring => vec![Reply, Inquire, Decide, Withdraw],
        ObjectionState::Replied => vec![Decide, Inquire, Withdraw],
        ObjectionState::Declined | ObjectionState::Decided | ObjectionState::Withdrawn => vec![Close],
        ObjectionState::Closed => Vec::new(),
    }
}

fn history(tx: &ReadTx<'_>, no: &str) -> Result<Vec<ObjectionHistory>, StoreError> {
    let mut entries = Vec::new();
    let changes = tx.changes_of(&super::lane(no))?;
    let undone = undo::undone_acts(&changes);
    let names = Names::read(tx)?;
    for stored in changes {
        let decoded = stored.stored.decode();
        let change = decoded.map_err(|error| StoreError::Contradiction(format!("change {}: {error}", stored.seq)))?;
        let (on, detail) = if let ChangeBody::Objection(body) = &change.body {
            (body.on().map(|on| on.to_string()), body.detail())
        } else {
            (None, String::new())
        };
        entries.push(ObjectionHistory {
            by: names.of(&stored),
            kind: stored.kind,
            on,
            detail,
            made_at: stored.made_at,
            undone: undone.contains(&stored.act),
        });
    }
    Ok(entries)
}
