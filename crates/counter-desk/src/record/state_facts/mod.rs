//! A clerk says what the data does not: fulfilled, put right, by which procedure. The verdict follows at once.

use counter_core::{
    assess::{ClassChoiceError, PackChoice, assess, check_class_choice},
    change::{ChangeBody, Lane, LaneKind},
    pack::RuleBook,
    record::Record,
    record_entry::RecordChange,
};
use counter_store::RecordError;
use jiff::civil::Date;

use super::{
    facts::Facts,
    record_view::{self, RecordView, RecordViewError},
    source,
};
use crate::{Actor, Coded, Desk, coded::from_store_error};

/// The facts were not kept.
#[derive(Debug, thiserror::Error)]
pub enum StateFactsError {
    /// A word that names no procedure or domain.
    #[error("not a fact: {0}")]
    BadFact(String),
    /// A class that cannot be chosen.
    #[error(transparent)]
    Class(#[from] ClassChoiceError),
    /// The record cannot be shown.
    #[error(transparent)]
    View(#[from] RecordViewError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(StateFactsError);

impl Coded for StateFactsError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadFact(_) => "bad_fact",
            Self::Class(ClassChoiceError::NoCitation) => "class_needs_citation",
            Self::Class(ClassChoiceError::NotInPack { .. }) => "class_not_in_pack",
            Self::View(error) => error.code(),
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::BadFact(word) => word.clone(),
            Self::Class(error) => error.to_string(),
            Self::View(error) => error.detail(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Keeps the facts and answers the record with its verdict under them.
///
/// # Errors
/// [`StateFactsError`].
pub fn state_facts(desk: &Desk, actor: &Actor, key: &str, facts: &Facts) -> Result<RecordView, StateFactsError> {
    let act = desk.act(actor);
    let today = desk.clock().today();
    desk.store().write(|tx| {
        let sourced = source::load(tx, key)?.ok_or_else(|| RecordViewError::Unknown(key.to_owned()))?;
        if Facts::of(&sourced.record) != *facts {
            let record = facts.applied_to(&sourced.record).map_err(StateFactsError::BadFact)?;
            // One that was chosen under another pack does not keep the other answers from being given.
            if record.class_chosen != sourced.record.class_chosen {
                check_class(&record, today, desk.rules())?;
            }
            // The person who asked and the day: the screen shows it as 窗口核对.
            let basis = format!("窗口核对 {} · {today}", actor.display_name);
            let body = ChangeBody::Record(RecordChange::FactsConfirmed {
                record: Box::new(source::for_change(record)),
                basis,
            });
            tx.record(&act, Lane::new(LaneKind::Record, key), body)?;
        }
        let sourced = source::load(tx, key)?.ok_or_else(|| RecordViewError::Unknown(key.to_owned()))?;
        Ok(record_view::view(desk, tx, sourced, today)?)
    })
}

/// The class a person chose is cited, and one of the pack that applies.
fn check_class(record: &Record, today: Date, rules: &RuleBook) -> Result<(), StateFactsError> {
    let Some(chosen) = &record.class_chosen else {
        return Ok(());
    };
    let assessment = assess(record, today, &PackChoice::Auto, rules).map_err(RecordViewError::from)?;
    match assessment.pack_in(rules) {
        Some(pack) => Ok(check_class_choice(chosen, pack)?),
        None => Ok(()),
    }
}
