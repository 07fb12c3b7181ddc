//! Which subject a row names.

use counter_core::publicity::{CheckedRow, Field, RowKey, SubjectKind, text};

/// The identity of the row's subject: the credit code where it is valid; otherwise the one organisation of that name,
/// which `by_name` is asked for; otherwise another code; a person without a number is told apart row by row.
///
/// # Errors
/// What `by_name` fails with.
pub fn identity<E>(
    checked: &CheckedRow<'_>,
    key: RowKey,
    by_name: impl FnOnce(&str) -> Result<Option<String>, E>,
) -> Result<String, E> {
    let row = &checked.row;
    if checked.values.uscc_is_valid {
        return Ok(row.get(Field::Uscc).to_owned());
    }
    let name = row.get(Field::SubjectName);
    if checked.values.subject_kind == Some(SubjectKind::Person) {
        return Ok(match row.filled(Field::PersonIdNo) {
            Some(number) => format!("zjh:{number}"),
            None => format!("row:{}", hex::encode(key.0)),
        });
    }
    if let Some(known) = by_name(name)? {
        return Ok(known);
    }
    let others = [
        (Field::RegistrationNo, "zch"),
        (Field::OrganisationCode, "zzjg"),
        (Field::InstitutionNo, "sydw"),
        (Field::SocialOrganisationNo, "shzz"),
        (Field::TaxNo, "swdj"),
    ];
    let by_code = others
        .iter()
        .find_map(|(field, prefix)| row.filled(*field).map(|code| format!("{prefix}:{code}")));
    Ok(by_code.unwrap_or_else(|| format!("name:{}", text::name_key(name))))
}
