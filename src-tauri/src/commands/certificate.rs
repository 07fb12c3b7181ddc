//! Training certificates.

use counter_desk::{
    Coded,
    certificate::{
        certificate_file::certificate_file,
        certificate_list::{self, CertificateListItem},
        issue_certificates::{IssuedCertificates, issue_certificates},
        verify_certificate::{self, VerificationView},
    },
    permission::Permission,
};
use tauri::{AppHandle, State};

use super::paper;
use crate::{app::App, error::CommandError};

/// Longer files are no certificate.
const LONGEST_CERTIFICATE: u64 = 16 * 1024 * 1024;

/// Issues certificates to all who passed and have none.
#[tauri::command]
#[specta::specta]
pub async fn certificate_issue(app: State<'_, App>, class_no: String) -> Result<IssuedCertificates, CommandError> {
    app.act(Permission::Train, move |desk, actor| {
        issue_certificates(desk, actor, &class_no)
    })
    .await
}

/// The certificates, of one class or all.
#[tauri::command]
#[specta::specta]
pub async fn certificate_list(
    app: State<'_, App>,
    class_no: Option<String>,
) -> Result<Vec<CertificateListItem>, CommandError> {
    app.act(Permission::Read, move |desk, _| {
        certificate_list::certificate_list(desk, class_no.as_deref())
    })
    .await
}

/// Opens a certificate in the system's viewer.
#[tauri::command]
#[specta::specta]
pub async fn certificate_open(handle: AppHandle, app: State<'_, App>, no: String) -> Result<(), CommandError> {
    let wanted = no.clone();
    let found = app
        .act(Permission::Read, move |desk, _| certificate_file(desk, &wanted))
        .await?;
    let (_, bytes) = found.ok_or_else(|| CommandError::new("not_found", &no))?;
    paper::show(&handle, &no, &format!("{no}.pdf"), &bytes)
}

/// Verifies the text of a QR.
#[tauri::command]
#[specta::specta]
pub async fn verify_text(app: State<'_, App>, text: String) -> Result<VerificationView, CommandError> {
    app.ask(move |desk| verify_certificate::verify_text(desk, &text)).await
}

/// Verifies a certificate's PDF.
#[tauri::command]
#[specta::specta]
pub async fn verify_pdf(app: State<'_, App>, path: String) -> Result<VerificationView, CommandError> {
    app.ask(move |desk| {
        let bytes = read_certificate(&path)?;
        verify_certificate::verify_pdf(desk, &bytes).map_err(VerifyFile::Store)
    })
    .await
}

#[derive(Debug, thiserror::Error)]
enum VerifyFile {
    #[error("{0} cannot be read")]
    Unreadable(String),
    #[error("{0} is too long")]
    TooLong(String),
    #[error(transparent)]
    Store(counter_store::StoreError),
}

impl Coded for VerifyFile {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "file_unreadable",
            Self::TooLong(_) => "file_too_long",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unreadable(path) | Self::TooLong(path) => path.clone(),
            Self::Store(error) => error.to_string(),
        }
    }
}

fn read_certificate(path: &str) -> Result<Vec<u8>, VerifyFile> {
    let unreadable = |_| VerifyFile::Unreadable(path.to_owned());
    if std::fs::metadata(path).map_err(unreadable)?.len() > LONGEST_CERTIFICATE {
        return Err(VerifyFile::TooLong(path.to_owned()));
    }
    std::fs::read(path).map_err(unreadable)
}
