//! An assessment as the screen shows it: the contract's fields with the words of packs and classes beside them.

use counter_core::{
    assess::{Assessment, Door, Gap, Material, Reason, Verdict},
    pack::RuleBook,
};
use serde::Serialize;

/// What the rules say, in the words of the screen.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssessmentView {
    /// The pack's id; absent when none was in force.
    pub pack: Option<String>,
    /// How people call the pack.
    pub pack_title: Option<String>,
    /// Where the record is repaired.
    pub front_door: Option<Door>,
    /// The class.
    pub class: Option<counter_core::assess::Class>,
    /// The class in words.
    pub class_title: Option<String>,
    /// The answer.
    pub verdict: Verdict,
    /// The shortest time it has to be public, in the pack's words.
    pub minimum_period: Option<String>,
    /// The first day an application is in time.
    pub eligible_on: Option<String>,
    /// The first day the record is no longer public.
    pub ends_on: Option<String>,
    /// The conditions known not to be met.
    pub missing: Vec<Gap>,
    /// What is unknown and could turn the answer.
    pub unknown: Vec<String>,
    /// The papers.
    pub materials: Vec<Material>,
    /// Why, in order.
    pub reasons: Vec<Reason>,
    /// What the pack of the decision's day says.
    pub alternative: Option<AlternativeView>,
    /// The next turn that a later pack brings.
    pub changes_on: Option<TurnView>,
    /// The leads' corrections it rests on, as `pack key`.
    pub corrections_used: Vec<String>,
    /// 待核.
    pub unverified: bool,
}

/// What another pack says.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AlternativeView {
    /// The pack's id.
    pub pack: String,
    /// How people call it.
    pub pack_title: String,
    /// The class in words.
    pub class_title: Option<String>,
    /// The answer under it.
    pub verdict: Verdict,
    /// The first day under it.
    pub eligible_on: Option<String>,
    /// The end under it.
    pub ends_on: Option<String>,
}

/// A turn of the answer.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TurnView {
    /// The first day it is another answer.
    pub date: String,
    /// The pack that brings it.
    pub pack: String,
    /// The answer from then on.
    pub verdict: Verdict,
}

impl AssessmentView {
    /// The words for `assessment`.
    pub fn of(assessment: Assessment, rules: &RuleBook) -> Self {
        let title = |id: &str| rules.pack(id).map_or_else(|| id.to_owned(), |pack| pack.short.clone());
        let class_title = |class: counter_core::assess::Class| class.label().to_owned();
        Self {
            pack_title: assessment.pack.as_deref().map(title),
            class_title: assessment.class.map(class_title),
            minimum_period: minimum_period(&assessment, rules),
            eligible_on: assessment.eligible_on.map(|day| day.to_string()),
            ends_on: assessment.ends_on.map(|day| day.to_string()),
            alternative: assessment.alternative.map(|other| AlternativeView {
                pack_title: title(&other.pack),
                class_title: other.class.map(class_title),
                verdict: other.verdict,
                eligible_on: other.eligible_on.map(|day| day.to_string()),
                ends_on: other.ends_on.map(|day| day.to_string()),
                pack: other.pack,
            }),
            changes_on: assessment.changes_on.map(|turn| TurnView {
                date: turn.date.to_string(),
                pack: turn.pack,
                verdict: turn.verdict,
            }),
            corrections_used: assessment
                .corrections_used
                .iter()
                .map(|used| format!("{} {}", used.pack, used.key))
                .collect(),
            pack: assessment.pack,
            front_door: assessment.front_door,
            class: assessment.class,
            verdict: assessment.verdict,
            missing: assessment.missing,
            unknown: assessment.unknown,
            materials: assessment.materials,
            reasons: assessment.reasons,
            unverified: assessment.unverified,
        }
    }
}

fn minimum_period(assessment: &Assessment, rules: &RuleBook) -> Option<String> {
    let class = assessment.class?;
    let pack = assessment.pack.as_deref()?;
    rules
        .value(pack, &format!("period.{}.minimum", class.code()))
        .map(|value| value.display)
}
