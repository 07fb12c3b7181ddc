//! A penalty row as the record that is assessed.

use super::{CellKind, CheckedRow, Field, RowKind, amount, date};
use crate::record::{Fen, PersonalNumber, Record};

/// The record of a penalty row; `None` for permits, which are not repaired. A value that broke a
/// rule (a date that is none, an amount that is no number) is left out: it is unknown.
pub fn to_record(checked: &CheckedRow<'_>) -> Option<Record> {
    let row = &checked.row;
    (row.kind == RowKind::Penalty).then(|| record_of(|field| row.filled(field)))
}

pub(super) fn record_of<'r>(filled: impl Fn(Field) -> Option<&'r str>) -> Record {
    let text = |field: Field| filled(field).map(str::to_owned);
    let number = |field: Field| filled(field).map(PersonalNumber::new);
    let day = |field: Field| {
        filled(field)
            .and_then(|text| date::read(text, CellKind::Text))
            .map(|read| read.day)
    };
    let fen = |field: Field| {
        filled(field)
            .and_then(|text| amount::read_wan(text, CellKind::Text).ok())
            .map(|read| Fen::new(read.fen))
    };
    let kinds = match (filled(Field::PenaltyKinds), filled(Field::SecondPenaltyKinds)) {
        (Some(first), Some(second)) => Some(format!("{first};{second}")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_owned()),
        (None, None) => None,
    };
    Record {
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
        fine_fen: fen(Field::Fine),
        confiscated_fen: fen(Field::Confiscated),
        licence: text(Field::Licence),
        decided_on: day(Field::DecidedOn),
        valid_until_on: day(Field::ValidUntil),
        published_until_on: day(Field::PublicUntil),
        authority_name: text(Field::Authority),
        authority_code: text(Field::AuthorityCode),
        data_source_name: text(Field::Source),
        data_source_code: text(Field::SourceCode),
        remark: text(Field::Note),
        ..Record::default()
    }
}
