//! A field of law suggested from the record where nobody chose one. A suggestion is named as unknown, so that a person
//! looks at it; it is made only from plain words of the violation's type or from the authority.

use crate::{
    pack::RulePack,
    record::{Domain, Record},
};

/// Suggests the domain of a record that has none, with what the suggestion rests on.
///
/// Food, drugs and special equipment count where the market regulators act in those duties (58号令 Q&A of the national
/// centre), so only their decisions are taken for such; work safety where the emergency authority's fine reaches the
/// pack's threshold.
pub fn suggested_domain(
    record: &Record,
    authority_family: Option<&str>,
    pack: &RulePack,
) -> Option<(Domain, &'static str)> {
    let violation = record.violation_type.as_deref().unwrap_or_default();
    match authority_family? {
        "market_regulation" | "drug_regulation" => {
            const WORDS: [(&str, Domain); 5] = [
                ("食品", Domain::Food),
                ("药品", Domain::Drug),
                ("特种设备", Domain::SpecialEquipment),
                ("强制性产品认证", Domain::CompulsoryCertification),
                ("强制性认证", Domain::CompulsoryCertification),
            ];
            let word = WORDS.into_iter().find(|(word, _)| violation.contains(word));
            word.map(|(_, domain)| (domain, "违法行为类型"))
        }
        "fire" => Some((Domain::Fire, "处罚机关")),
        "environment" => Some((Domain::Environment, "处罚机关")),
        "emergency" => is_serious_for_work_safety(record, pack).then_some((Domain::WorkSafety, "处罚机关和罚款数额")),
        "construction" => violation
            .contains("工程质量")
            .then_some((Domain::ConstructionQuality, "违法行为类型")),
        _ => None,
    }
}

fn is_serious_for_work_safety(record: &Record, pack: &RulePack) -> bool {
    match pack
        .rule("threshold.work_safety_fine")
        .and_then(|rule| rule.value.as_amount())
    {
        Some(threshold) => record.fine_fen.is_some_and(|fine| fine >= threshold),
        None => record
            .violation_type
            .as_deref()
            .is_some_and(|violation| violation.contains("安全生产")),
    }
}
