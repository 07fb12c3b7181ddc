//! The checklist of a case: the papers its pack asks for, each with how a gap is filled and the rule that asks.

use counter_core::{
    assess::{Assessment, paper_is_called_for},
    case::{Hint, Material, MaterialMark},
    pack::{Rule, RuleBook, RulePack, citation_words},
    record::Record,
};

/// The papers for `record` with this assessment, none of them brought yet.
pub fn checklist(record: &Record, assessment: &Assessment, rules: &RuleBook) -> Vec<Material> {
    let pack = assessment.pack_in(rules);
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
                hints: pack.map(|pack| hints(pack, &asked.code, record)).unwrap_or_default(),
                mark: MaterialMark::default(),
            }
        })
        .collect()
}

/// The papers of which one serves for all records of the subject, by their codes.
pub fn of_subject(assessment: &Assessment, rules: &RuleBook) -> Vec<String> {
    let pack = assessment.pack_in(rules);
    let serves_all = |code: &&String| {
        pack.and_then(|pack| pack.rule(&format!("material.{code}")))
            .is_some_and(|rule| rule.of_subject)
    };
    let codes = assessment.materials.iter().map(|asked| &asked.code);
    codes.filter(serves_all).cloned().collect()
}

fn hints(pack: &RulePack, material: &str, record: &Record) -> Vec<Hint> {
    pack.group(&format!("hint.{material}"))
        .filter(|rule| paper_is_called_for(rule.when.as_ref(), record))
        .map(|rule| Hint {
            code: rule.code().to_owned(),
            question: rule.label.clone(),
            advice: rule.value.to_string(),
            basis: citation_words(&rule.citation.source, &rule.citation.article),
            unverified: rule.is_doubtful(),
        })
        .collect()
}
