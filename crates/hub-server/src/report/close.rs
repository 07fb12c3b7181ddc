//! Closing a month: its figures as they are now stay as they are.

use counter_core::pack::RuleBook;

use super::{Report, end_of, running};
use crate::{
    hub::Hub,
    overview,
    store::{HubStore, HubTransaction, ReportMonthRow, ReportStore, StoreError},
};

/// A month that was not closed.
#[derive(Debug, thiserror::Error)]
pub enum CloseMonthError {
    /// It is no month, or has not ended.
    #[error("the month has not ended")]
    NotOver,
    /// It was closed before.
    #[error("the month was closed before")]
    AlreadyClosed,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Closes `month` in the name of `account`. What is in the log by now is in its figures, what comes later is not.
///
/// # Errors
/// [`CloseMonthError`].
pub async fn close_month<S: HubStore>(
    hub: &Hub<S>,
    rules: &RuleBook,
    district: &str,
    month: &str,
    account: &str,
) -> Result<Report, CloseMonthError> {
    let now = hub.world.now();
    if end_of(month).is_none_or(|end| now < end) {
        return Err(CloseMonthError::NotOver);
    }
    overview::follow(hub, rules, district).await?;
    let mut transaction = hub.store.begin().await?;
    let closed_index = overview::follow_within(&mut transaction, rules, district).await?;
    if transaction.closed_month(district, month).await?.is_some() {
        return Err(CloseMonthError::AlreadyClosed);
    }
    let report = running(&mut transaction, district, month, now).await?;
    let row = ReportMonthRow {
        month: month.to_owned(),
        closed_at: now,
        closed_by: account.to_owned(),
        closed_index,
        figures: serde_json::to_string(&report).map_err(|error| StoreError::Failed(Box::new(error)))?,
    };
    transaction.close_month(district, &row).await?;
    transaction.commit().await?;
    tracing::info!(district, month, account, "month closed");
    Ok(report)
}
