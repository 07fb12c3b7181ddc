//! An act on a case, entered with its day: the counter's own (submitted, withdrawn, referred, closed, looked at the
//! sites) and what the authority did (accepted, declined, asked for more, decided).

use counter_core::{
    case::{CaseChange, DecisionOutcome},
    change::ChangeBody,
};
use counter_store::{RecordError, StoreError};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Actor, Coded, Desk};

/// The act as typed in. Days are ISO dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "act",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum EnterAct {
    /// 已提交.
    Submit {
        /// The site, in its own name.
        site: String,
        /// The number the site gave.
        number: String,
        /// The day.
        on: String,
    },
    /// 认定单位受理.
    Accept {
        /// Who accepted.
        by: String,
        /// The day.
        on: String,
        /// Its number.
        number: Option<String>,
    },
    /// 认定单位不予受理.
    Decline {
        /// Who declined.
        by: String,
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 认定单位要求补充.
    AskSupplement {
        /// Who asks.
        by: String,
        /// The day.
        on: String,
        /// For what.
        reason: String,
    },
    /// 认定单位决定.
    Decide {
        /// Who decided.
        by: String,
        /// The day.
        on: String,
        /// How.
        outcome: DecisionOutcome,
        /// Why.
        reason: String,
    },
    /// 已撤下.
    TakeDown {
        /// The sites looked at.
        sites: Vec<String>,
        /// The day of looking.
        on: String,
    },
    /// 撤回.
    Withdraw {
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 转介.
    Refer {
        /// To which office.
        office: String,
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 结案.
    Close {
        /// The day.
        on: String,
        /// A word on it.
        note: String,
    },
}

/// The act was not entered.
#[derive(Debug, thiserror::Error)]
pub enum EnterActError {
    /// A field that must be filled is empty.
    #[error("the field {0} is empty")]
    Empty(&'static str),
    /// Not a day.
    #[error("{0:?} is not a day")]
    BadDate(String),
    /// A day that has not come.
    #[error("{0} has not come yet")]
    Future(Date),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<StoreError> for EnterActError {
    fn from(error: StoreError) -> Self {
        Self::Record(error.into())
    }
}

impl Coded for EnterActError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty(_) => "field_empty",
            Self::BadDate(_) => "bad_date",
            Self::Future(_) => "date_in_future",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Empty(field) => (*field).to_owned(),
            Self::BadDate(text) => text.clone(),
            Self::Future(on) => on.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Enters `act` on the case `no`.
///
/// # Errors
/// [`EnterActError`]; the case stays as it was.
pub fn enter_act(desk: &Desk, actor: &Actor, no: &str, act: EnterAct) -> Result<(), EnterActError> {
    let change = change_of(act, desk.clock().today())?;
    let context = desk.act(actor);
    desk.store().write(|tx| {
        tx.record(&context, super::lane(no), ChangeBody::Case(change))?;
        Ok(())
    })
}

fn change_of(act: EnterAct, today: Date) -> Result<CaseChange, EnterActError> {
    let day = |text: String| day(&text, today);
    Ok(match act {
        EnterAct::Submit { site, number, on } => CaseChange::Submitted {
            site: filled("site", site)?,
            number: filled("number", number)?,
            on: day(on)?,
        },
        EnterAct::Accept { by, on, number } => CaseChange::Accepted {
            by: filled("by", by)?,
            on: day(on)?,
            number: number
                .map(|number| number.trim().to_owned())
                .filter(|number| !number.is_empty()),
        },
        EnterAct::Decline { by, on, reason } => CaseChange::Declined {
            by: filled("by", by)?,
            on: day(on)?,
            reason: filled("reason", reason)?,
        },
        EnterAct::AskSupplement { by, on, reason } => CaseChange::SupplementAsked {
            by: filled("by", by)?,
            on: day(on)?,
            reason: filled("reason", reason)?,
        },
        EnterAct::Decide {
            by,
            on,
            outcome,
            reason,
        } => {
            // A repair granted needs no reason; a refusal always has one.
            let reason = match outcome {
                DecisionOutcome::Repaired => reason.trim().to_owned(),
                DecisionOutcome::Refused => filled("reason", reason)?,
            };
            CaseChange::Decided {
                by: filled("by", by)?,
                on: day(on)?,
                outcome,
                reason,
            }
        }
        EnterAct::TakeDown { sites, on } => {
            let sites: Vec<String> = sites.into_iter().filter(|site| !site.trim().is_empty()).collect();
            if sites.is_empty() {
                return Err(EnterActError::Empty("sites"));
            }
            CaseChange::TakenDown { sites, on: day(on)? }
        }
        EnterAct::Withdraw { on, reason } => CaseChange::Withdrawn {
            reason: filled("reason", reason)?,
            on: day(on)?,
        },
        EnterAct::Refer { office, on, reason } => CaseChange::Referred {
            office: filled("office", office)?,
            reason: filled("reason", reason)?,
            on: day(on)?,
        },
        EnterAct::Close { on, note } => CaseChange::Closed {
            note: note.trim().to_owned(),
            on: day(on)?,
        },
    })
}

fn filled(field: &'static str, text: String) -> Result<String, EnterActError> {
    let text = text.trim();
    if text.is_empty() {
        Err(EnterActError::Empty(field))
    } else {
        Ok(text.to_owned())
    }
}

fn day(text: &str, today: Date) -> Result<Date, EnterActError> {
    let on = counter_core::record::parse_date(text).ok_or_else(|| EnterActError::BadDate(text.to_owned()))?;
    if on > today {
        Err(EnterActError::Future(on))
    } else {
        Ok(on)
    }
}
