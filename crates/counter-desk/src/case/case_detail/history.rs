//! What happened to a case, told from its changes.

use counter_core::{
    case::{CaseChange, DecisionOutcome},
    change::ChangeBody,
    refusal::Refusal,
};
use counter_store::{ReadTx, StoreError, Verdict, table::receipt::ReceiptFacts};
use serde::Serialize;

use crate::{account::names::Names, undo};

/// One change of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// The counter, or `HUB`.
    pub counter: String,
    /// The counter's incarnation.
    pub incarnation: String,
    /// Its place in the counter's log.
    pub seq: String,
    /// What happened, such as `case_submitted`.
    pub kind: String,
    /// The day the act names, where it names one.
    pub on: Option<String>,
    /// A word on it: site and number, reason, paper.
    pub detail: String,
    /// The outcome of a decision.
    pub outcome: Option<DecisionOutcome>,
    /// When it was entered, ms UTC.
    #[specta(type = f64)]
    pub made_at: i64,
    /// The account that entered it.
    pub actor: String,
    /// Who that is, by the name on screens; the account where it was entered at another counter.
    pub by: String,
    /// The hash of the change.
    pub hash: String,
    /// Whether the hub's receipt covers it and the hub has every file it cites.
    pub delivered: bool,
    /// What the hub's receipt says of it; `None` for what was not made at this counter, or has none yet.
    pub receipt: Option<ReceiptView>,
    /// The hub's reason when it was refused.
    pub refused: Option<Refusal>,
    /// Whether it was taken back since.
    pub undone: bool,
}

/// What the hub's receipt says of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReceiptView {
    /// The place of the receipt in the hub's log.
    #[specta(type = f64)]
    pub log_index: u64,
    /// When the hub recorded the change, ms UTC.
    #[specta(type = f64)]
    pub recorded_at: i64,
    /// The life of the hub's database, 32 hexadecimal digits.
    pub hub_incarnation: String,
}

impl From<ReceiptFacts> for ReceiptView {
    fn from(facts: ReceiptFacts) -> Self {
        Self {
            log_index: facts.log_index,
            recorded_at: facts.recorded_at,
            hub_incarnation: hex::encode(facts.hub_incarnation),
        }
    }
}

pub(super) fn of(tx: &ReadTx<'_>, no: &str) -> Result<Vec<HistoryEntry>, StoreError> {
    let stored = tx.changes_of(&super::super::lane(no))?;
    let undone = undo::undone_acts(&stored);
    let names = Names::read(tx)?;
    stored
        .into_iter()
        .map(|stored| {
            let change = stored
                .stored
                .decode()
                .map_err(|error| StoreError::Contradiction(format!("change {}: {error}", stored.seq)))?;
            let (on, detail, outcome) = match &change.body {
                ChangeBody::Case(body) => (body.on().map(|on| on.to_string()), body.detail(), outcome(body)),
                ChangeBody::Counter(_)
                | ChangeBody::Account(_)
                | ChangeBody::Visit(_)
                | ChangeBody::Record(_)
                | ChangeBody::Objection(_)
                | ChangeBody::Class(_)
                | ChangeBody::Exam(_)
                | ChangeBody::Certificate(_)
                | ChangeBody::Undone(_) => (None, String::new(), None),
                ChangeBody::Withdrawal(withdrawal) => (None, withdrawal.reason.clone(), None),
            };
            let receipt = if stored.own {
                tx.receipt_of(stored.incarnation, stored.seq)?
            } else {
                None
            };
            Ok(HistoryEntry {
                undone: undone.contains(&stored.act),
                by: names.of(&stored),
                receipt: receipt.map(ReceiptView::from),
                counter: stored.counter.to_string(),
                incarnation: stored.incarnation.to_string(),
                seq: stored.seq.to_string(),
                kind: stored.kind,
                on,
                detail,
                outcome,
                made_at: stored.made_at,
                actor: stored.actor,
                hash: stored.stored.hash.to_string(),
                delivered: stored.delivered,
                refused: match stored.verdict {
                    Some(Verdict::Refused(refusal)) => Some(refusal),
                    Some(_) | None => None,
                },
            })
        })
        .collect()
}

fn outcome(body: &CaseChange) -> Option<DecisionOutcome> {
    if let CaseChange::Decided { outcome, .. } = body {
        Some(*outcome)
    } else {
        None
    }
}
