//! Transactions: what is read is one moment, what is written is all or nothing.

use std::ops::Deref;

use counter_core::change::{ChangeHash, IncarnationId};
use rusqlite::Connection;

use crate::{Attachments, CounterIdentity, EntropySource};

/// A view of one moment. The functions of [`crate::table`] read through it.
pub struct ReadTx<'c> {
    connection: &'c Connection,
}

impl<'c> ReadTx<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Self { connection }
    }

    /// The connection, for this crate's tables.
    pub(crate) fn connection(&self) -> &'c Connection {
        self.connection
    }
}

/// A transaction of the one writer. Everything in it is kept together or not at all; reads see what it wrote.
pub struct WriteTx<'c> {
    read: ReadTx<'c>,
    pub(crate) identity: CounterIdentity,
    pub(crate) head: ChainHead,
    pub(crate) entropy: &'c EntropySource,
    pub(crate) attachments: &'c Attachments,
    pub(crate) recorded: bool,
}

/// The last change of the incarnation that writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ChainHead {
    pub(crate) incarnation: IncarnationId,
    pub(crate) seq: u64,
    pub(crate) hash: ChangeHash,
}

impl<'c> WriteTx<'c> {
    pub(crate) fn new(
        connection: &'c Connection,
        identity: CounterIdentity,
        head: ChainHead,
        entropy: &'c EntropySource,
        attachments: &'c Attachments,
    ) -> Self {
        Self {
            read: ReadTx::new(connection),
            identity,
            head,
            entropy,
            attachments,
            recorded: false,
        }
    }

    /// The counter that writes.
    pub fn identity(&self) -> &CounterIdentity {
        &self.identity
    }
}

impl<'c> Deref for WriteTx<'c> {
    type Target = ReadTx<'c>;

    fn deref(&self) -> &ReadTx<'c> {
        &self.read
    }
}
