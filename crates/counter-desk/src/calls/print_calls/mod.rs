//! 到期联系单: the list of today on paper, to call by. Rendered and handed out, never kept.

use counter_core::record_entry::{Call, CallOutcome};
use counter_documents::paper::call_sheet::{CallLine, CallSheet, call_sheet};

use super::call_list::{CallEntry, call_list};
use crate::{
    Actor, Desk,
    paper::{issue_of, sheet::SheetError},
};

/// The list of today as a PDF.
///
/// # Errors
/// [`SheetError`].
pub fn call_sheet_pdf(desk: &Desk, actor: &Actor) -> Result<Vec<u8>, SheetError> {
    let list = call_list(desk)?;
    let issue = desk.store().read(|tx| issue_of(desk, tx, actor, None, None))?;
    let today = issue.issued_on;
    let sheet = call_sheet(&CallSheet {
        issue,
        until: list.until.parse().unwrap_or(today),
        calls: list.entries.into_iter().filter_map(line).collect(),
    });
    Ok(desk.renderer()?.render(&sheet)?)
}

fn line(entry: CallEntry) -> Option<CallLine> {
    Some(CallLine {
        eligible_on: entry.eligible_on.parse().ok()?,
        last_call: entry.calls.last().map(last_call),
        contact: entry
            .contact
            .map(|contact| format!("{} {}", contact.name, contact.phone_masked)),
        subject: entry.name,
        decision_no: entry.doc_no,
        unverified: entry.unverified,
        watched: entry.watched,
    })
}

fn last_call(call: &Call) -> String {
    let outcome = match call.outcome {
        CallOutcome::Told => "已告知",
        CallOutcome::NoAnswer => "无人接听",
        CallOutcome::WrongNumber => "号码不对",
        CallOutcome::NotWanted => "无意办理",
    };
    format!("{} {outcome}", call.on)
}
