//! Rows as departments write them: the layout of 2021.

use counter_core::publicity::{Field, RowKind};

/// The values of one row; what is not there is empty.
pub(super) type SheetRow = Vec<(Field, String)>;

const PENALTY: &[Field] = &[
    Field::SubjectName,
    Field::SubjectKind,
    Field::Uscc,
    Field::RegistrationNo,
    Field::OrganisationCode,
    Field::TaxNo,
    Field::InstitutionNo,
    Field::SocialOrganisationNo,
    Field::LegalRepresentative,
    Field::LegalRepresentativeIdKind,
    Field::LegalRepresentativeIdNo,
    Field::PersonIdKind,
    Field::PersonIdNo,
    Field::DocumentNo,
    Field::OffenceKind,
    Field::Facts,
    Field::Basis,
    Field::PenaltyKinds,
    Field::Content,
    Field::Fine,
    Field::Confiscated,
    Field::Licence,
    Field::DecidedOn,
    Field::ValidUntil,
    Field::PublicUntil,
    Field::Authority,
    Field::AuthorityCode,
    Field::Source,
    Field::SourceCode,
    Field::Note,
];
const PERMIT: &[Field] = &[
    Field::SubjectName,
    Field::SubjectKind,
    Field::Uscc,
    Field::RegistrationNo,
    Field::OrganisationCode,
    Field::TaxNo,
    Field::InstitutionNo,
    Field::SocialOrganisationNo,
    Field::LegalRepresentative,
    Field::LegalRepresentativeIdKind,
    Field::LegalRepresentativeIdNo,
    Field::PersonIdKind,
    Field::PersonIdNo,
    Field::PermitDocument,
    Field::DocumentNo,
    Field::PermitKind,
    Field::Certificate,
    Field::CertificateNo,
    Field::Content,
    Field::DecidedOn,
    Field::ValidFrom,
    Field::ValidUntil,
    Field::Authority,
    Field::AuthorityCode,
    Field::Status,
    Field::Source,
    Field::SourceCode,
    Field::Note,
];

/// The columns of a sheet of this kind.
pub(super) fn columns(kind: RowKind) -> &'static [Field] {
    match kind {
        RowKind::Penalty => PENALTY,
        RowKind::Permit => PERMIT,
    }
}

/// The header and the rows as lists of cells.
pub(super) fn cells(kind: RowKind, rows: &[SheetRow]) -> impl Iterator<Item = Vec<&str>> {
    let header = columns(kind).iter().map(|field| field.header_of(kind)).collect();
    std::iter::once(header).chain(rows.iter().map(move |row| {
        let value = |field: &Field| {
            row.iter()
                .find(|(known, _)| known == field)
                .map_or("", |(_, value)| value.as_str())
        };
        columns(kind).iter().map(value).collect()
    }))
}

/// The sheet as csv text.
pub(super) fn to_csv(kind: RowKind, rows: &[SheetRow]) -> String {
    let mut out = String::with_capacity(rows.len() * 400 + 1024);
    for row in cells(kind, rows) {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            if cell.contains([',', '"', '\n', '\r']) {
                out.push('"');
                out.push_str(&cell.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(cell);
            }
        }
        out.push_str("\r\n");
    }
    out
}
