//! An act on an objection, entered with its day: the counter's own (passed on, withdrawn, closed) and what others did.

use counter_core::{
    change::ChangeBody,
    objection::{Forwarding, InquiryFinding, InquiryReply, ObjectionChange, ObjectionDecision, ObjectionOutcome},
};
use counter_store::RecordError;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Coded, Desk, TypedFault,
    coded::from_store_error,
    typed::{filled, past_day},
};

/// An act as typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "act",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum EnterObjectionAct {
    /// 提交.
    Forward {
        /// To whom.
        to: String,
        /// The number it gave.
        number: String,
        /// The day.
        on: String,
    },
    /// 受理.
    Accept {
        /// By whom.
        by: String,
        /// The day.
        on: String,
    },
    /// 不予受理.
    Decline {
        /// By whom.
        by: String,
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 协查函 reached the provider.
    Inquire {
        /// The provider.
        to: String,
        /// The day.
        on: String,
    },
    /// The provider answered.
    Reply {
        /// The provider.
        by: String,
        /// What it found.
        finding: InquiryFinding,
        /// Why, in its words.
        note: String,
        /// The day.
        on: String,
    },
    /// 处理结果.
    Decide {
        /// By whom.
        by: String,
        /// What came of it.
        outcome: ObjectionOutcome,
        /// Why.
        reason: String,
        /// The day.
        on: String,
    },
    /// 撤回.
    Withdraw {
        /// Why.
        reason: String,
        /// The day.
        on: String,
    },
    /// 结案.
    Close {
        /// A word on it.
        note: String,
        /// The day.
        on: String,
    },
}

/// The act was not entered.
#[derive(Debug, thiserror::Error)]
pub enum EnterObjectionActError {
    /// A field that cannot be taken as it was typed.
    #[error(transparent)]
    Typed(#[from] TypedFault),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(EnterObjectionActError);

impl Coded for EnterObjectionActError {
    fn code(&self) -> &'static str {
        match self {
            Self::Typed(fault) => fault.code(),
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Typed(fault) => fault.detail(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Enters `act` on the objection `no`.
///
/// # Errors
/// [`EnterObjectionActError`]; the objection stays as it was.
pub fn enter_objection_act(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    act: EnterObjectionAct,
) -> Result<(), EnterObjectionActError> {
    let change = change_of(act, desk.clock().today())?;
    let context = desk.act(actor);
    desk.store().write(|tx| {
        tx.record(&context, super::lane(no), ChangeBody::Objection(change))?;
        Ok(())
    })
}

fn change_of(act: EnterObjectionAct, today: Date) -> Result<ObjectionChange, TypedFault> {
    let past = |text: String| past_day(&text, today);
    Ok(match act {
        EnterObjectionAct::Forward { to, number, on } => ObjectionChange::Forwarded(Forwarding {
            to: filled("to", &to)?,
            number: Some(number.trim().to_owned()).filter(|number| !number.is_empty()),
            on: past(on)?,
        }),
        EnterObjectionAct::Accept { by, on } => ObjectionChange::Accepted {
            by: filled("by", &by)?,
            on: past(on)?,
        },
        EnterObjectionAct::Decline { by, on, reason } => ObjectionChange::Declined {
            by: filled("by", &by)?,
            on: past(on)?,
            reason: filled("reason", &reason)?,
        },
        EnterObjectionAct::Inquire { to, on } => ObjectionChange::Inquired {
            to: filled("to", &to)?,
            on: past(on)?,
        },
        EnterObjectionAct::Reply { by, finding, note, on } => ObjectionChange::InquiryReplied {
            by: filled("by", &by)?,
            reply: InquiryReply {
                finding,
                note: note.trim().to_owned(),
                on: past(on)?,
            },
        },
        EnterObjectionAct::Decide {
            by,
            outcome,
            reason,
            on,
        } => ObjectionChange::Decided(ObjectionDecision {
            by: filled("by", &by)?,
            on: past(on)?,
            outcome,
            // Whoever is told that nothing changes is told why.
            reason: match outcome {
                ObjectionOutcome::Upheld => filled("reason", &reason)?,
                ObjectionOutcome::Corrected | ObjectionOutcome::Deleted | ObjectionOutcome::Completed => {
                    reason.trim().to_owned()
                }
            },
        }),
        EnterObjectionAct::Withdraw { reason, on } => ObjectionChange::Withdrawn {
            reason: filled("reason", &reason)?,
            on: past(on)?,
        },
        EnterObjectionAct::Close { note, on } => ObjectionChange::Closed {
            note: note.trim().to_owned(),
            on: past(on)?,
        },
    })
}
