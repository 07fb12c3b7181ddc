//! Every certificate of this counter, the latest first.

use counter_core::certificate::CertificateState;
use counter_store::{
    Delivery, StoreError,
    table::certificate::{self, CertificateRow},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::Desk;

/// A certificate in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CertificateListItem {
    /// Its number.
    pub no: String,
    /// How it stands.
    pub state: CertificateState,
    /// The number of the class.
    pub class: String,
    /// 姓名.
    pub trainee_name: String,
    /// 企业名称.
    pub subject_name: String,
    /// 统一社会信用代码.
    pub uscc: Option<String>,
    /// 发证日期.
    #[specta(type = String)]
    pub issued_on: Date,
    /// The day it was revoked.
    #[specta(type = Option<String>)]
    pub revoked_on: Option<Date>,
    /// Where the work on it is.
    pub delivery: Delivery,
}

/// The certificates of `class`, or of every class.
///
/// # Errors
/// When the store cannot be read.
pub fn certificate_list(desk: &Desk, class: Option<&str>) -> Result<Vec<CertificateListItem>, StoreError> {
    desk.store().read(|tx| {
        let rows = class.map_or_else(|| certificate::list(tx), |class| certificate::of_class(tx, class))?;
        rows.into_iter()
            .map(|row: CertificateRow| {
                let delivery = tx.delivery(&super::lane(&row.no))?.unwrap_or(Delivery::Saved);
                Ok(CertificateListItem {
                    no: row.no,
                    state: row.state,
                    class: row.class,
                    trainee_name: row.trainee_name,
                    subject_name: row.subject_name,
                    uscc: row.uscc,
                    issued_on: row.issued_on,
                    revoked_on: row.revoked_on,
                    delivery,
                })
            })
            .collect()
    })
}
