//! What came of an objection, in the words of its papers.

use counter_core::objection::{InquiryFinding, Objection, ObjectionGround, ObjectionOutcome as Came};
use counter_documents::paper::{
    Basis,
    advice_slip::Reason,
    objection_form::Ground,
    objection_reply::{ChangedItem, ObjectionOutcome},
};
use jiff::civil::Date;

pub(super) fn ground(ground: ObjectionGround) -> Ground {
    match ground {
        ObjectionGround::Wrong => Ground::Wrong,
        ObjectionGround::Incomplete => Ground::Incomplete,
        ObjectionGround::Twice => Ground::Twice,
        ObjectionGround::NotToBeShown => Ground::NotToBeShown,
        ObjectionGround::TooLong => Ground::TooLong,
        ObjectionGround::UnlikeTheAuthoritys => Ground::UnlikeTheAuthoritys,
    }
}

/// What came of it, who decided that and when.
pub(super) fn outcome(objection: &Objection) -> Option<(ObjectionOutcome, Option<String>, Option<Date>)> {
    if objection.withdrawn.is_some() {
        return Some((ObjectionOutcome::Withdrawn, None, Some(objection.last_act_on)));
    }
    if let Some((by, on, reason)) = &objection.declined {
        let reason = reason.clone();
        return Some((ObjectionOutcome::Declined { reason }, Some(by.clone()), Some(*on)));
    }
    let decision = objection.decision.as_ref()?;
    let outcome = match decision.outcome {
        Came::Corrected => ObjectionOutcome::Corrected,
        Came::Deleted => ObjectionOutcome::Deleted,
        Came::Completed => ObjectionOutcome::Completed,
        Came::Upheld => ObjectionOutcome::Upheld {
            reason: decision.reason.clone(),
        },
    };
    Some((outcome, Some(decision.by.clone()), Some(decision.on)))
}

/// What was put right, item by item.
pub(super) fn changes(objection: &Objection) -> Vec<ChangedItem> {
    let came = objection.decision.as_ref().map(|decision| decision.outcome);
    let after = |claimed: &str| match came {
        Some(Came::Corrected | Came::Completed) => Some(claimed.to_owned()),
        Some(Came::Deleted) => Some(String::new()),
        Some(Came::Upheld) | None => None,
    };
    let disputed = objection.received.disputed.iter();
    disputed
        .filter_map(|item| {
            Some(ChangedItem {
                item: item.item.clone(),
                before: item.as_shown.clone(),
                after: after(&item.as_claimed)?,
            })
        })
        .collect()
}

/// What the providers found, and what the decision says.
pub(super) fn reasons(objection: &Objection) -> Vec<Reason> {
    let found = objection.inquiries.iter().filter_map(|inquiry| {
        let reply = inquiry.reply.as_ref()?;
        let finding = match reply.finding {
            InquiryFinding::Right => "一致，无误",
            InquiryFinding::Corrected => "有误，已更正",
            InquiryFinding::ToBeTakenDown => "应予撤下",
            InquiryFinding::NotOurs => "非本单位提供",
        };
        let note = if reply.note.is_empty() {
            String::new()
        } else {
            format!("：{}", reply.note)
        };
        Some(reason(
            format!("{}核查结果：{finding}{note}。", inquiry.to),
            &inquiry.to,
            reply.on,
        ))
    });
    let decided = objection.decision.iter().filter(|decision| !decision.reason.is_empty());
    let decided = decided.map(|decision| reason(decision.reason.clone(), &decision.by, decision.on));
    found.chain(decided).collect()
}

fn reason(text: String, by: &str, on: Date) -> Reason {
    Reason {
        text,
        basis: Basis {
            source: format!("{by} {on} 的答复"),
            unverified: false,
        },
    }
}
