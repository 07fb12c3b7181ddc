//! A subject as it is known now, to be kept with an act.

use counter_core::subject_snapshot::SubjectSnapshot;
use counter_store::search::subject_by_id_or_code;

use super::credit_file::CreditFileError;
use crate::Desk;

/// The subject with this number or code.
///
/// # Errors
/// [`CreditFileError::Unknown`], or when the store cannot be read.
pub fn snapshot(desk: &Desk, id_or_code: &str) -> Result<SubjectSnapshot, CreditFileError> {
    desk.store().read(|tx| {
        let subject = subject_by_id_or_code(tx, id_or_code)?;
        let subject = subject.ok_or_else(|| CreditFileError::Unknown(id_or_code.to_owned()))?;
        Ok(SubjectSnapshot {
            uscc: subject.uscc,
            name: subject.name,
        })
    })
}
