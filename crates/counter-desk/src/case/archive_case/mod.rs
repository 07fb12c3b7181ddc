//! 归档: the papers and scans of a closed case bound into one volume behind cover and catalogue.

use std::collections::HashMap;

use counter_core::{
    attachment::AttachmentRef,
    case::{ArchiveVolume, Case, CaseChange, CaseState},
    change::ChangeBody,
    document_issue::IssuedDocument,
    visit::Visit,
};
use counter_documents::{
    RenderError,
    paper::{
        Issue,
        archive_cover::{ArchiveCover, CatalogueEntry, archive_cover},
    },
    volume::{Part, VolumeError, bind_volume, page_count},
};
use counter_store::{ReadTx, RecordError, StoreError, table::setting};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Coded, Desk, case,
    coded::from_store_error,
    date_of,
    paper::{issue_of, party},
    visit::visit_view,
};

/// The box and the retention last chosen are offered again.
const LAST_BOX: &str = "archive_box";
const LAST_RETENTION: &str = "archive_retention";

/// How a volume is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Shelving {
    /// 盒号.
    pub box_number: String,
    /// 保管期限 in years; none for ever (永久).
    pub retention_years: Option<u16>,
}

/// No volume was bound.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveCaseError {
    /// No such case.
    #[error("there is no case {0}")]
    Unknown(String),
    /// It is not closed.
    #[error("the case {0} is not closed")]
    NotClosed(String),
    /// The box is left out.
    #[error("the number of the box is missing")]
    NoBox,
    /// It changed while it was bound.
    #[error("the case {0} changed meanwhile")]
    Changed(String),
    /// Cover or catalogue cannot be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The parts cannot be put together.
    #[error(transparent)]
    Volume(#[from] VolumeError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(ArchiveCaseError);

impl Coded for ArchiveCaseError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not_found",
            Self::NotClosed(_) => "case_not_closed",
            Self::NoBox => "archive_no_box",
            Self::Changed(_) => "case_changed_meanwhile",
            Self::Render(error) => error.code(),
            Self::Volume(_) => "volume_not_bound",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(no) | Self::NotClosed(no) | Self::Changed(no) => no.clone(),
            Self::NoBox => String::new(),
            Self::Render(error) => error.detail(),
            Self::Volume(error) => error.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// What was chosen for the last volume, to be offered for the next.
///
/// # Errors
/// When the store cannot be read.
pub fn last_shelving(desk: &Desk) -> Result<Shelving, StoreError> {
    desk.store().read(|tx| {
        let retention = setting::get(tx, LAST_RETENTION)?.and_then(|years| years.parse().ok());
        Ok(Shelving {
            box_number: setting::get(tx, LAST_BOX)?.unwrap_or_default(),
            retention_years: retention,
        })
    })
}

/// Binds the volume of the closed case `no` and writes down where it is kept.
///
/// What cannot be bound, such as a locked PDF, is named in the catalogue's note and stays where it is.
///
/// # Errors
/// [`ArchiveCaseError`]; the case is not archived then.
pub fn archive_case(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    shelving: &Shelving,
) -> Result<ArchiveVolume, ArchiveCaseError> {
    let box_number = shelving.box_number.trim().to_owned();
    if box_number.is_empty() {
        return Err(ArchiveCaseError::NoBox);
    }
    // Binding takes as long as the scans are many: nobody waits for it to write.
    let read = desk.store().read(|tx| read(desk, tx, actor, no))?;
    let (case, issue, leaves) = read.ok_or_else(|| ArchiveCaseError::Unknown(no.to_owned()))?;
    if case.stage != CaseState::Closed {
        return Err(ArchiveCaseError::NotClosed(no.to_owned()));
    }
    let today = issue.issued_on;
    let (bytes, pages) = bind(desk, &case, issue, leaves, shelving, &box_number)?;
    let name = format!("{no}-卷宗.pdf");
    let file = desk.store().attachments().put(&name, "application/pdf", &bytes)?;
    let volume = ArchiveVolume {
        file,
        box_number: box_number.clone(),
        retention_years: shelving.retention_years,
        pages,
        on: today,
    };
    let act = desk.act(actor);
    desk.store().write(|tx| {
        if case::load(tx, no)?.as_ref() != Some(&case) {
            return Err(ArchiveCaseError::Changed(no.to_owned()));
        }
        let years = shelving.retention_years.map(|years| years.to_string());
        setting::set(tx, LAST_BOX, &box_number)?;
        setting::set(tx, LAST_RETENTION, &years.unwrap_or_default())?;
        let body = ChangeBody::Case(CaseChange::Archived(volume.clone()));
        tx.record(&act, case::lane(no), body)?;
        Ok(volume)
    })
}

/// A paper or scan on its way into the volume.
struct Leaf {
    title: String,
    number: Option<String>,
    on: Option<Date>,
    file: AttachmentRef,
}

type Read = (Case, Issue, Vec<Leaf>);

fn read(desk: &Desk, tx: &ReadTx<'_>, actor: &Actor, no: &str) -> Result<Option<Read>, StoreError> {
    let Some(case) = case::load(tx, no)? else {
        return Ok(None);
    };
    let issue = issue_of(
        desk,
        tx,
        actor,
        case.received.assessment.pack.clone(),
        case.received.data_as_of,
    )?;
    let visit = visit_view::load(tx, &case.received.visit)?;
    let days = days_of_papers(tx, no)?;
    let leaves = leaves(&case, visit.as_ref(), &days);
    Ok(Some((case, issue, leaves)))
}

/// The receipt, then what was issued, then what was brought, each in its order.
fn leaves(case: &Case, visit: Option<&Visit>, days: &HashMap<String, Date>) -> Vec<Leaf> {
    let paper = |paper: &IssuedDocument| Leaf {
        title: paper.kind.title().to_owned(),
        number: Some(paper.number.clone()),
        on: days.get(&paper.file.sha256).copied(),
        file: paper.file.clone(),
    };
    let of_visit = visit.iter().flat_map(|visit| &visit.documents).map(|issued| Leaf {
        on: Some(case.received.received_on),
        ..paper(issued)
    });
    let brought = case.materials.iter().flat_map(|material| {
        let several = material.mark.scans.len() > 1;
        material.mark.scans.iter().zip(1..).map(move |(scan, nth)| Leaf {
            title: if several {
                format!("{}（{nth}）", material.name)
            } else {
                material.name.clone()
            },
            number: None,
            on: None,
            file: scan.clone(),
        })
    });
    of_visit
        .chain(case.documents.iter().map(paper))
        .chain(brought)
        .collect()
}

/// The day each paper of the case was issued, by its file.
fn days_of_papers(tx: &ReadTx<'_>, no: &str) -> Result<HashMap<String, Date>, StoreError> {
    let mut days = HashMap::new();
    for stored in tx.changes_of(&case::lane(no))? {
        let decoded = stored.stored.decode();
        let change = decoded.map_err(|error| StoreError::Contradiction(format!("change {}: {error}", stored.seq)))?;
        if let ChangeBody::Case(CaseChange::DocumentIssued { document }) = change.body
            && let Ok(at) = jiff::Timestamp::from_millisecond(change.made_at)
        {
            days.entry(document.file.sha256).or_insert_with(|| date_of(at));
        }
    }
    Ok(days)
}

fn bind(
    desk: &Desk,
    case: &Case,
    issue: Issue,
    leaves: Vec<Leaf>,
    shelving: &Shelving,
    box_number: &str,
) -> Result<(Vec<u8>, u32), ArchiveCaseError> {
    let mut bound = Vec::with_capacity(leaves.len());
    let mut left_out = Vec::new();
    let mut catalogue = Vec::with_capacity(leaves.len());
    let mut next = 1;
    for leaf in leaves {
        let bytes = desk.store().attachments().get(&leaf.file.sha256)?;
        match page_count(&Part {
            name: &leaf.title,
            bytes: &bytes,
        }) {
            Ok(pages) => {
                catalogue.push(CatalogueEntry {
                    title: leaf.title.clone(),
                    number: leaf.number,
                    on: leaf.on,
                    from: next,
                    to: next + pages.max(1) - 1,
                });
                next += pages;
                bound.push((leaf.title, bytes));
            }
            Err(error) => {
                tracing::warn!(%error, case = case.no, "a scan is left out of the volume");
                left_out.push(format!("{}（{}）", leaf.title, leaf.file.name));
            }
        }
    }
    let record = &case.received.record;
    let of_record = [&record.document_no, &record.authority_name].into_iter().flatten();
    let retention = shelving
        .retention_years
        .map_or_else(|| "永久".to_owned(), |years| format!("{years} 年"));
    let closed_on = issue.issued_on;
    let cover = archive_cover(&ArchiveCover {
        issue,
        title: format!("{}信用修复办件卷", case.received.subject.name),
        case_no: case.no.clone(),
        subject: party(&case.received.subject),
        record: of_record.cloned().collect::<Vec<_>>().join("，"),
        box_no: Some(box_number.to_owned()),
        retention: Some(retention),
        opened_on: Some(case.received.received_on),
        closed_on: Some(case.last_act_on.min(closed_on)),
        pages: next - 1,
        catalogue,
        note: (!left_out.is_empty()).then(|| format!("下列扫描件不能装订，另存：{}", left_out.join("、"))),
    });
    let renderer = desk.renderer()?;
    let front = renderer.render(&cover)?;
    let parts: Vec<Part<'_>> = bound.iter().map(|(name, bytes)| Part { name, bytes }).collect();
    let volume = bind_volume(renderer, &front, &parts)?;
    Ok((volume.bytes, volume.front_pages + volume.pages))
}
