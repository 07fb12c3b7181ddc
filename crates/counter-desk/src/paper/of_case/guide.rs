//! 网上填报指引, for whoever enters the request where this window is not at hand. Numbers of persons stay hidden on it.

use counter_documents::{
    document::Document,
    paper::{
        Issue,
        submission_guide::{Field, Guide, submission_guide},
    },
};

use super::CaseFile;
use crate::{case::submission_guide::of_case, paper::party};

/// `None` where the door is no site.
pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Option<Document> {
    let guide = of_case(file.case, file.agent)?;
    Some(submission_guide(&Guide {
        issue,
        case_no: file.case.no.clone(),
        subject: party(&file.case.received.subject),
        site: guide.site,
        fields: guide
            .fields
            .into_iter()
            .map(|field| Field {
                label: field.label,
                value: field.value.unwrap_or_default(),
                note: field.note,
            })
            .collect(),
        uploads: guide.uploads.into_iter().map(|upload| upload.name).collect(),
        unverified: guide.unverified,
    }))
}
