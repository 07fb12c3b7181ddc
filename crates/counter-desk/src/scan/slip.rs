//! A slip read from its code: by which its cases go on at any window, also one that does not know them.

use counter_core::{
    case::{Case, CaseState, Material, MaterialMark},
    pack::{Rule, RuleBook, citation_words},
};
use counter_store::StoreError;
use hub_api::{
    certificate_envelope::{Envelope, SlipCase, SlipPayload},
    trust::{VerificationStatus, verify_envelope},
};
use serde::Serialize;

use crate::{Desk, case, certificate::trust};

/// What a slip says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScannedSlip {
    /// Its number.
    pub number: String,
    /// The applicant's name then.
    pub name: String,
    /// The applicant's code.
    pub uscc: Option<String>,
    /// The day of issue.
    pub issued_on: String,
    /// Whether it was signed by a window that this counter knows. What it says of cases that are not known here may be
    /// believed only then.
    pub trusted: bool,
    /// The cases.
    pub cases: Vec<ScannedCase>,
}

/// A case on a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScannedCase {
    /// Its number.
    pub no: String,
    /// Whether this counter knows it; then what follows is as it stands now, otherwise as the slip says.
    pub known: bool,
    /// How far it is, where it is known.
    pub state: Option<CaseState>,
    /// 文号 of its record.
    pub decision_number: Option<String>,
    /// The day it was taken in.
    pub received_on: Option<String>,
    /// What is missing.
    pub gaps: Vec<Material>,
    /// The names of what was taken in.
    pub taken: Vec<String>,
    /// Whether papers can be taken in for it.
    pub takes_papers: bool,
}

/// `None` where the signature does not hold.
pub(super) fn of(desk: &Desk, envelope: &Envelope, payload: &SlipPayload) -> Result<Option<ScannedSlip>, StoreError> {
    let (list, _) = trust::believed(desk, Some(envelope))?;
    let status = verify_envelope(envelope, &list, desk.clock().today()).status;
    if status == VerificationStatus::Invalid {
        return Ok(None);
    }
    let trusted = status.holds();
    desk.store().read(|tx| {
        let mut cases = Vec::with_capacity(payload.cases.len());
        for named in &payload.cases {
            cases.push(match case::load(tx, &named.case)? {
                Some(case) => known(&case),
                None => unknown(named, desk.rules(), trusted),
            });
        }
        Ok(Some(ScannedSlip {
            number: payload.number.clone(),
            name: payload.name.clone(),
            uscc: payload.uscc.clone(),
            issued_on: payload.issued_on.to_string(),
            trusted,
            cases,
        }))
    })
}

fn known(case: &Case) -> ScannedCase {
    ScannedCase {
        no: case.no.clone(),
        known: true,
        state: Some(case.state()),
        decision_number: case.received.record.document_no.clone(),
        received_on: Some(case.received.received_on.to_string()),
        gaps: case.gaps().cloned().collect(),
        taken: case
            .materials
            .iter()
            .filter(|material| !material.is_gap() && material.mark != MaterialMark::default())
            .map(|material| material.name.clone())
            .collect(),
        takes_papers: case.stage == CaseState::Received || case.supplement_asked.is_some(),
    }
}

fn unknown(named: &SlipCase, rules: &RuleBook, trusted: bool) -> ScannedCase {
    let taken = named.taken.as_ref();
    let pack = taken.and_then(|taken| taken.pack.as_deref());
    let name = |code: &String| rule(rules, pack, code).map_or_else(|| code.clone(), |rule| rule.label.clone());
    ScannedCase {
        no: named.case.clone(),
        known: false,
        state: None,
        decision_number: taken.and_then(|taken| taken.document_no.clone()),
        received_on: taken.map(|taken| taken.received_on.to_string()),
        gaps: named.gaps.iter().map(|code| missing(rules, pack, code)).collect(),
        taken: taken.iter().flat_map(|taken| &taken.received).map(name).collect(),
        takes_papers: trusted,
    }
}

/// The rule that asks for a paper: of the case's pack, or of the newest that knows it.
fn rule<'r>(rules: &'r RuleBook, pack: Option<&str>, code: &str) -> Option<&'r Rule> {
    let key = format!("material.{code}");
    let own = pack.and_then(|id| rules.pack(id)).and_then(|pack| pack.rule(&key));
    own.or_else(|| rules.packs().iter().find_map(|pack| pack.rule(&key)))
}

fn missing(rules: &RuleBook, pack: Option<&str>, code: &str) -> Material {
    let rule = rule(rules, pack, code);
    Material {
        code: code.to_owned(),
        name: rule.map_or_else(|| code.to_owned(), |rule| rule.label.clone()),
        required: true,
        note: rule.and_then(|rule| rule.note.clone()),
        how_to: rule.and_then(|rule| rule.how_to.clone()).unwrap_or_default(),
        basis: rule
            .map(|rule| citation_words(&rule.citation.source, &rule.citation.article))
            .unwrap_or_default(),
        unverified: rule.is_none_or(Rule::is_doubtful),
        hints: Vec::new(),
        mark: MaterialMark::default(),
    }
}
