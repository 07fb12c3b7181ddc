//! 破产重整、和解: a path of its own for subjects with a court's ruling, as the rule packs tell it.

use counter_core::pack::{CitedValue, RuleBook, Status, citation_words};
use serde::Serialize;

/// Whose values tell the path: the frame that the packs in force cite.
const FRAME: &str = "sc-22-2025";

/// The path.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BankruptcyPath {
    /// Where to go.
    pub door: String,
    /// What follows from the ruling.
    pub effect: String,
    /// What to bring.
    pub papers: Vec<BankruptcyPaper>,
    /// Where it is written.
    pub source: String,
    /// Whether some of it still has to be checked against the official text.
    pub unverified: bool,
}

/// A paper to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BankruptcyPaper {
    /// Its name.
    pub name: String,
    /// Whether it still has to be checked that it is asked for.
    pub unverified: bool,
}

/// The path as the rules tell it; `None` where they tell of none.
pub fn bankruptcy_path(rules: &RuleBook) -> Option<BankruptcyPath> {
    let value = |key: &str| rules.value(FRAME, key);
    let (door, effect) = (value("bankruptcy.door")?, value("bankruptcy.shielding")?);
    let papers = rules.pack(FRAME)?.group("bankruptcy.paper");
    let papers: Vec<BankruptcyPaper> = papers
        .map(|rule| BankruptcyPaper {
            name: rule.value.to_string(),
            unverified: rule.is_doubtful(),
        })
        .collect();
    let doubtful = |value: &CitedValue| value.status == Status::Recalled || value.conflict.is_some();
    Some(BankruptcyPath {
        unverified: doubtful(&door) || doubtful(&effect),
        source: citation_words(&effect.source, &effect.article),
        door: door.display,
        effect: effect.display,
        papers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_tell_the_path_and_the_ruling_is_among_its_papers() {
        let path = bankruptcy_path(&RuleBook::shipped()).unwrap();
        assert!(path.door.contains("信用中国"));
        assert!(path.papers.iter().any(|paper| paper.name.contains("裁定书")));
    }
}
