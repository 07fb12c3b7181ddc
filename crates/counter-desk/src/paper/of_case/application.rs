//! 信用修复申请表, pre-filled. The agent's numbers are sealed, so the telephone is written by hand.

use counter_documents::{
    document::Document,
    paper::{
        Issue,
        application_form::{Application, application_form},
    },
};

use super::CaseFile;

pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Document {
    let received = &file.case.received;
    let record = &received.record;
    application_form(&Application {
        issue,
        case_no: Some(file.case.no.clone()),
        subject: Some(match received.named_as() {
            Some(named_as) => format!("{}（决定书上的名称：{named_as}）", received.subject.name),
            None => received.subject.name.clone(),
        }),
        uscc: received.subject.uscc.clone(),
        address: None,
        legal_representative: record.legal_representative.clone(),
        agent: file.agent_name(),
        agent_phone: None,
        decision_no: record.document_no.clone(),
        decided_on: record.decided_on,
        authority: record.authority_name.clone(),
        content: record.penalty_content.clone(),
        performance: None,
    })
}
