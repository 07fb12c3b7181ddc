//! What a change was about, as a clerk says it: whose case, which class, whose certificate.

use counter_core::{
    account::AccountChange,
    case::{CaseChange, CaseReceived},
    certificate::{CertificateChange, CertificateIssued},
    change::ChangeBody,
    class::ClassChange,
    exam::{ExamChange, ExamDrawn},
    lane_state::LaneState,
    objection::{ObjectionChange, ObjectionReceived},
    record::Record,
    record_entry::RecordChange,
    visit::VisitChange,
};

/// By what the lane has become, or, where it never came to be, by what would have begun it. Empty where neither says it.
pub(super) fn about(state: Option<&LaneState>, body: Option<&ChangeBody>) -> String {
    state
        .map(of_state)
        .or_else(|| body.and_then(of_body))
        .unwrap_or_default()
}

fn of_state(state: &LaneState) -> String {
    match state {
        LaneState::Counter(life) => life.site.clone(),
        LaneState::Account(account) => account.display_name.clone(),
        LaneState::Visit(visit) => visit.subject.name.clone(),
        LaneState::Record(entered) => of_record(&entered.record),
        LaneState::Case(case) => of_case(&case.received),
        LaneState::Objection(objection) => of_objection(&objection.received),
        LaneState::Class(class) => class.opened.title.clone(),
        LaneState::Exam(session) => of_sitting(&session.drawn),
        LaneState::Certificate(certificate) => of_certificate(&certificate.issued),
    }
}

fn of_body(body: &ChangeBody) -> Option<String> {
    match body {
        ChangeBody::Account(AccountChange::Created { display_name, .. }) => Some(display_name.clone()),
        ChangeBody::Visit(VisitChange::Opened { subject, .. }) => Some(subject.name.clone()),
        ChangeBody::Record(
            RecordChange::Entered { record, .. }
            | RecordChange::FactsConfirmed { record, .. }
            | RecordChange::Called { record, .. },
        ) => Some(of_record(record)),
        ChangeBody::Case(CaseChange::Received(received)) => Some(of_case(received)),
        ChangeBody::Objection(ObjectionChange::Received(received)) => Some(of_objection(received)),
        ChangeBody::Class(ClassChange::Opened(opened)) => Some(opened.title.clone()),
        ChangeBody::Exam(ExamChange::Drawn(drawn)) => Some(of_sitting(drawn)),
        ChangeBody::Certificate(CertificateChange::Issued(issued)) => Some(of_certificate(issued)),
        ChangeBody::Counter(_)
        | ChangeBody::Account(_)
        | ChangeBody::Visit(_)
        | ChangeBody::Record(_)
        | ChangeBody::Case(_)
        | ChangeBody::Objection(_)
        | ChangeBody::Class(_)
        | ChangeBody::Exam(_)
        | ChangeBody::Certificate(_)
        | ChangeBody::Withdrawal(_)
        | ChangeBody::Undone(_) => None,
    }
}

fn of_case(received: &CaseReceived) -> String {
    with(received.subject.name.clone(), received.record.document_no.as_deref())
}

fn of_objection(received: &ObjectionReceived) -> String {
    with(received.subject.name.clone(), received.record.document_no.as_deref())
}

fn of_record(record: &Record) -> String {
    with(
        record.subject_name.clone().unwrap_or_default(),
        record.document_no.as_deref(),
    )
}

fn of_sitting(drawn: &ExamDrawn) -> String {
    with(drawn.trainee_name.clone(), Some(&drawn.subject.name))
}

fn of_certificate(issued: &CertificateIssued) -> String {
    with(issued.trainee_name.clone(), Some(&issued.subject.name))
}

fn with(name: String, more: Option<&str>) -> String {
    match more {
        Some(more) if !more.is_empty() => format!("{name} · {more}"),
        Some(_) | None => name,
    }
}
