//! Taking over the register of subjects. One that leaves it stays known: records and cases name it.

use counter_store::{
    ReadTx, StoreError,
    table::subject_register::{SubjectNaming, SubjectRegister},
};
use hub_api::dataset::SubjectRow;
use jiff::civil::Date;

/// Makes `subject` known by its name on `on`, and by the names it had.
pub(super) fn put(
    tx: &ReadTx<'_>,
    register: &mut SubjectRegister,
    subject: &SubjectRow,
    on: Option<Date>,
) -> Result<(), StoreError> {
    let naming = |name, on| SubjectNaming {
        identity: &subject.identity,
        uscc: subject.uscc.as_deref(),
        name,
        on,
    };
    for former in &subject.former_names {
        register.put(tx, naming(former, None))?;
    }
    register.put(tx, naming(&subject.name, on))?;
    Ok(())
}
