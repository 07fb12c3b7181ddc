//! The ways out of 待处理: what no lane took is said again, or given up. It stays in the log either way.

use counter_core::{
    change::{ChangeBody, ChangeRef, Withdrawal},
    refusal::{Refusal, RefusalCode},
};

use crate::{ActContext, ReadTx, RecordError, StoreError, StoredChange, WriteTx};

impl ReadTx<'_> {
    /// The change of this counter that `named` names, if it is parked and nobody has dealt with it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn parked(&self, named: &ChangeRef) -> Result<Option<StoredChange>, StoreError> {
        let parked = self.parked_changes()?;
        Ok(parked.into_iter().find(|change| change.reference() == *named))
    }
}

impl WriteTx<'_> {
    /// 重新办理: records that `body` happens in the lane of the parked change `named`, in its place.
    ///
    /// # Errors
    /// As [`WriteTx::record`]; [`RefusalCode::NothingToSettle`] when the change is not parked, or was dealt with.
    pub fn amend(&mut self, act: &ActContext, named: &ChangeRef, body: ChangeBody) -> Result<(), RecordError> {
        let parked = self.parked_or_refused(named)?;
        self.record_settling(act, &parked, body)
    }

    /// 不再办理: gives the parked change `named` up.
    ///
    /// # Errors
    /// As [`WriteTx::amend`].
    pub fn withdraw(&mut self, act: &ActContext, named: &ChangeRef, reason: &str) -> Result<(), RecordError> {
        let parked = self.parked_or_refused(named)?;
        let withdrawal = Withdrawal {
            reason: reason.to_owned(),
        };
        self.record_settling(act, &parked, ChangeBody::Withdrawal(withdrawal))
    }

    fn parked_or_refused(&self, named: &ChangeRef) -> Result<StoredChange, RecordError> {
        let nothing = || Refusal::new(RefusalCode::NothingToSettle, named.seq.to_string());
        Ok(self.parked(named)?.ok_or_else(nothing)?)
    }
}
