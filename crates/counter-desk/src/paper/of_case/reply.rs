//! 受理 and 不予受理, told to the applicant. Whose act it is the pack says: the notice is the counter's own only where
//! the pack lets the counter accept.

use counter_core::{
    case::{CaseChange, running_limits},
    pack::{Act, Actor as Doer},
};
use counter_documents::{
    document::Document,
    paper::{
        Basis, Issue,
        advice_slip::Reason,
        authority_reply::{Acceptance, Actor, Declination, Reply, authority_acceptance, authority_declination},
    },
};
use jiff::civil::Date;

use super::CaseFile;
use crate::paper::party;

/// `None` where nobody accepted.
pub(super) fn acceptance(issue: Issue, file: &CaseFile<'_>) -> Option<Document> {
    let accepted = file.acts.iter().rev().find_map(|act| {
        if let CaseChange::Accepted { by, on, number } = act {
            Some((by, *on, number.clone()))
        } else {
            None
        }
    });
    let (by, on, number) = accepted?;
    let limits = running_limits(&file.case.clock(), file.rules);
    let result = limits
        .iter()
        .find(|limit| limit.name == "decision")
        .or_else(|| limits.iter().find(|limit| limit.name == "overall"));
    Some(authority_acceptance(&Acceptance {
        result_due_on: result.and_then(|limit| limit.due_on),
        due_unverified: result.is_some_and(|limit| limit.unverified),
        reply: reply(issue, file, by, number, on),
    }))
}

/// `None` where nobody declined.
pub(super) fn declination(issue: Issue, file: &CaseFile<'_>) -> Option<Document> {
    let declined = file.acts.iter().rev().find_map(|act| {
        if let CaseChange::Declined { by, on, reason } = act {
            Some((by, *on, reason))
        } else {
            None
        }
    });
    let (by, on, reason) = declined?;
    Some(authority_declination(&Declination {
        reasons: vec![Reason {
            text: reason.clone(),
            basis: Basis {
                source: format!("{by}的答复"),
                unverified: false,
            },
        }],
        remedies: file.remedies(),
        reply: reply(issue, file, by, None, on),
    }))
}

fn reply(issue: Issue, file: &CaseFile<'_>, by: &str, notice_no: Option<String>, acted_on: Date) -> Reply {
    let case = file.case;
    let submission = case.submission.as_ref();
    Reply {
        issue,
        case_no: case.no.clone(),
        subject: party(&case.received.subject),
        decision: file.decision(),
        actor: counters_own(file).unwrap_or_else(|| Actor::Authority {
            name: by.to_owned(),
            notice_no,
        }),
        acted_on,
        submitted_on: submission.map(|submission| submission.on),
        door: submission.map(|submission| submission.site.clone()),
        contact: file.place.contact(),
        qr_text: Some(file.code.clone()),
    }
}

/// The counter as who accepts, where the pack says so.
fn counters_own(file: &CaseFile<'_>) -> Option<Actor> {
    let pack = file.case.received.assessment.pack_in(file.rules)?;
    if pack.actor(Act::Accept)? != Doer::Counter {
        return None;
    }
    let value = file.value("act.accept.by")?;
    Some(Actor::Counter {
        basis: file.basis(&value).source,
    })
}
