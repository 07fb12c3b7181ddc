//! The rules of objections as a screen asks them: doors first, then what may be held wrong, then the papers.

use counter_core::{
    case::{Material, MaterialMark},
    objection::{ObjectionDoor, ObjectionGround},
    pack::{Rule, RulePack, citation_words},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::Desk;

/// What a new objection is asked by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionRules {
    /// The pack's id.
    pub pack: String,
    /// Who may object to what.
    pub scope: String,
    /// Where it can be raised.
    pub doors: Vec<DoorChoice>,
    /// What may be held wrong.
    pub grounds: Vec<GroundChoice>,
    /// The papers it takes.
    pub checklist: Vec<Material>,
}

/// A door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DoorChoice {
    /// Which.
    pub door: ObjectionDoor,
    /// Its name.
    pub label: String,
    /// How it is gone through.
    pub way: String,
    /// Where that is written.
    pub source: String,
    /// Whether it still has to be checked against the official text.
    pub unverified: bool,
}

/// Something that may be held wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GroundChoice {
    /// Which.
    pub ground: ObjectionGround,
    /// Its name.
    pub label: String,
    /// What it means.
    pub meaning: String,
}

/// The rules in force today; `None` where no pack tells them.
pub fn objection_rules(desk: &Desk) -> Option<ObjectionRules> {
    let pack = in_force(desk, desk.clock().today())?;
    let door = |door: ObjectionDoor| {
        let rule = pack.rule(&format!("objection.door.{}", door.code()))?;
        Some(DoorChoice {
            door,
            label: rule.label.clone(),
            way: rule.value.to_string(),
            source: citation_words(&rule.citation.source, &rule.citation.article),
            unverified: rule.is_doubtful(),
        })
    };
    let ground = |ground: ObjectionGround| {
        let rule = pack.rule(&format!("objection.ground.{}", code_of(ground)))?;
        Some(GroundChoice {
            ground,
            label: rule.label.clone(),
            meaning: rule.value.to_string(),
        })
    };
    Some(ObjectionRules {
        pack: pack.id.clone(),
        scope: pack
            .rule("scope.objection")
            .map(|rule| rule.value.to_string())
            .unwrap_or_default(),
        doors: ObjectionDoor::ALL.into_iter().filter_map(door).collect(),
        grounds: ObjectionGround::ALL.into_iter().filter_map(ground).collect(),
        checklist: checklist(pack),
    })
}

pub(crate) fn in_force(desk: &Desk, day: Date) -> Option<&RulePack> {
    desk.rules().objection_pack(day)
}

/// The papers of an objection, none of them brought yet.
pub(crate) fn checklist(pack: &RulePack) -> Vec<Material> {
    let paper = |rule: &Rule| Material {
        code: rule.key.rsplit('.').next().unwrap_or_default().to_owned(),
        name: rule.label.clone(),
        required: rule.required,
        note: Some(rule.value.to_string()),
        how_to: rule.how_to.clone().unwrap_or_default(),
        basis: citation_words(&rule.citation.source, &rule.citation.article),
        unverified: rule.is_doubtful(),
        hints: Vec::new(),
        mark: MaterialMark::default(),
    };
    pack.group("objection.paper").map(paper).collect()
}

/// The name of a door in the pack an objection was received under.
pub(crate) fn door_label(desk: &Desk, pack: &str, door: ObjectionDoor) -> String {
    let value = desk.rules().value(pack, &format!("objection.door.{}", door.code()));
    value.map_or_else(|| door.code().to_owned(), |value| value.label)
}

fn code_of(ground: ObjectionGround) -> &'static str {
    match ground {
        ObjectionGround::Wrong => "wrong",
        ObjectionGround::Incomplete => "incomplete",
        ObjectionGround::Twice => "twice",
        ObjectionGround::NotToBeShown => "not_to_be_shown",
        ObjectionGround::TooLong => "too_long",
        ObjectionGround::UnlikeTheAuthoritys => "unlike_the_authoritys",
    }
}
