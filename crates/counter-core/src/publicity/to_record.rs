//! A checked row as the record that is assessed.

use super::{CheckedRow, Field, RowKind};
use crate::record::{Fen, PersonalNumber, Record};

/// The record of a penalty row; `None` for permits, which are not repaired. A value that broke a
/// rule (a date that is none, an amount that is no number) is left out: it is unknown.
pub fn to_record(checked: &CheckedRow<'_>) -> Option<Record> {
    let (row, values) = (&checked.row, &checked.values);
    if row.kind != RowKind::Penalty {
        return None;
    }
    let text = |field: Field| row.filled(field).map(str::to_owned);
    let number = |field: Field| row.filled(field).map(PersonalNumber::new);
    let kinds = match (row.filled(Field::PenaltyKinds), row.filled(Field::SecondPenaltyKinds)) {
        (Some(first), Some(second)) => Some(format!("{first};{second}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    };
    Some(Record {
        subject_name: text(Field::SubjectName),
        subject_category: text(Field::SubjectKind),
        uscc: text(Field::Uscc),
        registration_number: text(Field::RegistrationNo),
        organisation_code: text(Field::OrganisationCode),
        tax_number: text(Field::TaxNo),
        public_institution_number: text(Field::InstitutionNo),
        social_organisation_number: text(Field::SocialOrganisationNo),
        legal_representative: text(Field::LegalRepresentative),
        legal_representative_document: text(Field::LegalRepresentativeIdKind),
        legal_representative_number: number(Field::LegalRepresentativeIdNo),
        person_document: text(Field::PersonIdKind),
        person_number: number(Field::PersonIdNo),
        document_no: text(Field::DocumentNo),
        violation_type: text(Field::OffenceKind),
        violation_facts: text(Field::Facts),
        legal_basis: text(Field::Basis),
        penalty_kinds: kinds,
        penalty_content: text(Field::Content),
        fine_fen: values.fine_fen.map(Fen::new),
        confiscated_fen: values.confiscated_fen.map(Fen::new),
        licence: text(Field::Licence),
        decided_on: values.decided_on,
        valid_until_on: values.valid_until,
        published_until_on: values.public_until,
        authority_name: text(Field::Authority),
        authority_code: text(Field::AuthorityCode),
        data_source_name: text(Field::Source),
        data_source_code: text(Field::SourceCode),
        remark: text(Field::Note),
        ..Record::default()
    })
}
