//! V02 and V03: the codes and what they say about the subject.

use super::{Notes, Values};
use crate::{
    identifier::{IdentifierError, OrganisationCode, RegistrationNumber, ResidentId, Uscc},
    publicity::{Field, Level, Row, Rule, SubjectKind, text},
};

pub(super) fn check(row: &mut Row<'_>, values: &mut Values, notes: &mut Notes<'_>) {
    credit_code(row, values, notes);
    other_codes(row, notes);
    subject_kind(row, values, notes);
}

fn credit_code(row: &Row<'_>, values: &mut Values, notes: &mut Notes<'_>) {
    let Some(code) = row.filled(Field::Uscc) else { return };
    // What a spreadsheet cut off is named by V17 already.
    if text::is_scientific(code) {
        return;
    }
    if is_credit_code(code) {
        values.uscc_is_valid = true;
        return;
    }
    match Uscc::parse(code) {
        Ok(_) => values.uscc_is_valid = true,
        Err(error) => {
            let reason = format!(
                "{}；行政相对人代码_1(统一社会信用代码)不正确，请对照营业执照或登记证书核对",
                said(&error)
            );
            notes.add(row, Field::Uscc, Rule::V02, Level::Reject, &reason);
        }
    }
}

/// Whether `code` is a right credit code as it stands. [`Uscc::parse`] says the same and more; this asks
/// without taking memory, three times a row.
fn is_credit_code(code: &str) -> bool {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let bytes = code.as_bytes();
    if bytes.len() != 18 {
        return false;
    }
    let (mut sum, mut weight) = (0, 1);
    for byte in &bytes[..17] {
        let Some(value) = ALPHABET.iter().position(|letter| letter == byte) else {
            return false;
        };
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET[(31 - sum % 31) % 31] == bytes[17]
}

fn said(error: &IdentifierError) -> String {
    match error {
        IdentifierError::Length { expected, found } => format!("应为{expected}位，实际{found}位"),
        IdentifierError::Character { position, character } => {
            format!("第{position}位“{character}”不是该代码可用的字符")
        }
        IdentifierError::Check { expected, found } => format!("校验位不符（应为{expected}，实际{found}）"),
        IdentifierError::BirthDate => "出生日期部分不存在".to_owned(),
    }
}

/// The other codes are not what the receiver checks: a wrong one is worth a look, no more. Old
/// 个体户 codes break the check of GB 11714 lawfully.
fn other_codes(row: &Row<'_>, notes: &mut Notes<'_>) {
    let warn = |notes: &mut Notes<'_>, field: Field, error: &IdentifierError| {
        notes.add(row, field, Rule::V02, Level::Warn, &format!("{}，请核对", said(error)));
    };
    for field in [Field::AuthorityCode, Field::SourceCode] {
        if let Some(code) = row.filled(field)
            && !is_credit_code(code)
            && let Err(error) = Uscc::parse(code)
        {
            warn(notes, field, &error);
        }
    }
    if let Some(code) = row.filled(Field::OrganisationCode)
        && let Err(error) = OrganisationCode::parse(code)
    {
        warn(notes, Field::OrganisationCode, &error);
    }
    if let Some(code) = row.filled(Field::RegistrationNo).filter(|code| code.len() == 15)
        && let Err(error) = RegistrationNumber::parse(code)
    {
        warn(notes, Field::RegistrationNo, &error);
    }
    let is_resident = row
        .filled(Field::PersonIdKind)
        .is_none_or(|kind| kind.contains("身份证") && !kind.contains("永久"));
    if let Some(code) = row
        .filled(Field::PersonIdNo)
        .filter(|code| is_resident && !text::is_scientific(code))
        && let Err(error) = ResidentId::parse(code)
    {
        warn(notes, Field::PersonIdNo, &error);
    }
}

fn subject_kind(row: &mut Row<'_>, values: &mut Values, notes: &mut Notes<'_>) {
    let given = row.subject_kind();
    let by_code = match row.get(Field::Uscc).get(..2) {
        Some("92") => Some(SubjectKind::IndividualBusiness),
        Some("91") => Some(SubjectKind::Organisation),
        _ => None,
    };
    if let (Some(given), Some(by_code)) = (given, by_code)
        && given != by_code
        && values.uscc_is_valid
    {
        let start = &row.get(Field::Uscc)[..2];
        let reason = format!(
            "填的是“{}”，而{start}开头的代码属于{}；请核对类别和代码",
            given.name(),
            by_code.name()
        );
        notes.add(row, Field::SubjectKind, Rule::V03, Level::Reject, &reason);
    }
    // 个体户 are reported in the sheet of the 法人: there the code decides.
    let by_sheet = match notes.layout.subject_kind {
        Some(SubjectKind::Organisation) => by_code.or(Some(SubjectKind::Organisation)),
        other => other,
    };
    let by_content = || {
        let person = row.filled(Field::PersonIdNo).is_some() && row.filled(Field::Uscc).is_none();
        if person {
            SubjectKind::Person
        } else {
            SubjectKind::Organisation
        }
    };
    let kind = given.or(by_sheet).or(by_code).unwrap_or_else(by_content);
    values.subject_kind = Some(kind);
    if row.filled(Field::SubjectKind).is_none() && !notes.layout.has(Field::SubjectKind) {
        row.correct(Field::SubjectKind, kind.name());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_quick_answer_is_the_full_one(serial in "[0-9A-HJ-NP-RTUWXY]{8}", last in "[0-9A-Z]") {
            let code = Uscc::compose("91", "440104", &serial).unwrap();
            prop_assert!(is_credit_code(code.as_str()));
            let other = format!("{}{last}", &code.as_str()[..17]);
            prop_assert_eq!(is_credit_code(&other), Uscc::parse(&other).is_ok());
        }
    }
}
