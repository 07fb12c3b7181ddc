//! The papers an answer asks for.

use super::{
    super::{Material, Verdict, classify::paper_is_called_for, question::Question, standing::Standing},
    told::Told,
};
use crate::pack::Rule;

/// The papers for the answer: none where there is nothing to apply for here.
pub(super) fn materials(
    question: &Question<'_>,
    standing: &Standing<'_>,
    verdict: Verdict,
    told: &mut Told,
) -> Vec<Material> {
    if let Some(referral) = question.referral {
        return hand_over(&referral.hand_over);
    }
    match verdict {
        Verdict::Eligible | Verdict::NotYet | Verdict::ConditionsMissing | Verdict::Refer => {}
        Verdict::NotRepairable | Verdict::NotPublished | Verdict::Ended | Verdict::Undetermined => return Vec::new(),
    }
    let applies = |rule: &&Rule| rule.value.applies_to(standing.class);
    let papers: Vec<&Rule> = standing.pack.group("material").filter(applies).collect();
    papers
        .into_iter()
        .map(|rule| {
            told.consult(rule);
            Material {
                code: rule.code().to_owned(),
                name: rule.label.clone(),
                required: rule.required && paper_is_called_for(rule.when.as_ref(), question.record),
                note: rule.note.clone().unwrap_or_default(),
            }
        })
        .collect()
}

/// What an applicant takes along to another office.
pub(super) fn hand_over(papers: &[String]) -> Vec<Material> {
    let numbered = papers.iter().enumerate();
    numbered
        .map(|(index, name)| Material {
            code: format!("hand_over_{}", index + 1),
            name: name.clone(),
            required: true,
            note: String::new(),
        })
        .collect()
}
