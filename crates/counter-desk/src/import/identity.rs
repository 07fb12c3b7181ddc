//! Which subject a row names.

use counter_core::publicity::{CheckedRow, Field, RowKey, SubjectKind, text};
use counter_store::{
    ReadTx, StoreError,
    table::{publicity_row::key_text, subject_register::SubjectRegister},
};

/// The identity of the row's subject: the credit code where it is valid; otherwise the one
/// organisation of that name; otherwise another code; a person without a number is told apart row by row.
pub(super) fn identity(
    tx: &ReadTx<'_>,
    register: &SubjectRegister,
    checked: &CheckedRow<'_>,
    key: RowKey,
) -> Result<String, StoreError> {
    let row = &checked.row;
    if checked.values.uscc_is_valid {
        return Ok(row.get(Field::Uscc).to_owned());
    }
    let name = row.get(Field::SubjectName);
    if checked.values.subject_kind == Some(SubjectKind::Person) {
        return Ok(match row.filled(Field::PersonIdNo) {
            Some(number) => format!("zjh:{number}"),
            None => format!("row:{}", key_text(key)),
        });
    }
    if let Some(known) = register.identity_by_name(tx, name)? {
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
