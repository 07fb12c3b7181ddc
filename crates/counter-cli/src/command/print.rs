//! `print`: a document as a PDF. One that was issued before is written again from what is kept: the same bytes.

use std::path::PathBuf;

use counter_core::document_issue::{DocumentKind, IssuedDocument};
use counter_desk::{
    Actor, Desk,
    case::case_detail::case_detail,
    certificate::certificate_file::certificate_file,
    paper::issue::{issue_case_paper, issue_continuation_receipt, issue_slip, issue_visit_receipt, paper_bytes},
    permission::Permission,
};
use serde_json::json;

use crate::{arguments::Common, failure::Failure, file, say::Answer};

pub fn print(common: &Common, no: &str, kind: &str, out: Option<PathBuf>) -> Result<Answer, Failure> {
    let known = DocumentKind::ALL.into_iter().find(|known| known.as_str() == kind);
    let kind = known.ok_or_else(|| {
        let words: Vec<&str> = DocumentKind::ALL.iter().map(|kind| kind.as_str()).collect();
        Failure::arguments(format!("没有这种文书：{kind}。可用：{}", words.join("、")))
    })?;
    let (issued, pdf) = if kind == DocumentKind::TrainingCertificate {
        certificate_file(&common.reading()?, no)?.ok_or_else(|| Failure::coded("not_found", no))?
    } else {
        let (desk, actor) = common.acting(Permission::Receive)?;
        let issued = issue(&desk, &actor, no, kind)?;
        let pdf = paper_bytes(&desk, &issued.file.sha256)?;
        (issued, pdf)
    };
    let out = out.unwrap_or_else(|| PathBuf::from(format!("{}-{}.pdf", issued.number, kind.as_str())));
    file::write(&out, &pdf)?;
    let json = json!({
        "file": out.display().to_string(),
        "sha256": issued.file.sha256,
        "kind": kind.as_str(),
        "pack": issued.pack,
        "number": issued.number,
    });
    Ok(Answer::new(json, format!("{}已写入 {}。", kind.title(), out.display())))
}

fn issue(desk: &Desk, actor: &Actor, no: &str, kind: DocumentKind) -> Result<IssuedDocument, Failure> {
    if kind == DocumentKind::AcceptanceReceipt {
        // A receipt names all cases of the visit; any of them leads to it.
        let visit = case_detail(desk, no)?.map_or_else(|| no.to_owned(), |case| case.visit);
        return Ok(issue_visit_receipt(desk, actor, &visit)?);
    }
    if kind == DocumentKind::ArchiveVolume {
        let case = case_detail(desk, no)?.ok_or_else(|| Failure::coded("not_found", no))?;
        let volume = case.archive.ok_or_else(|| Failure::coded("case_not_closed", no))?;
        return Ok(IssuedDocument {
            kind,
            number: case.no,
            file: volume.file,
            pack: case.pack,
            says: None,
        });
    }
    if kind == DocumentKind::ContinuationReceipt {
        return Ok(issue_continuation_receipt(desk, actor, no)?);
    }
    if matches!(kind, DocumentKind::AdviceSlip | DocumentKind::ReferralSlip) {
        return Ok(issue_slip(desk, actor, no, kind, None)?);
    }
    Ok(issue_case_paper(desk, actor, no, kind)?)
}
