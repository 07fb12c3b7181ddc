//! What the monthly reports count: the first time each thing happened to a case or a certificate.

use counter_core::{
    case::{Case, CaseChange, DecisionOutcome},
    certificate::CertificateChange,
    change::{ActId, ChangeBody, ChangeBytes, LaneKind},
    lane_state::LaneState,
};
use jiff::{Unit, civil::Date};

use super::Judged;
use crate::{
    clock::day_in_china,
    report::{Figure, month_of},
    store::{HubTransaction, ReportFact, StoreError},
};

pub(super) async fn keep(transaction: &mut impl HubTransaction, judged: &Judged<'_>) -> Result<(), StoreError> {
    let Some(change) = &judged.change else {
        return Ok(());
    };
    let (figure, on) = match &change.body {
        ChangeBody::Undone(undone) => return forget(transaction, judged, undone.act).await,
        ChangeBody::Case(body) => match of_case(body) {
            Some(figure) => (figure, body.on()),
            None => return Ok(()),
        },
        ChangeBody::Certificate(CertificateChange::Issued(issued)) => (Figure::Certificates, Some(issued.issued_on)),
        ChangeBody::Certificate(_)
        | ChangeBody::Counter(_)
        | ChangeBody::Account(_)
        | ChangeBody::Visit(_)
        | ChangeBody::Record(_)
        | ChangeBody::Objection(_)
        | ChangeBody::Class(_)
        | ChangeBody::Exam(_)
        | ChangeBody::Withdrawal(_) => return Ok(()),
    };
    let on = on.unwrap_or_else(|| day_in_china(judged.at));
    let district = &judged.life.district;
    let (mut authority, mut counter, mut days) = (String::new(), judged.life.counter.0.clone(), 0);
    if judged.lane.kind == LaneKind::Case.as_str() {
        // What the authority enters here counts for the counter that took the case in.
        if let Some(known) = transaction.case_overview(district, &judged.lane.id).await? {
            (authority, counter) = (known.authority, known.counter);
        }
        if matches!(figure, Figure::Repaired | Figure::Refused)
            && let Some(LaneState::Case(case)) = judged.lane_of(transaction, LaneKind::Case).await?
        {
            days = days_taken(&case, on);
        }
    }
    let fact = ReportFact {
        kind: figure.as_str().to_owned(),
        id: judged.lane.id.clone(),
        month: month_of(on),
        arrived_in: month_of(day_in_china(judged.at)),
        log_index: judged.index,
        authority,
        counter,
        days,
    };
    transaction.put_report_fact(district, &fact).await
}

/// What the act that was taken back had done never happened; a month closed before keeps what it was closed with.
async fn forget(transaction: &mut impl HubTransaction, judged: &Judged<'_>, act: ActId) -> Result<(), StoreError> {
    let district = &judged.life.district;
    for step in transaction.steps(district, judged.lane).await? {
        let change = ChangeBytes::from_stored(step.bytes).decode();
        // An act is its counter's.
        if change.is_ok_and(|change| change.act == act && change.counter == judged.life.counter) {
            transaction
                .forget_report_fact(district, &judged.lane.id, step.index)
                .await?;
        }
    }
    Ok(())
}

fn of_case(body: &CaseChange) -> Option<Figure> {
    match body {
        CaseChange::Received(_) => Some(Figure::Received),
        CaseChange::Submitted { .. } => Some(Figure::Submitted),
        CaseChange::Accepted { .. } => Some(Figure::Accepted),
        CaseChange::Declined { .. } => Some(Figure::Declined),
        CaseChange::Decided { outcome, .. } => Some(match outcome {
            DecisionOutcome::Repaired => Figure::Repaired,
            DecisionOutcome::Refused => Figure::Refused,
        }),
        CaseChange::TakenDown { .. } => Some(Figure::TakenDown),
        CaseChange::MaterialMarked { .. }
        | CaseChange::DocumentIssued { .. }
        | CaseChange::SupplementAsked { .. }
        | CaseChange::Withdrawn { .. }
        | CaseChange::Referred { .. }
        | CaseChange::Closed { .. }
        | CaseChange::RecordChanged { .. }
        | CaseChange::Verified(_)
        | CaseChange::Insisted { .. }
        | CaseChange::Pushed { .. }
        | CaseChange::LimitExtended(_)
        | CaseChange::SiteChecked(_)
        | CaseChange::DocumentServed(_)
        | CaseChange::DocumentReprinted(_)
        | CaseChange::OriginalReturned { .. }
        | CaseChange::Reopened { .. }
        | CaseChange::Archived(_) => None,
    }
}

/// Calendar days from the submission to the decision.
fn days_taken(case: &Case, decided_on: Date) -> i64 {
    case.submission
        .as_ref()
        .and_then(|submission| decided_on.since((Unit::Day, submission.on)).ok())
        .map_or(0, |span| i64::from(span.get_days()).max(0))
}
