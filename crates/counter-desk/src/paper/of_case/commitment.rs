//! 信用承诺书, pre-filled; also before there is a case.

use counter_core::{record::Record, subject_snapshot::SubjectSnapshot};
use counter_documents::{
    document::Document,
    paper::{
        Decision, Issue,
        commitment::{self, Commitment},
    },
};

use crate::paper::party;

pub(in crate::paper) fn commitment(
    issue: Issue,
    case_no: Option<&str>,
    subject: &SubjectSnapshot,
    record: &Record,
    decision: Decision,
) -> Document {
    commitment::commitment(&Commitment {
        issue,
        case_no: case_no.map(str::to_owned),
        addressee: decision.authority.clone(),
        subject: party(subject),
        legal_representative: record.legal_representative.clone(),
        decision,
    })
}
