//! What stands in the clear at the beginning of a file. The seal inside vouches for it.

use std::io::Read;

use counter_core::change::{CounterCode, IncarnationId};
use serde::{Deserialize, Serialize};

use super::{FORMAT, MAGIC, MAX_HEADER_BYTES, StickError};
use crate::{cbor, key::KeyId};

/// Which way a file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From the counter to the hub.
    Outbox,
    /// From the hub back to the counter.
    Answer,
}

/// Whose file it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StickHeader {
    /// The format of what follows.
    pub format: u16,
    /// Which way it goes.
    pub direction: Direction,
    /// The district.
    pub site: String,
    /// The counter.
    pub counter: CounterCode,
    /// The life of the counter's database that wrote the outbox.
    pub incarnation: IncarnationId,
    /// The counter's key.
    pub counter_key: KeyId,
    /// The hub's key.
    pub hub_key: KeyId,
    /// When it was written, ms UTC, by the clock of who wrote it.
    pub made_at: i64,
}

#[derive(Deserialize)]
struct Format {
    format: u16,
}

impl StickHeader {
    /// The bytes a file begins with.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let header = cbor::encode(self);
        let length = u16::try_from(header.len()).unwrap_or(u16::MAX);
        [MAGIC, &length.to_be_bytes()[..], &header].concat()
    }

    /// Reads the beginning of a file, and gives its bytes beside what they say.
    pub(super) fn read(reader: &mut impl Read) -> Result<(Self, Vec<u8>), StickError> {
        let mut start = [0; MAGIC.len() + 2];
        fill(reader, &mut start, || StickError::NotAStick)?;
        let (magic, length) = start.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(StickError::NotAStick);
        }
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        if length > MAX_HEADER_BYTES {
            return Err(StickError::TooLarge);
        }
        let mut header = vec![0; length];
        fill(reader, &mut header, || StickError::Damaged("the header is cut short"))?;
        let Format { format } = cbor::decode(&header).map_err(|_| StickError::Damaged("the header cannot be read"))?;
        if format != FORMAT {
            return Err(StickError::NewerFormat { found: format });
        }
        let read = cbor::decode(&header).map_err(|_| StickError::Damaged("the header cannot be read"))?;
        Ok((read, [&start[..], &header].concat()))
    }
}

/// Fills `buffer`; `short` says what a file that ends before is.
pub(super) fn fill(
    reader: &mut impl Read,
    buffer: &mut [u8],
    short: impl FnOnce() -> StickError,
) -> Result<(), StickError> {
    reader.read_exact(buffer).map_err(|error| {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            short()
        } else {
            StickError::Io(error)
        }
    })
}
