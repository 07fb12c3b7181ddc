//! When two rows are the same decision, and when they say the same about it.

use sha2::{Digest, Sha256};

use super::{Field, Row, text};

/// Names one decision: 文号, code of the subject and code of the authority (V10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RowKey(pub [u8; 16]);

/// Names what a row says; rows of one key with other content are an update.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContentHash(pub [u8; 16]);

/// The key of a row. Where 文号 is empty the whole content takes its place, so that such rows
/// are recognised when they come again and never taken for one another.
pub fn row_key(row: &Row<'_>) -> RowKey {
    let mut hash = Hash::new(row.kind.as_str());
    let document = row.get(Field::DocumentNo);
    if document.is_empty() {
        return RowKey(content_hash(row).0);
    }
    hash.part(&text::document_key(document));
    hash.part(subject_code(row));
    let authority = row
        .filled(Field::AuthorityCode)
        .unwrap_or_else(|| row.get(Field::Authority));
    hash.part(authority);
    RowKey(hash.finish())
}

/// What names the subject best: a code, otherwise the name.
pub fn subject_code<'r>(row: &'r Row<'_>) -> &'r str {
    [
        Field::Uscc,
        Field::RegistrationNo,
        Field::OrganisationCode,
        Field::PersonIdNo,
        Field::InstitutionNo,
        Field::SocialOrganisationNo,
        Field::TaxNo,
        Field::SubjectName,
    ]
    .into_iter()
    .find_map(|field| row.filled(field))
    .unwrap_or("")
}

/// A hash over every value of the row.
pub fn content_hash(row: &Row<'_>) -> ContentHash {
    let mut hash = Hash::new(row.kind.as_str());
    // The day of reporting changes with every upload and says nothing about the decision.
    for field in row.filled_fields().filter(|field| *field != Field::ReportedOn) {
        hash.field(field.code(row.kind), row.get(field));
    }
    ContentHash(hash.finish())
}

/// A hash over name, day and what was done: rows that share it under different 文号 are near-duplicates (V10).
pub fn near_duplicate_hash(row: &Row<'_>) -> Option<ContentHash> {
    let (name, day) = (row.filled(Field::SubjectName)?, row.filled(Field::DecidedOn)?);
    let facts = row.filled(Field::Facts).or_else(|| row.filled(Field::PermitDocument))?;
    let mut hash = Hash::new(row.kind.as_str());
    for part in [name, day, facts, row.get(Field::Content), row.get(Field::CertificateNo)] {
        hash.part(part);
    }
    Some(ContentHash(hash.finish()))
}

struct Hash(Sha256);

impl Hash {
    fn new(kind: &str) -> Self {
        let mut hash = Self(Sha256::new());
        hash.part(kind);
        hash
    }

    /// Length first, so that no two lists of parts look alike.
    fn part(&mut self, text: &str) {
        self.0.update((text.len() as u32).to_le_bytes());
        self.0.update(text.as_bytes());
    }

    /// The code names the field: its place in this program may change.
    fn field(&mut self, code: &str, value: &str) {
        self.0.update(code.as_bytes());
        self.part(value);
    }

    fn finish(self) -> [u8; 16] {
        let digest: [u8; 32] = self.0.finalize().into();
        let mut short = [0; 16];
        short.copy_from_slice(&digest[..16]);
        short
    }
}
