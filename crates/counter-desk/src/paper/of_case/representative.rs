//! 法定代表人身份证明书, pre-filled as far as the record names the representative.

use counter_documents::{
    document::Document,
    paper::{
        Issue,
        representative_identity::{RepresentativeIdentity, representative_identity},
    },
};

use super::CaseFile;

pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Document {
    let received = &file.case.received;
    representative_identity(&RepresentativeIdentity {
        issue,
        subject: Some(received.subject.name.clone()),
        uscc: received.subject.uscc.clone(),
        address: None,
        legal_representative: received.record.legal_representative.clone(),
        post: None,
        id_no: None,
        phone: None,
        valid_until: None,
    })
}
