//! Which papers there are to issue about a case as it stands.

use counter_core::{
    case::{Case, CaseChange, CaseState},
    document_issue::DocumentKind,
    submission_guide::guide_of,
};

/// What a 送达回证 is about: papers that have to reach the applicant.
pub(super) const TO_SERVE: [DocumentKind; 5] = [
    DocumentKind::SupplementNotice,
    DocumentKind::CorrectionNotice,
    DocumentKind::ClosingNotice,
    DocumentKind::AuthorityAcceptance,
    DocumentKind::AuthorityDeclination,
];

/// The kinds of papers, the likeliest first. `acts` as in [`crate::case::acts_of`].
pub(crate) fn offered(case: &Case, acts: &[CaseChange]) -> Vec<DocumentKind> {
    if case.stage == CaseState::Voided {
        return Vec::new();
    }
    let at_counter = case.stage == CaseState::Received;
    let is_of = |states: &[CaseState]| states.contains(&case.stage);
    let declined = case.decision.is_none() && acts.iter().any(|act| matches!(act, CaseChange::Declined { .. }));
    let has_ended = is_of(&[
        CaseState::Declined,
        CaseState::TakenDown,
        CaseState::Withdrawn,
        CaseState::Referred,
        CaseState::Closed,
    ]) || (is_of(&[CaseState::Decided]) && !case.is_repaired());
    let enters_a_site = case
        .received
        .assessment
        .front_door
        .is_some_and(|door| guide_of(door).is_some());
    let to_serve = case.documents.iter().any(|paper| TO_SERVE.contains(&paper.kind));
    [
        (DocumentKind::SupplementNotice, at_counter && case.has_gaps()),
        (DocumentKind::CorrectionNotice, case.supplement_asked.is_some()),
        (DocumentKind::ClosingNotice, has_ended),
        (DocumentKind::AuthorityDeclination, declined),
        (DocumentKind::AuthorityAcceptance, case.accepted_on.is_some()),
        (
            DocumentKind::SubmissionGuide,
            (at_counter || case.supplement_asked.is_some()) && enters_a_site,
        ),
        (DocumentKind::Commitment, true),
        (
            DocumentKind::ApplicationForm,
            at_counter || case.supplement_asked.is_some(),
        ),
        (
            DocumentKind::RepresentativeIdentity,
            at_counter || case.supplement_asked.is_some(),
        ),
        (DocumentKind::MaterialList, true),
        (DocumentKind::ServiceReturn, to_serve),
    ]
    .into_iter()
    .filter_map(|(kind, is_offered)| is_offered.then_some(kind))
    .collect()
}
