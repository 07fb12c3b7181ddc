//! All that an assessment consults: the packs, the authorities and the calendar, with the leads' corrections laid over.

use jiff::civil::Date;

use super::{CitedValue, Correction, CorrectionError, Door, LimitRule, PackError, Role, RulePack};
use crate::{
    authority::{Authorities, AuthorityError},
    calendar::{CalendarError, DueDate, WorkingDays, day_after},
};

const PACKS: [&str; 7] = [
    include_str!("../../../../assets/rulepacks/ndrc-36-2026.toml"),
    include_str!("../../../../assets/rulepacks/samr-107-2025.toml"),
    include_str!("../../../../assets/rulepacks/sc-22-2025.toml"),
    include_str!("../../../../assets/rulepacks/gz-objection-2024.toml"),
    include_str!("../../../../assets/rulepacks/ndrc-58-2023.toml"),
    include_str!("../../../../assets/rulepacks/samr-3-2021.toml"),
    include_str!("../../../../assets/rulepacks/ndrc-527-2019.toml"),
];
const AUTHORITIES: &str = include_str!("../../../../assets/authorities.toml");
const CALENDAR: &str = include_str!("../../../../assets/calendars/cn_workday_exceptions_2019_2026.csv");

/// The rules, the authorities and the calendar together.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleBook {
    packs: Vec<RulePack>,
    authorities: Authorities,
    calendar: WorkingDays,
}

/// Why a book could not be put together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// A pack.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The authorities.
    #[error(transparent)]
    Authorities(#[from] AuthorityError),
    /// The calendar.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}

impl RuleBook {
    /// The book that comes with the program.
    ///
    /// # Panics
    /// Never with the assets this program was tested with.
    pub fn shipped() -> Self {
        Self::parse(&PACKS, AUTHORITIES, CALENDAR).expect("the shipped rules are read by the tests of this crate")
    }

    /// Puts a book together from the texts of packs, authorities and calendar.
    ///
    /// # Errors
    /// When one of them is not in order.
    pub fn parse(packs: &[&str], authorities: &str, calendar: &str) -> Result<Self, BookError> {
        Ok(Self {
            packs: packs
                .iter()
                .map(|text| RulePack::parse(text))
                .collect::<Result<_, PackError>>()?,
            authorities: Authorities::parse(authorities)?,
            calendar: WorkingDays::parse(calendar)?,
        })
    }

    /// The same book with corrections laid over its values, in the order given.
    ///
    /// # Errors
    /// When a correction does not fit; the others are then not taken either.
    pub fn with_corrections(
        mut self,
        corrections: impl IntoIterator<Item = Correction>,
    ) -> Result<Self, CorrectionError> {
        for correction in corrections {
            self.correct(correction)?;
        }
        Ok(self)
    }

    /// Lays one correction over its value.
    ///
    /// # Errors
    /// When it does not fit.
    pub fn correct(&mut self, correction: Correction) -> Result<(), CorrectionError> {
        let pack = self.packs.iter_mut().find(|pack| pack.id == correction.pack);
        pack.ok_or_else(|| CorrectionError::UnknownPack {
            pack: correction.pack.clone(),
        })?
        .correct(correction)
    }

    /// The same book with more packs, each in its place by the day it begins. One of an id that is there takes its place.
    pub fn with_packs(mut self, packs: impl IntoIterator<Item = RulePack>) -> Self {
        for pack in packs {
            self.packs.retain(|known| known.id != pack.id);
            let later = |known: &&RulePack| known.effective_from() >= pack.effective_from();
            let at = self.packs.iter().take_while(later).count();
            self.packs.insert(at, pack);
        }
        self
    }

    /// The same book with another calendar.
    pub fn with_calendar(self, calendar: WorkingDays) -> Self {
        Self { calendar, ..self }
    }

    /// The packs, newest first.
    pub fn packs(&self) -> &[RulePack] {
        &self.packs
    }

    /// A pack by its id.
    pub fn pack(&self, id: &str) -> Option<&RulePack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// A value by pack and key.
    pub fn value(&self, pack: &str, key: &str) -> Option<CitedValue> {
        self.pack(pack)?.value(key)
    }

    /// The authorities and how to recognise them.
    pub fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    /// The working days.
    pub fn calendar(&self) -> &WorkingDays {
        &self.calendar
    }

    /// The day a limit ends that runs from an act done on `from`; absent beyond the calendar.
    pub fn due(&self, limit: LimitRule, from: Date) -> DueDate {
        if limit.limit.working {
            return self.calendar.due(from, limit.limit.days);
        }
        DueDate {
            due_on: Some(day_after(from, limit.limit.days)),
            calendar_until: self.calendar.until(),
        }
    }

    /// The pack to apply on `day` to records that go through `door`: market regulation has its own rules from 2021-09-01;
    /// before that, and for every other door, the general rules apply. Absent before 2019-07-01.
    pub fn pack_in_force(&self, day: Date, door: Door) -> Option<&RulePack> {
        let through = |door: Door| {
            self.packs
                .iter()
                .find(|pack| pack.role == Role::Rules && pack.door == door && pack.in_force(day))
        };
        let own = if door == Door::Gsxt { through(Door::Gsxt) } else { None };
        own.or_else(|| through(Door::CreditChina))
    }

    /// The pack by which objections raised on `day` are handled.
    pub fn objection_pack(&self, day: Date) -> Option<&RulePack> {
        self.packs
            .iter()
            .find(|pack| pack.role == Role::Objection && pack.in_force(day))
    }

    /// The days after `day` on which a pack begins, in order.
    pub fn beginnings_after(&self, day: Date) -> Vec<Date> {
        let rules = self.packs.iter().filter(|pack| pack.role == Role::Rules);
        let mut days: Vec<Date> = rules.map(RulePack::effective_from).filter(|from| *from > day).collect();
        days.sort_unstable();
        days.dedup();
        days
    }
}
