//! Where a record stands under one pack: everything that does not depend on the day asked about.
//!
//! The verdict of any day follows from it by comparing dates, which is why within one pack it never turns back from
//! eligible to not yet.

use jiff::civil::Date;

use super::{
    Gap, Verdict,
    classify::{Classified, classify, turning_keys},
    domain::suggested_domain,
    question::Question,
};
use crate::{
    calendar::{Period, day_after},
    pack::{Class, Door, Rule, RulePack, RuleValue},
    record::{Domain, PenaltyKinds, RecordKind},
};

/// Where a record stands under a pack.
pub(super) struct Standing<'a> {
    pub pack: &'a RulePack,
    pub basis: Basis,
    pub penalties: PenaltyKinds,
    pub classified: Classified<'a>,
    pub class: Option<Class>,
    /// A person chose the class.
    pub chosen: bool,
    /// The domain used where the record has none, and what it was taken from.
    pub suggested: Option<(Domain, &'static str)>,
    pub minimum: Option<&'a Rule>,
    pub maximum: Option<&'a Rule>,
    /// The last day of the minimum period, where there is one.
    pub minimum_last: Option<Date>,
    pub eligible_on: Option<Date>,
    pub ends_on: Option<Date>,
    /// The rule that forbids repair while the record is public.
    pub forbidden: Option<&'a Rule>,
    /// The conditions that apply, each with what the record says of it.
    pub conditions: Vec<(Gap, &'a Rule, Option<bool>)>,
    /// The keys that are absent and could turn class, door or publication.
    unknown: Vec<&'static str>,
}

/// What the verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// The record belongs to another office.
    Refer(Door),
    /// No rule matches, or the day of the decision is not known.
    Undetermined,
    /// The rule says it is not published.
    NotPublished,
    /// The dates decide.
    Dates,
}

impl<'a> Standing<'a> {
    pub fn of(question: &Question<'a>, pack: &'a RulePack) -> Self {
        let record = question.record;
        let family = question.authority.map(|authority| authority.family.code.as_str());
        let suggested = if record.domain.is_none() {
            suggested_domain(record, family, pack)
        } else {
            None
        };
        let domain = record.domain.or(suggested.map(|(domain, _)| domain));
        let penalties = record.penalties();
        let chosen_here = question
            .chosen
            .filter(|_| question.pack.is_some_and(|own| own.id == pack.id));
        let chosen_class = chosen_here.map(|chosen| chosen.class);
        let classified = classify(record, &penalties, domain, chosen_class, pack);
        let class = chosen_class.or(classified.class.map(|(class, _)| class));

        let mut standing = Self {
            pack,
            basis: Basis::Undetermined,
            class,
            chosen: chosen_here.is_some(),
            suggested,
            minimum: None,
            maximum: None,
            minimum_last: None,
            eligible_on: None,
            ends_on: None,
            forbidden: None,
            conditions: Vec::new(),
            unknown: Vec::new(),
            penalties,
            classified,
        };
        standing.find_periods(record.kind());
        standing.find_basis(question);
        standing.find_dates(record.decided_on);
        standing.find_conditions(question);
        standing.find_unknown(question, domain);
        if standing.basis == Basis::Undetermined {
            standing.class = None;
        }
        standing
    }

    /// The verdict on a day.
    pub fn verdict(&self, on: Date) -> Verdict {
        match self.basis {
            Basis::Refer(_) => Verdict::Refer,
            Basis::Undetermined => Verdict::Undetermined,
            Basis::NotPublished => Verdict::NotPublished,
            Basis::Dates => self.dated_verdict(on),
        }
    }

    fn dated_verdict(&self, on: Date) -> Verdict {
        if self.is_over(on) {
            return if self.owes_obligations() {
                Verdict::ConditionsMissing
            } else {
                Verdict::Ended
            };
        }
        if self.forbidden.is_some() {
            return Verdict::NotRepairable;
        }
        if self.missing(on).next().is_some() {
            return Verdict::ConditionsMissing;
        }
        match self.eligible_on {
            Some(eligible) if eligible <= on => Verdict::Eligible,
            Some(_) => Verdict::NotYet,
            None => Verdict::NotRepairable,
        }
    }

    /// Obligations or rectification are known to be open.
    fn owes_obligations(&self) -> bool {
        self.conditions
            .iter()
            .any(|(gap, _, met)| is_obligation(*gap) && *met == Some(false))
    }

    /// The conditions known not to be met.
    pub fn missing(&self, on: Date) -> impl Iterator<Item = (Gap, &'a Rule)> + '_ {
        self.conditions
            .iter()
            .filter(move |(gap, _, met)| *met == Some(false) && self.matters(*gap, on))
            .map(|(gap, rule, _)| (*gap, *rule))
    }

    /// The keys of the record that are absent and could turn the answer.
    pub fn unknown(&self, on: Date) -> impl Iterator<Item = &'static str> + '_ {
        let open = self
            .conditions
            .iter()
            .filter(move |(gap, _, met)| met.is_none() && self.matters(*gap, on));
        self.unknown
            .iter()
            .copied()
            .chain(open.map(|(gap, _, _)| gap.record_key()))
    }

    /// Once the longest period is over only the obligations matter.
    pub fn matters(&self, gap: Gap, on: Date) -> bool {
        !self.is_over(on) || is_obligation(gap)
    }

    /// The longest period is over on that day.
    pub fn is_over(&self, on: Date) -> bool {
        self.ends_on.is_some_and(|ends| ends <= on)
    }

    fn find_periods(&mut self, kind: RecordKind) {
        // A list without classes has its periods under its own name.
        let code = self.class.map_or(kind.code(), Class::code);
        self.minimum = self.pack.rule(&format!("period.{code}.minimum"));
        self.maximum = self.pack.rule(&format!("period.{code}.maximum"));
    }

    fn find_basis(&mut self, question: &Question<'a>) {
        let own_door = self.pack.rule(&format!("door.{}", question.record.kind().code()));
        self.basis = if let Some(referral) = question.referral {
            Basis::Refer(referral.door)
        } else if own_door.is_some_and(|rule| rule.value == RuleValue::Door(Door::Authority)) {
            Basis::Refer(Door::Authority)
        } else if self.minimum.is_none() {
            Basis::Undetermined
        } else if self.is_kept_from_the_public(question) {
            Basis::NotPublished
        } else if question.record.decided_on.is_none() {
            Basis::Undetermined
        } else {
            Basis::Dates
        };
    }

    /// A rule says the record is not published. A minor one that is published all the same may be repaired at once.
    fn is_kept_from_the_public(&self, question: &Question<'a>) -> bool {
        let repaired_at_once = self.class == Some(Class::Minor) && question.record.published == Some(true);
        self.classified.not_published.is_some() && !repaired_at_once
    }

    fn find_dates(&mut self, decided_on: Option<Date>) {
        let hidden = self.basis == Basis::NotPublished && self.class != Some(Class::Minor);
        let (Some(from), Some(minimum)) = (decided_on, self.minimum) else {
            return;
        };
        if hidden || matches!(self.basis, Basis::Refer(_) | Basis::Undetermined) {
            return;
        }
        self.forbidden = self
            .class
            .and_then(|class| self.pack.rule(&format!("repairable.{}", class.code())))
            .filter(|rule| rule.value == RuleValue::Flag(false));
        self.ends_on = self
            .maximum
            .and_then(|rule| rule.value.as_months())
            .map(|months| day_after(Period { from, months }.last_day(), 1));
        let eligible = match minimum.value.as_months() {
            Some(0) | None => from,
            Some(months) => {
                let last = Period { from, months }.last_day();
                self.minimum_last = Some(last);
                day_after(last, self.offset_days())
            }
        };
        let within = self.ends_on.is_none_or(|ends| eligible < ends);
        self.eligible_on = (within && self.forbidden.is_none()).then_some(eligible);
    }

    fn offset_days(&self) -> u16 {
        self.pack
            .rule("eligible_offset_days")
            .and_then(|rule| rule.value.as_days())
            .unwrap_or(1)
    }

    fn find_conditions(&mut self, question: &Question<'a>) {
        if self.basis != Basis::Dates {
            return;
        }
        let applies = |rule: &&Rule| rule.value.applies_to(self.class);
        self.conditions = Gap::ALL
            .into_iter()
            .filter_map(|gap| {
                let rule = self.pack.rule(&format!("condition.{}", gap.code())).filter(applies)?;
                Some((gap, rule, gap.met(question.record)))
            })
            .collect();
    }

    fn find_unknown(&mut self, question: &Question<'a>, domain: Option<Domain>) {
        let record = question.record;
        if matches!(self.basis, Basis::Refer(_)) {
            return;
        }
        let mut unknown = Vec::new();
        if question.authority.is_none() {
            unknown.push("CF_CFJG");
        }
        // What only the class turns on is no question once a person has chosen it.
        if !self.chosen
            && record.kind() == RecordKind::Penalty
            && (record.penalty_kinds.is_none() || !self.classified.unmatched.is_empty())
        {
            unknown.push("CF_CFLB");
        }
        if !self.chosen && self.penalties.suspend_or_revoke {
            unknown.push("CF_NR");
        }
        if record.decided_on.is_none() {
            unknown.push("CF_JDRQ");
        }
        if !self.chosen {
            unknown.extend(turning_keys(record, &self.penalties, domain, self.pack));
        }
        if self.classified.not_published.is_some() && record.published.is_none() {
            unknown.push("published");
        }
        self.unknown = unknown;
    }
}

fn is_obligation(gap: Gap) -> bool {
    matches!(gap, Gap::Fulfilment | Gap::Rectification)
}
