//! Class and publication of a record under one pack: the data-driven part of the law.
//!
//! For each penalty the first matching trigger gives a class; of several penalties the heaviest counts.

use crate::{
    pack::{Class, Fact, Rule, RulePack, RuleValue, When},
    record::{Domain, Fen, PenaltyKind, PenaltyKinds, Procedure, Record, RecordKind},
};

/// What the triggers say.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Classified<'a> {
    /// The class and the trigger that gave it.
    pub class: Option<(Class, &'a Rule)>,
    /// Another penalty of the record has a lighter class: that the heaviest counts decided.
    pub heaviest_decided: bool,
    /// The rule by which the record is not published.
    pub not_published: Option<&'a Rule>,
    /// Penalties named in the record that no trigger knows.
    pub unmatched: Vec<String>,
}

/// Finds class and publication. `domain` is the record's or a suggested one; a class that a person chose goes before the
/// triggers' for the question of publication.
pub(super) fn classify<'a>(
    record: &Record,
    penalties: &PenaltyKinds,
    domain: Option<Domain>,
    chosen: Option<Class>,
    pack: &'a RulePack,
) -> Classified<'a> {
    let matching = Matching {
        record,
        penalties,
        domain,
        pack,
    };
    let mut classified = if record.kind() == RecordKind::Penalty && !penalties.kinds.is_empty() {
        matching.heaviest()
    } else {
        Classified {
            class: matching.trigger(None),
            ..Classified::default()
        }
    };
    if record.kind() == RecordKind::Penalty {
        classified.unmatched.extend(penalties.others.iter().cloned());
    }
    let class = chosen.or(classified.class.map(|(class, _)| class));
    classified.not_published = matching.not_published(class);
    classified
}

/// Whether a paper's condition is met by the record; a paper without one always applies.
pub fn paper_is_called_for(when: Option<&When>, record: &Record) -> bool {
    when.and_then(|when| when.rectification_ordered)
        .is_none_or(|asked| asked == record.orders_rectification())
}

struct Matching<'r, 'p> {
    record: &'r Record,
    penalties: &'r PenaltyKinds,
    domain: Option<Domain>,
    pack: &'p RulePack,
}

impl<'p> Matching<'_, 'p> {
    fn heaviest(&self) -> Classified<'p> {
        let mut classified = Classified::default();
        let mut lightest = None;
        for &penalty in &self.penalties.kinds {
            match self.trigger(Some(penalty)) {
                None => classified.unmatched.push(penalty.label().to_owned()),
                Some((class, rule)) => {
                    lightest = Some(lightest.map_or(class, |lightest: Class| lightest.min(class)));
                    if classified.class.is_none_or(|(heaviest, _)| heaviest < class) {
                        classified.class = Some((class, rule));
                    }
                }
            }
        }
        classified.heaviest_decided = classified.class.map(|(class, _)| class) != lightest;
        classified
    }

    /// The first trigger that matches for one of the penalties, or for the record as a whole.
    fn trigger(&self, penalty: Option<PenaltyKind>) -> Option<(Class, &'p Rule)> {
        self.pack
            .group("class_trigger")
            .find_map(|rule| match (&rule.value, &rule.when) {
                (RuleValue::Class(class), Some(when)) if self.holds(when, penalty) => Some((*class, rule)),
                _ => None,
            })
    }

    /// The first rule by which a record of this class is not published.
    fn not_published(&self, class: Option<Class>) -> Option<&'p Rule> {
        self.pack.group("not_published").find(|rule| {
            let said = rule.value == RuleValue::Flag(true);
            said && rule
                .when
                .as_ref()
                .is_some_and(|when| when.class.is_none_or(|asked| class == Some(asked)) && self.holds(when, None))
        })
    }

    fn holds(&self, when: &When, penalty: Option<PenaltyKind>) -> bool {
        when.kind.unwrap_or_default() == self.record.kind()
            && when.procedure.is_none_or(|asked| self.record.procedure == Some(asked))
            && (when.penalties.is_empty() || penalty.is_some_and(|penalty| when.penalties.contains(&penalty)))
            && (when.only.is_empty() || self.all_penalties_are_among(&when.only))
            && (when.domains.is_empty() || self.domain.is_some_and(|domain| when.domains.contains(&domain)))
            && (when.acts.is_empty() || self.describes_one_of(&when.acts))
            && when.fact.is_none_or(|fact| known(self.record, fact) == Some(true))
            && when
                .fine_at_least
                .as_ref()
                .is_none_or(|key| self.fine_reaches(key) == Some(true))
            && when
                .fine_below
                .as_ref()
                .is_none_or(|key| self.fine_reaches(key) == Some(false))
    }

    fn all_penalties_are_among(&self, only: &[PenaltyKind]) -> bool {
        let PenaltyKinds {
            kinds,
            others,
            suspend_or_revoke: _,
        } = self.penalties;
        others.is_empty() && !kinds.is_empty() && kinds.iter().all(|kind| only.contains(kind))
    }

    fn describes_one_of(&self, acts: &[String]) -> bool {
        let texts = [&self.record.violation_type, &self.record.violation_facts];
        texts
            .into_iter()
            .flatten()
            .any(|text| acts.iter().any(|act| text.contains(act.as_str())))
    }

    /// Whether the fine reaches a threshold; unknown when the threshold is not set or the fine not given.
    fn fine_reaches(&self, threshold: &str) -> Option<bool> {
        let threshold = self.pack.rule(threshold)?.value.as_amount()?;
        Some(self.record.fine_fen? >= threshold)
    }
}

fn known(record: &Record, fact: Fact) -> Option<bool> {
    match fact {
        Fact::ListedSerious => record.listed_serious,
        Fact::SeriousByAuthority => record.serious_by_authority,
    }
}

/// The keys of the record that are absent and would turn class or publication if they were known: each is tried with
/// every value it may have.
pub(super) fn turning_keys(
    record: &Record,
    penalties: &PenaltyKinds,
    domain: Option<Domain>,
    pack: &RulePack,
) -> Vec<&'static str> {
    let outcome = |record: &Record, domain: Option<Domain>| {
        let classified = classify(record, penalties, domain, None, pack);
        (
            classified.class.map(|(class, _)| class),
            classified.not_published.is_some(),
        )
    };
    let now = outcome(record, domain);
    let turns = |tried: Record| outcome(&tried, domain) != now;
    let with = |change: fn(&mut Record)| {
        let mut tried = record.clone();
        change(&mut tried);
        tried
    };
    let mut keys = Vec::new();
    if record.procedure.is_none() && turns(with(|tried| tried.procedure = Some(Procedure::Simple))) {
        keys.push("procedure");
    }
    if record.domain.is_none() && Domain::ALL.into_iter().any(|tried| outcome(record, Some(tried)) != now) {
        keys.push("domain");
    }
    if record.listed_serious.is_none() && turns(with(|tried| tried.listed_serious = Some(true))) {
        keys.push("listed_serious");
    }
    if record.serious_by_authority.is_none() && turns(with(|tried| tried.serious_by_authority = Some(true))) {
        keys.push("serious_by_authority");
    }
    let fines: [fn(&mut Record); 2] = [
        |tried| tried.fine_fen = Some(Fen::new(0)),
        |tried| tried.fine_fen = Some(Fen::new(i64::MAX)),
    ];
    if record.fine_fen.is_none() && fines.into_iter().any(|fine| turns(with(fine))) {
        keys.push("CF_NR_FK");
    }
    keys
}
