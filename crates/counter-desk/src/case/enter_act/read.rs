//! From what was typed in to the change it makes.

use counter_core::case::{
    CaseChange, DecisionOutcome, DocumentServed, LimitExtension, OriginalReturned, SiteChecked, Verification,
};
use jiff::civil::Date;

use super::EnterAct;
use crate::typed::{TypedFault, day, filled, past_day};

/// The change that `act` makes, entered on `today` by the person called `by`.
pub(super) fn change_of(act: EnterAct, today: Date, clerk: &str) -> Result<CaseChange, TypedFault> {
    let past = |text: String| past_day(&text, today);
    Ok(match act {
        EnterAct::Submit { site, number, on } => CaseChange::Submitted {
            site: filled("site", &site)?,
            number: filled("number", &number)?,
            on: past(on)?,
        },
        EnterAct::Accept { by, on, number } => CaseChange::Accepted {
            by: filled("by", &by)?,
            on: past(on)?,
            number: number
                .map(|number| number.trim().to_owned())
                .filter(|number| !number.is_empty()),
        },
        EnterAct::Decline { by, on, reason } => CaseChange::Declined {
            by: filled("by", &by)?,
            on: past(on)?,
            reason: filled("reason", &reason)?,
        },
        EnterAct::AskSupplement { by, on, reason } => CaseChange::SupplementAsked {
            by: filled("by", &by)?,
            on: past(on)?,
            reason: filled("reason", &reason)?,
        },
        EnterAct::Decide {
            by,
            on,
            outcome,
            reason,
        } => {
            // A repair granted needs no reason; a refusal always has one.
            let reason = match outcome {
                DecisionOutcome::Repaired => reason.trim().to_owned(),
                DecisionOutcome::Refused => filled("reason", &reason)?,
            };
            CaseChange::Decided {
                by: filled("by", &by)?,
                on: past(on)?,
                outcome,
                reason,
            }
        }
        EnterAct::TakeDown { sites, on } => {
            let sites: Vec<String> = sites.into_iter().filter(|site| !site.trim().is_empty()).collect();
            if sites.is_empty() {
                return Err(TypedFault::Empty("sites"));
            }
            CaseChange::TakenDown { sites, on: past(on)? }
        }
        EnterAct::Withdraw { on, reason } => CaseChange::Withdrawn {
            reason: filled("reason", &reason)?,
            on: past(on)?,
        },
        EnterAct::Refer { office, on, reason } => CaseChange::Referred {
            office: filled("office", &office)?,
            reason: filled("reason", &reason)?,
            on: past(on)?,
        },
        EnterAct::Close { on, note } => CaseChange::Closed {
            note: note.trim().to_owned(),
            on: past(on)?,
        },
        EnterAct::Verify {
            on,
            seen,
            result,
            note,
            evidence,
        } => CaseChange::Verified(Verification {
            by: clerk.to_owned(),
            on: past(on)?,
            seen: filled("seen", &seen)?,
            evidence,
            result,
            note: note.trim().to_owned(),
        }),
        EnterAct::Insist { on, note } => CaseChange::Insisted {
            note: filled("note", &note)?,
            on: past(on)?,
        },
        EnterAct::Push { to, on } => CaseChange::Pushed {
            to: filled("to", &to)?,
            on: past(on)?,
        },
        EnterAct::Extend {
            limit,
            until,
            by,
            reason,
            on,
        } => CaseChange::LimitExtended(LimitExtension {
            limit: filled("limit", &limit)?,
            // The new end lies ahead.
            until: day(&until)?,
            by: filled("by", &by)?,
            reason: filled("reason", &reason)?,
            on: past(on)?,
        }),
        EnterAct::LookAtSite { site, on, still_shown } => CaseChange::SiteChecked(SiteChecked {
            site: filled("site", &site)?,
            on: past(on)?,
            still_shown,
        }),
        EnterAct::Serve { sha256, to, way, on } => CaseChange::DocumentServed(DocumentServed {
            sha256: filled("document", &sha256)?,
            to: filled("to", &to)?,
            way,
            on: past(on)?,
        }),
        EnterAct::ReturnOriginal { code, to, on } => CaseChange::OriginalReturned {
            code: filled("material", &code)?,
            returned: OriginalReturned {
                to: filled("to", &to)?,
                on: past(on)?,
            },
        },
        EnterAct::Reopen { on, reason } => CaseChange::Reopened {
            reason: filled("reason", &reason)?,
            on: past(on)?,
        },
    })
}
