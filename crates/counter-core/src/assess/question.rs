//! What is asked: the record, the day, the pack, and who made the finding.

use std::{fmt, str::FromStr};

use jiff::civil::Date;

use crate::{
    authority::{Recognised, Referral},
    pack::{Door, Role, RuleBook, RulePack},
    record::{ChosenClass, Record},
};

/// Which pack to apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PackChoice {
    /// The one in force on the day asked about.
    #[default]
    Auto,
    /// The one of this id.
    Pack(String),
}

/// Why a question cannot be answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssessError {
    /// There is no such pack.
    #[error("there is no rule pack {0}")]
    UnknownPack(String),
    /// The pack is a frame that others cite.
    #[error("{0} is a frame; nothing is assessed under it")]
    FrameOnly(String),
}

/// Why a class cannot be chosen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassChoiceError {
    /// The pack does not know the class.
    #[error("{pack} has no class {class}")]
    NotInPack {
        /// The pack's id.
        pack: String,
        /// The class's code.
        class: &'static str,
    },
    /// The person who chose it cited nothing.
    #[error("a chosen class needs a citation")]
    NoCitation,
}

/// A question ready to be answered.
pub(super) struct Question<'a> {
    pub record: &'a Record,
    pub on: Date,
    pub book: &'a RuleBook,
    /// The class a person chose; one that the pack does not know is none.
    pub chosen: Option<&'a ChosenClass>,
    /// Who made the finding, where recognised.
    pub authority: Option<Recognised<'a>>,
    /// The other office, where the record belongs to one.
    pub referral: Option<&'a Referral>,
    /// The pack to apply; none before the first.
    pub pack: Option<&'a RulePack>,
    /// The pack was named, not found by the day.
    pub named: bool,
}

impl<'a> Question<'a> {
    pub fn new(record: &'a Record, on: Date, choice: &PackChoice, book: &'a RuleBook) -> Result<Self, AssessError> {
        let authorities = book.authorities();
        let authority = authorities.recognise(record.authority_code.as_deref(), record.authority_name.as_deref());
        let referral = authorities.referral(record);
        let door = authority.map_or(Door::CreditChina, |authority| authority.family.door);
        let pack = match choice {
            PackChoice::Auto => book.pack_in_force(on, door),
            PackChoice::Pack(id) => Some(named_pack(book, id)?),
        };
        let chosen = record.class_chosen.as_ref();
        let chosen = chosen.filter(|chosen| pack.is_some_and(|pack| check_class_choice(chosen, pack).is_ok()));
        let named = *choice != PackChoice::Auto;
        Ok(Self {
            record,
            on,
            book,
            chosen,
            authority,
            referral,
            pack,
            named,
        })
    }

    /// The pack that applies on another day, through the same door.
    pub fn pack_on(&self, day: Date) -> Option<&'a RulePack> {
        self.book
            .pack_in_force(day, self.authority_door().unwrap_or(Door::CreditChina))
    }

    /// The door of the finding authority, where it is recognised.
    pub fn authority_door(&self) -> Option<Door> {
        self.authority.map(|authority| authority.family.door)
    }
}

fn named_pack<'a>(book: &'a RuleBook, id: &str) -> Result<&'a RulePack, AssessError> {
    let pack = book.pack(id).ok_or_else(|| AssessError::UnknownPack(id.to_owned()))?;
    match pack.role {
        Role::Rules => Ok(pack),
        Role::Frame | Role::Objection => Err(AssessError::FrameOnly(id.to_owned())),
    }
}

/// Whether a class may be chosen under `pack`.
///
/// # Errors
/// When nothing is cited or the pack does not know the class.
pub fn check_class_choice(chosen: &ChosenClass, pack: &RulePack) -> Result<(), ClassChoiceError> {
    if chosen.citation.trim().is_empty() {
        return Err(ClassChoiceError::NoCitation);
    }
    if pack.classes().contains(&chosen.class) {
        return Ok(());
    }
    Err(ClassChoiceError::NotInPack {
        pack: pack.id.clone(),
        class: chosen.class.code(),
    })
}

impl FromStr for PackChoice {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(if text == "auto" {
            Self::Auto
        } else {
            Self::Pack(text.to_owned())
        })
    }
}

impl fmt::Display for PackChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Pack(id) => id,
        })
    }
}
