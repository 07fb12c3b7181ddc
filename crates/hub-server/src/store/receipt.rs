//! The receipts given, so that a lost reply gets the same bytes again.

use std::future::Future;

use super::{Life, Stored};

/// A receipt to be kept.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptRow<'a> {
    /// The first change covered.
    pub from: u64,
    /// The last.
    pub to: u64,
    /// The receipt as it is sent.
    pub bytes: &'a [u8],
    /// The counter's signed claim it answers.
    pub head_claim: &'a [u8],
}

/// Receipts by life and range.
pub trait ReceiptStore {
    /// The receipts whose ranges touch `from` to `to`, in order.
    fn receipts(&mut self, life: &Life, from: u64, to: u64) -> impl Future<Output = Stored<Vec<Vec<u8>>>> + Send;
    /// Keeps a receipt.
    fn insert_receipt(&mut self, life: &Life, row: ReceiptRow<'_>) -> impl Future<Output = Stored<()>> + Send;
}
