//! 送达回证: the latest of each paper that has to reach the applicant; how it came there is filled in by hand, or stands
//! there already where it was entered.

use counter_core::{case::ServiceWay, document_issue::IssuedDocument};
use counter_documents::{
    document::Document,
    paper::{
        Issue,
        service_return::{ServedPaper, ServiceReturn, Way, service_return},
    },
};

use super::{CaseFile, offered::TO_SERVE};
use crate::paper::party;

pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Document {
    let case = file.case;
    let latest: Vec<&IssuedDocument> = TO_SERVE
        .into_iter()
        .filter_map(|kind| case.documents.iter().rev().find(|paper| paper.kind == kind))
        .collect();
    // What was served is not served again; once all is, the return tells how.
    let is_served = |paper: &&&IssuedDocument| case.served.iter().any(|one| one.sha256 == paper.file.sha256);
    let unserved: Vec<&IssuedDocument> = latest.iter().filter(|paper| !is_served(paper)).copied().collect();
    let (papers, served) = if unserved.is_empty() {
        (latest, case.served.last())
    } else {
        (unserved, None)
    };
    service_return(&ServiceReturn {
        servers: vec![issue.clerk.clone()],
        issue,
        number: Some(case.no.clone()),
        recipient: party(&case.received.subject),
        papers: papers
            .into_iter()
            .map(|paper| ServedPaper {
                kind: paper.kind.title().to_owned(),
                number: Some(paper.number.clone()),
                copies: 1,
            })
            .collect(),
        way: served.map(|served| way(served.way)),
        place: None,
        served_on: served.map(|served| served.on),
        note: served.map(|served| format!("由{}签收", served.to)),
    })
}

fn way(way: ServiceWay) -> Way {
    match way {
        ServiceWay::InPerson => Way::InPerson,
        ServiceWay::Post => Way::Post,
        ServiceWay::Electronic => Way::Electronic,
        ServiceWay::Left => Way::Left,
    }
}
