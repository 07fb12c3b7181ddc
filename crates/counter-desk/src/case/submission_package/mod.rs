//! 材料包: the scans of a case as the door wants them, pages in PDF under plain names, in one zip.

use std::io::{Cursor, Write};

use counter_core::{attachment::AttachmentRef, document_issue::DocumentKind};
use counter_documents::volume::{Fault, image_page};
use counter_store::StoreError;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::submission_guide::uploads;
use crate::{
    Actor, Coded, Desk, case,
    paper::issue::{IssuePaperError, issue_case_paper, paper_bytes},
};

/// A package and the name it is saved under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The name of the file.
    pub name: String,
    /// The zip.
    pub bytes: Vec<u8>,
}

/// There is no package.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// No such case.
    #[error("there is no case {0}")]
    Unknown(String),
    /// No paper of the case was scanned.
    #[error("the case {0} has no scan")]
    NoScan(String),
    /// A scan cannot be made a page.
    #[error("{name}: {fault}")]
    Scan {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// The guide that goes along was not issued.
    #[error(transparent)]
    Guide(#[from] IssuePaperError),
    /// The zip could not be put together.
    #[error(transparent)]
    Zip(#[from] ZipError),
    /// A scan is not kept here, or the store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for PackageError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not_found",
            Self::NoScan(_) => "no_scan",
            Self::Scan { .. } => "scan_not_readable",
            Self::Guide(error) => error.code(),
            Self::Zip(_) => "package_not_made",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(no) | Self::NoScan(no) => no.clone(),
            Self::Scan { name, .. } => name.clone(),
            Self::Guide(error) => error.detail(),
            Self::Zip(error) => error.to_string(),
            Self::Store(error) => Coded::detail(error),
        }
    }
}

/// Puts the package of the case `no` together, the guide in front.
///
/// # Errors
/// [`PackageError`].
pub fn submission_package(desk: &Desk, actor: &Actor, no: &str) -> Result<Package, PackageError> {
    let case = desk.store().read(|tx| case::load(tx, no))?;
    let case = case.ok_or_else(|| PackageError::Unknown(no.to_owned()))?;
    let files: Vec<(String, &AttachmentRef)> = uploads(&case).into_iter().flat_map(|(_, files)| files).collect();
    if files.is_empty() {
        return Err(PackageError::NoScan(no.to_owned()));
    }
    let guide = issue_case_paper(desk, actor, no, DocumentKind::SubmissionGuide)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Scans are packed already; deflating them again takes time and gains nothing.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut add = |name: &str, bytes: &[u8]| -> Result<(), PackageError> {
        zip.start_file(name, options)?;
        zip.write_all(bytes).map_err(ZipError::from)?;
        Ok(())
    };
    add("00-网上填报指引.pdf", &paper_bytes(desk, &guide.file.sha256)?)?;
    for (name, scan) in files {
        let content = desk.store().attachments().get(&scan.sha256)?;
        add(&name, &as_pages(scan, content)?)?;
    }
    Ok(Package {
        name: format!("{no}-网上提交材料.zip"),
        bytes: zip.finish()?.into_inner(),
    })
}

/// A PDF as it is; a picture as a page.
fn as_pages(scan: &AttachmentRef, content: Vec<u8>) -> Result<Vec<u8>, PackageError> {
    if scan.media_type == "application/pdf" {
        return Ok(content);
    }
    image_page(&content).map_err(|fault| PackageError::Scan {
        name: scan.name.clone(),
        fault,
    })
}
