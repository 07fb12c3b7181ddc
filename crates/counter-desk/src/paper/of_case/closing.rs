//! 办结通知: how a case ended, by whose act, and what the sites showed.

use counter_core::case::{Case, CaseChange, DecisionOutcome, SITES};
use counter_documents::{
    document::Document,
    paper::{
        Issue, SiteLook, SiteState,
        closing_notice::{ClosingNotice, Outcome, closing_notice},
    },
};
use jiff::civil::Date;

use super::CaseFile;
use crate::paper::party;

/// `None` where no act ended it.
pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Option<Document> {
    let case = file.case;
    let ending = file.acts.iter().rev().find_map(ending)?;
    let may_disagree = matches!(ending.outcome, Outcome::Refused | Outcome::Declined);
    let was_repaired = ending.outcome == Outcome::Granted;
    Some(closing_notice(&ClosingNotice {
        issue,
        case_no: case.no.clone(),
        subject: party(&case.received.subject),
        decision: file.decision(),
        outcome: ending.outcome,
        decided_by: ending.by,
        decided_no: None,
        decided_on: Some(ending.on),
        reason: Some(ending.reason).filter(|reason| !reason.is_empty()),
        sites: if was_repaired {
            sites(case, file.acts)
        } else {
            Vec::new()
        },
        originals: held(case),
        remedies: if may_disagree { file.remedies() } else { Vec::new() },
        contact: file.place.contact(),
        qr_text: Some(file.code.clone()),
    }))
}

struct Ending {
    outcome: Outcome,
    by: Option<String>,
    on: Date,
    reason: String,
}

/// How an act ends a case; `None` for one that ends none.
fn ending(act: &CaseChange) -> Option<Ending> {
    let ending = |outcome, by: Option<&String>, on: &Date, reason: &String| {
        Some(Ending {
            outcome,
            by: by.cloned(),
            on: *on,
            reason: reason.clone(),
        })
    };
    if let CaseChange::Decided {
        by,
        on,
        outcome,
        reason,
    } = act
    {
        let outcome = match outcome {
            DecisionOutcome::Repaired => Outcome::Granted,
            DecisionOutcome::Refused => Outcome::Refused,
        };
        return ending(outcome, Some(by), on, reason);
    }
    if let CaseChange::Declined { by, on, reason } = act {
        return ending(Outcome::Declined, Some(by), on, reason);
    }
    if let CaseChange::Referred { office, on, reason } = act {
        return ending(Outcome::Referred, Some(office), on, reason);
    }
    if let CaseChange::Withdrawn { on, reason } = act {
        return ending(Outcome::Withdrawn, None, on, reason);
    }
    None
}

/// How the record stood on each site when somebody last looked.
fn sites(case: &Case, acts: &[CaseChange]) -> Vec<SiteLook> {
    let taken_down = acts.iter().rev().find_map(|act| {
        if let CaseChange::TakenDown { sites, on } = act {
            Some((sites, *on))
        } else {
            None
        }
    });
    SITES
        .into_iter()
        .map(|site| {
            let gone = taken_down.filter(|(sites, _)| sites.iter().any(|seen| seen == site));
            let looked = case.sites_checked.iter().rev().find(|looked| looked.site == site);
            let (state, looked_on) = match (gone, looked) {
                (Some((_, on)), _) => (SiteState::Gone, Some(on)),
                (None, Some(looked)) if looked.still_shown => (SiteState::StillShown, Some(looked.on)),
                (None, Some(looked)) => (SiteState::Gone, Some(looked.on)),
                (None, None) => (SiteState::NotLooked, None),
            };
            SiteLook {
                site: site.to_owned(),
                state,
                looked_on,
            }
        })
        .collect()
}

fn held(case: &Case) -> Vec<String> {
    let held = case.materials.iter().filter(|material| material.mark.holds_original());
    held.map(|material| material.name.clone()).collect()
}
