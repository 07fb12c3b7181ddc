//! Push, receipts and feed between a counter and its hub.
