//! 无记录: what the applicant was looked up by, of which day the data are, and what to do now.

use counter_core::{
    case::SITES,
    document_issue::{DocumentKind, IssuedDocument},
    identifier::Uscc,
    number::NumberFamily,
    subject_snapshot::SubjectSnapshot,
    visit::{VisitChange, VisitEnd},
};
use counter_documents::paper::no_record_slip::{NoRecord, no_record_slip};
use counter_store::table::dataset;
use serde::Deserialize;

use super::{IssuePaperError, NewPaper, keep, on_visit};
use crate::{
    Actor, Desk,
    paper::{issue_of, party, place},
    visit::{open_visit, visit_view},
};

/// Who was looked up, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NoRecordInput {
    /// The name as the applicant says it.
    pub name: String,
    /// 统一社会信用代码; empty where it is not at hand.
    pub uscc: String,
    /// 文号 that was asked for; empty where the applicant does not know it.
    pub document_no: String,
    /// The authority the applicant names.
    pub authority: String,
    /// The visit it is a paper of; none where the visit is this question alone.
    pub visit: Option<String>,
}

/// 咨询单 that says what was not found. On a visit it is one of its papers and ends it; without one it is a visit of its
/// own. Either ends as 无记录.
///
/// # Errors
/// [`IssuePaperError`]; no visit is left open then.
pub fn issue_no_record_slip(
    desk: &Desk,
    actor: &Actor,
    input: &NoRecordInput,
) -> Result<IssuedDocument, IssuePaperError> {
    let filled = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let name = filled(&input.name).ok_or(IssuePaperError::Missing("name"))?;
    let uscc = filled(&input.uscc).map(|code| Uscc::parse(&code));
    let uscc = uscc
        .transpose()
        .map_err(|_| IssuePaperError::BadUscc(input.uscc.clone()))?;
    let subject = SubjectSnapshot {
        uscc: uscc.map(|code| code.to_string()),
        name,
    };
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let data_until = dataset::list(tx)?
            .into_iter()
            .filter_map(|dataset| dataset.data_as_of)
            .max();
        let issue = issue_of(desk, tx, actor, None, data_until)?;
        let place = place::load(tx)?;
        let year = desk.clock().today().year();
        let no = match &input.visit {
            Some(no) => {
                visit_view::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.clone()))?;
                no.clone()
            }
            None => open_visit::open(tx, &act, year, subject.clone(), None)?,
        };
        let number = tx.next_number(NumberFamily::Slip, year)?;
        let document = no_record_slip(&NoRecord {
            come_to: place.bring_to(&issue.office),
            issue,
            number: number.clone(),
            subject: party(&subject),
            document_no: filled(&input.document_no),
            authority: filled(&input.authority),
            sites: SITES.map(str::to_owned).to_vec(),
            data_until,
            contact: place.contact(),
        });
        let paper = NewPaper {
            kind: DocumentKind::AdviceSlip,
            number,
            pack: None,
            document: &document,
            says: None,
        };
        let issued = keep(desk, paper)?;
        let document = issued.clone();
        on_visit(tx, &act, &no, VisitChange::DocumentIssued { document })?;
        let end = VisitEnd::NoRecord;
        on_visit(tx, &act, &no, VisitChange::Ended { end })?;
        Ok(issued)
    })
}
