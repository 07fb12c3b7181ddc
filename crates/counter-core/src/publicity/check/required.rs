//! V01: what must be filled in, by edition and kind of subject.

use super::{Notes, Values};
use crate::publicity::{Field, Finding, Layout, LayoutVersion, Level, Row, RowKind, Rule, SubjectKind};

const PENALTY_SINCE_2018: &[Field] = &[
    Field::SubjectKind,
    Field::DocumentNo,
    Field::OffenceKind,
    Field::Facts,
    Field::Basis,
    Field::PenaltyKinds,
    Field::Content,
    Field::DecidedOn,
    Field::ValidUntil,
    Field::Authority,
    Field::AuthorityCode,
    Field::Source,
    Field::SourceCode,
];
const PENALTY_BEFORE_2018: &[Field] = &[
    Field::DocumentNo,
    Field::CaseTitle,
    Field::PenaltyKinds,
    Field::Facts,
    Field::Basis,
    Field::Content,
    Field::DecidedOn,
    Field::Authority,
];
const PERMIT_SINCE_2018: &[Field] = &[
    Field::SubjectKind,
    Field::PermitDocument,
    Field::DocumentNo,
    Field::PermitKind,
    Field::Content,
    Field::DecidedOn,
    Field::ValidFrom,
    Field::ValidUntil,
    Field::Authority,
    Field::AuthorityCode,
    Field::Status,
    Field::Source,
    Field::SourceCode,
];
const PERMIT_BEFORE_2018: &[Field] = &[
    Field::DocumentNo,
    Field::CaseTitle,
    Field::Content,
    Field::DecidedOn,
    Field::Authority,
];
/// Without these a decision is neither named nor assessed.
const ESSENTIAL: &[Field] = &[Field::DocumentNo, Field::DecidedOn];

fn required_of(kind: RowKind, version: LayoutVersion) -> &'static [Field] {
    match (kind, version.is_old()) {
        (RowKind::Penalty, false) => PENALTY_SINCE_2018,
        (RowKind::Penalty, true) => PENALTY_BEFORE_2018,
        (RowKind::Permit, false) => PERMIT_SINCE_2018,
        (RowKind::Permit, true) => PERMIT_BEFORE_2018,
    }
}

/// Whether the sheet lacks a column without which no row of it can be reported.
pub(super) fn lacks_essential_column(layout: &Layout) -> bool {
    ESSENTIAL.iter().any(|field| !layout.has(*field))
        || !(layout.has(Field::Authority) || layout.has(Field::AuthorityCode))
}

/// The required columns the sheet lacks: one finding a column, not one a row.
pub fn missing_columns(layout: &Layout, sheet: &str, header_row: u32) -> Vec<Finding> {
    required_of(layout.kind, layout.version)
        .iter()
        .filter(|field| !layout.has(**field) && **field != Field::SubjectKind)
        .map(|field| {
            let column = field.header_of(layout.kind);
            let essential = ESSENTIAL.contains(field);
            let (level, reason) = if essential {
                (Level::Reject, "缺少该列，本表所有行均作待核记录；请补上该列后重新导入")
            } else {
                (Level::Warn, "缺少该列；按报送标准为必填项，上报前须补齐")
            };
            Finding {
                sheet: sheet.to_owned(),
                row: header_row,
                column: column.to_owned(),
                rule: Rule::V01,
                level,
                message: format!("第{header_row}行表头中没有“{column}”，{reason}"),
                original: None,
                corrected: None,
            }
        })
        .collect()
}

pub(super) fn check(row: &Row<'_>, values: &Values, notes: &mut Notes<'_>) {
    for field in required_of(row.kind, notes.layout.version).iter().copied() {
        if row.filled(field).is_none() && notes.layout.has(field) {
            notes.add(row, field, Rule::V01, Level::Reject, "为空；该项必填，请补填");
        }
    }
    let lacks = |field: Field| row.filled(field).is_none() && notes.layout.has(field);
    let (lacks_code, lacks_number) = (lacks(Field::Uscc), lacks(Field::PersonIdNo));
    match values.subject_kind {
        Some(SubjectKind::Organisation | SubjectKind::IndividualBusiness) if lacks_code => {
            credit_code_missing(row, notes)
        }
        Some(SubjectKind::Person) if lacks_number => {
            notes.add(
                row,
                Field::PersonIdNo,
                Rule::V01,
                Level::Reject,
                "为空；自然人必须填证件号码，请补填",
            );
        }
        Some(SubjectKind::Organisation | SubjectKind::IndividualBusiness | SubjectKind::Person) | None => {}
    }
    if values.subject_kind == Some(SubjectKind::Organisation)
        && row.filled(Field::LegalRepresentative).is_none()
        && notes.layout.has(Field::LegalRepresentative)
        && row.kind == RowKind::Penalty
    {
        notes.add(
            row,
            Field::LegalRepresentative,
            Rule::V01,
            Level::Warn,
            "为空；法人及非法人组织应填法定代表人，请补填",
        );
    }
    let kinds = row.get(Field::PenaltyKinds);
    if (kinds.contains("暂扣") || kinds.contains("吊销"))
        && row.filled(Field::Licence).is_none()
        && notes.layout.has(Field::Licence)
    {
        notes.add(
            row,
            Field::Licence,
            Rule::V01,
            Level::Warn,
            "为空；处罚类别含暂扣或吊销证照时应填证照名称及编号，请补填",
        );
    }
}

/// Before 2018 many subjects had no credit code yet; another code names them too.
fn credit_code_missing(row: &Row<'_>, notes: &mut Notes<'_>) {
    let other = [
        Field::RegistrationNo,
        Field::OrganisationCode,
        Field::InstitutionNo,
        Field::SocialOrganisationNo,
        Field::TaxNo,
    ]
    .into_iter()
    .any(|field| row.filled(field).is_some());
    if other {
        notes.add(
            row,
            Field::Uscc,
            Rule::V01,
            Level::Warn,
            "为空，仅有其他代码；请查询后补填统一社会信用代码",
        );
    } else {
        notes.add(
            row,
            Field::Uscc,
            Rule::V01,
            Level::Reject,
            "为空；法人、非法人组织和个体工商户必填，请补填",
        );
    }
}
