//! The checklist of a case: the papers its pack asks for, each with how a gap is filled and the rule that asks.

use counter_core::{
    assess::Assessment,
    case::{Material, MaterialMark},
    pack::{Rule, RuleBook, citation_words},
};

/// The papers for a record with this assessment, none of them brought yet.
pub fn checklist(assessment: &Assessment, rules: &RuleBook) -> Vec<Material> {
    let pack = assessment.pack.as_deref().and_then(|id| rules.pack(id));
    assessment
        .materials
        .iter()
        .map(|asked| {
            let rule = pack.and_then(|pack| pack.rule(&format!("material.{}", asked.code)));
            Material {
                code: asked.code.clone(),
                name: asked.name.clone(),
                required: asked.required,
                note: (!asked.note.is_empty()).then(|| asked.note.clone()),
                how_to: rule.and_then(|rule| rule.how_to.clone()).unwrap_or_default(),
                basis: rule
                    .map(|rule| citation_words(&rule.citation.source, &rule.citation.article))
                    .unwrap_or_default(),
                unverified: rule.is_none_or(Rule::is_doubtful),
                mark: MaterialMark::default(),
            }
        })
        .collect()
}
