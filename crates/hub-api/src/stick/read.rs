//! Reading a file: whose it is first, then item by item to its seal.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read},
    marker::PhantomData,
};

use age::{DecryptError, Decryptor, stream::StreamReader};
use ed25519_dalek::SigningKey;

use super::{
    Direction, MAX_ITEM_BYTES, StickError, StickHeader, StickItem, key,
    seal::{Covered, Frame},
};
use crate::{cbor, key::PublicKey};

/// How far into the encrypted part its own header must end. One recipient takes about 200 bytes; without a bound a
/// hostile header would be read into memory.
const LONGEST_AGE_HEADER: usize = 8 * 1024;

/// A file of which only the header was read.
pub struct ClosedStick<R> {
    header: StickHeader,
    header_bytes: Vec<u8>,
    rest: BufReader<R>,
}

/// A file that is being read.
pub struct StickReader<T, R> {
    stream: StreamReader<BufReader<R>>,
    covered: Covered,
    from: PublicKey,
    items: PhantomData<fn() -> T>,
}

impl<R: Read> ClosedStick<R> {
    /// Reads whose file it claims to be.
    ///
    /// # Errors
    /// [`StickError`].
    pub fn read(reader: R) -> Result<Self, StickError> {
        let mut rest = BufReader::with_capacity(64 * 1024, reader);
        let (header, header_bytes) = StickHeader::read(&mut rest)?;
        Ok(Self {
            header,
            header_bytes,
            rest,
        })
    }

    /// Whose file it claims to be; not yet believed.
    pub fn header(&self) -> &StickHeader {
        &self.header
    }

    /// Decrypts it with `own` and expects it to be sealed by `from`.
    ///
    /// # Errors
    /// [`StickError`], with what exactly does not fit.
    pub fn open<T: StickItem>(mut self, own: &SigningKey, from: &PublicKey) -> Result<StickReader<T, R>, StickError> {
        let (own_id, from_id) = (PublicKey::of(own).id(), from.id());
        let (counter, hub) = match T::DIRECTION {
            Direction::Outbox => (from_id, own_id),
            Direction::Answer => (own_id, from_id),
        };
        if self.header.direction != T::DIRECTION {
            return Err(StickError::OtherDirection);
        }
        if self.header.hub_key != hub {
            return Err(StickError::OtherHub);
        }
        if self.header.counter_key != counter {
            return Err(StickError::OtherCounter);
        }
        if !ends_its_header(self.rest.fill_buf()?) {
            return Err(StickError::Damaged("it is not encrypted as it must be"));
        }
        let identity = key::identity(own)?;
        let stream = Decryptor::new_buffered(self.rest)
            .and_then(|decryptor| decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)))
            .map_err(|error| {
                if let DecryptError::Io(error) = error
                    && error.kind() != ErrorKind::UnexpectedEof
                {
                    StickError::Io(error)
                } else {
                    StickError::Damaged("it does not decrypt")
                }
            })?;
        Ok(StickReader {
            stream,
            covered: Covered::new(&self.header_bytes),
            from: *from,
            items: PhantomData,
        })
    }
}

impl<T: StickItem, R: Read> StickReader<T, R> {
    /// The next item; `None` once the seal was read and holds. Nothing of a file may be used before that.
    ///
    /// # Errors
    /// [`StickError::Damaged`] where it was altered or cut short, [`StickError::Seal`], [`StickError::TooLarge`].
    pub fn next_item(&mut self) -> Result<Option<T>, StickError> {
        let mut length = [0; 4];
        self.fill(&mut length)?;
        let wanted = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if wanted > MAX_ITEM_BYTES {
            return Err(StickError::TooLarge);
        }
        let mut bytes = vec![0; wanted];
        self.fill(&mut bytes)?;
        match cbor::decode(&bytes).map_err(|_| StickError::Damaged("an item cannot be read"))? {
            Frame::Item(item) => {
                self.covered.add(length, &bytes);
                Ok(Some(item))
            }
            Frame::Seal(seal) => {
                let seal = seal.open(&self.from).map_err(StickError::Seal)?;
                if seal != self.covered.seal() {
                    return Err(StickError::Damaged("the seal is for another content"));
                }
                match self.stream.read(&mut length) {
                    Ok(0) => Ok(None),
                    Ok(_) => Err(StickError::Damaged("something follows the seal")),
                    Err(error) => Err(unreadable(error)),
                }
            }
        }
    }

    /// Reads on to the seal.
    ///
    /// # Errors
    /// As [`StickReader::next_item`].
    pub fn check(mut self) -> Result<(), StickError> {
        while self.next_item()?.is_some() {}
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), StickError> {
        self.stream.read_exact(buffer).map_err(unreadable)
    }
}

/// A chunk that does not decrypt and a file that ends early are told as read errors of two kinds; any other is the medium's.
fn unreadable(error: std::io::Error) -> StickError {
    let kind = error.kind();
    if kind == ErrorKind::UnexpectedEof {
        StickError::Damaged("it is cut short")
    } else if matches!(kind, ErrorKind::InvalidData | ErrorKind::InvalidInput) {
        StickError::Damaged("it was altered or cut short")
    } else {
        StickError::Io(error)
    }
}

/// Whether the header of the encrypted part ends soon.
fn ends_its_header(start: &[u8]) -> bool {
    let start = &start[..start.len().min(LONGEST_AGE_HEADER)];
    start.windows(5).any(|window| window == b"\n--- ")
}
