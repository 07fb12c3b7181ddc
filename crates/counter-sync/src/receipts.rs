//! Believing and keeping the hub's receipts, however they came.

use counter_core::change::IncarnationId;
use counter_store::{NewReceipt, StoreError};
use hub_api::{
    receipt::{Receipt, ReceiptContext, verify_receipt},
    signed::Signed,
};

use crate::{SyncError, call::Binding};

/// A receipt that is believed, and as it came.
pub(crate) type Believed = (Receipt, Signed<Receipt>);

/// Checks receipts for changes that the life `incarnation` of this counter made.
///
/// # Errors
/// [`SyncError::Receipt`] for the first that is not believed.
pub(crate) fn believe(
    binding: &Binding<'_>,
    incarnation: IncarnationId,
    receipts: &[Signed<Receipt>],
) -> Result<Vec<Believed>, SyncError> {
    let context = ReceiptContext {
        hub_key: &binding.hub_key,
        site: &binding.identity.site,
        counter: &binding.identity.counter,
        incarnation,
    };
    let mut believed = Vec::with_capacity(receipts.len());
    for signed in receipts {
        let own = |seq| {
            let found = binding
                .store
                .read(|tx| tx.change(&binding.identity.counter, incarnation, seq));
            found.ok().flatten().map(|change| change.stored.hash)
        };
        believed.push((verify_receipt(signed, context, own)?, signed.clone()));
    }
    Ok(believed)
}

/// How receipts came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// The hub gave them just now, in answer to the changes they cover.
    InAnswer,
    /// In a file, which may be an old one.
    OnAStick,
}

/// Keeps believed receipts in one transaction, and says how many they are. Those that are kept already change nothing,
/// unless they were lost and the hub has just given them again.
///
/// # Errors
/// The store's.
pub(crate) fn keep(binding: &Binding<'_>, believed: &[Believed], came: Came) -> Result<u32, SyncError> {
    if believed.is_empty() {
        return Ok(0);
    }
    binding.store.write(|tx| {
        for (receipt, signed) in believed {
            let missing: Vec<String> = receipt.missing_blobs.iter().map(ToString::to_string).collect();
            tx.store_receipt(&NewReceipt {
                hub_incarnation: &receipt.hub_incarnation.0,
                counter: &receipt.counter,
                incarnation: receipt.incarnation,
                from: receipt.from,
                to: receipt.to,
                hash: receipt.hash,
                log_index: receipt.index,
                head: receipt.head.0,
                recorded_at: receipt.at,
                missing_blobs: &missing,
                bytes: signed.as_bytes(),
            })?;
            if came == Came::InAnswer {
                tx.receipt_given_again(receipt.incarnation, signed.as_bytes())?;
            }
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(u32::try_from(believed.len()).unwrap_or(u32::MAX))
}
