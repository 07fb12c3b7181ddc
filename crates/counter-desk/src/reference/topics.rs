//! Taking over what public lists say of subjects.

use counter_store::{
    StoreError, WriteTx,
    table::{
        subject_register::{SubjectNaming, SubjectRegister},
        topic_record::{self, TopicRecord},
    },
};
use hub_api::dataset::TopicRow;
use jiff::civil::Date;

/// Puts a record the hub publishes; its subject becomes known by it. A day after `today` names nobody.
pub(super) fn put(
    tx: &WriteTx<'_>,
    register: &mut SubjectRegister,
    row: &TopicRow,
    today: Date,
) -> Result<(), StoreError> {
    let subject_id = register.put(
        tx,
        SubjectNaming {
            identity: &row.uscc,
            uscc: Some(&row.uscc),
            name: &row.name,
            on: row.listed_on.filter(|day| *day <= today),
        },
    )?;
    let record = TopicRecord {
        key: row.key(),
        subject_id,
        topic: row.topic.clone(),
        group: row.group,
        authority: row.authority.clone(),
        document_no: row.document_no.clone(),
        listed_on: row.listed_on,
        until: row.until,
        reason: row.reason.clone(),
    };
    topic_record::put(tx, &record)
}
