//! An act on a case, entered with its day: the counter's own (submitted, withdrawn, referred, closed, looked at the
//! sites, made sure, gave an original back) and what others did (the site pushed it on; the authority accepted, declined,
//! asked for more, moved a limit, decided).

mod input;
mod read;

use counter_core::{
    case::{Case, CaseChange, CaseState, SITES, running_limits},
    change::ChangeBody,
    pack::RuleBook,
};
use counter_store::{ReadTx, RecordError};

pub use input::EnterAct;
use read::change_of;

use crate::{Actor, Coded, Desk, TypedFault, coded::from_store_error, record::source};

/// The act was not entered.
#[derive(Debug, thiserror::Error)]
pub enum EnterActError {
    /// A field that cannot be taken as it was typed.
    #[error(transparent)]
    Typed(#[from] TypedFault),
    /// No such case.
    #[error("there is no case {0}")]
    NoCase(String),
    /// A limit that does not run on the case.
    #[error("the limit {0} does not run")]
    NoSuchLimit(String),
    /// Taken down, or closed after a repair, without a look at every site.
    #[error("nobody has seen that the record is gone from {0}")]
    SiteNotSeen(String),
    /// Re-opened while another case about the record runs.
    #[error("the record already has the running case {0}")]
    AlreadyRunning(String),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(EnterActError);

impl Coded for EnterActError {
    fn code(&self) -> &'static str {
        match self {
            Self::Typed(fault) => fault.code(),
            Self::NoCase(_) => "no_case",
            Self::NoSuchLimit(_) => "no_such_limit",
            Self::SiteNotSeen(_) => "site_not_seen",
            Self::AlreadyRunning(_) => "case_running",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Typed(fault) => fault.detail(),
            Self::NoCase(what) | Self::NoSuchLimit(what) | Self::SiteNotSeen(what) | Self::AlreadyRunning(what) => {
                what.clone()
            }
            Self::Record(error) => error.detail(),
        }
    }
}

/// Enters `act` on the case `no`.
///
/// # Errors
/// [`EnterActError`]; the case stays as it was.
pub fn enter_act(desk: &Desk, actor: &Actor, no: &str, act: EnterAct) -> Result<(), EnterActError> {
    let change = change_of(act, desk.clock().today(), &actor.display_name)?;
    let context = desk.act(actor);
    desk.store().write(|tx| {
        let case = super::load(tx, no)?.ok_or_else(|| EnterActError::NoCase(no.to_owned()))?;
        follows(tx, &case, &change, desk.rules())?;
        tx.record(&context, super::lane(no), ChangeBody::Case(change))?;
        Ok(())
    })
}

/// What the reducer cannot know: the rules, and the other cases.
fn follows(tx: &ReadTx<'_>, case: &Case, change: &CaseChange, rules: &RuleBook) -> Result<(), EnterActError> {
    if let CaseChange::TakenDown { sites, .. } = change
        && let Some(unseen) = SITES.into_iter().find(|site| !sites.iter().any(|seen| seen == site))
    {
        return Err(EnterActError::SiteNotSeen(unseen.to_owned()));
    }
    let ends_unseen = case.stage == CaseState::Decided && case.is_repaired();
    if matches!(change, CaseChange::Closed { .. }) && ends_unseen {
        return Err(EnterActError::SiteNotSeen(SITES.join("、")));
    }
    if let CaseChange::LimitExtended(extension) = change
        && !running_limits(&case.clock(), rules)
            .iter()
            .any(|limit| limit.name == extension.limit)
    {
        return Err(EnterActError::NoSuchLimit(extension.limit.clone()));
    }
    if matches!(change, CaseChange::Reopened { .. })
        && let Some(other) = source::running_case(tx, &case.received.record_key)?
        && other.no != case.no
    {
        return Err(EnterActError::AlreadyRunning(other.no));
    }
    Ok(())
}
