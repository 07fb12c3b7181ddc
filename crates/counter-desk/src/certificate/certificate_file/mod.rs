//! The paper of a certificate, as it was issued: a reprint has the same bytes.

use counter_core::document_issue::IssuedDocument;
use counter_store::StoreError;

use crate::Desk;

/// The paper of the certificate `no` and its PDF, or `None`.
///
/// # Errors
/// When the store cannot be read.
pub fn certificate_file(desk: &Desk, no: &str) -> Result<Option<(IssuedDocument, Vec<u8>)>, StoreError> {
    let Some(certificate) = desk.store().read(|tx| super::load(tx, no))? else {
        return Ok(None);
    };
    let document = certificate.issued.document;
    let pdf = desk.store().attachments().get(&document.file.sha256)?;
    Ok(Some((document, pdf)))
}
