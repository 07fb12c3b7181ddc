//! Writing a file, item by item.

use std::io::Write;

use age::{Encryptor, stream::StreamWriter};
use ed25519_dalek::SigningKey;

use super::{
    FORMAT, MAX_ITEM_BYTES, StickError, StickHeader, StickItem, key,
    seal::{Covered, Frame},
};
use crate::{cbor, key::PublicKey, signed::Signed};

/// A file being written. It is none before [`StickWriter::seal`].
pub struct StickWriter<W: Write> {
    stream: StreamWriter<W>,
    covered: Covered,
    written: u64,
}

impl<W: Write> StickWriter<W> {
    /// Begins a file for whoever owns `to`.
    ///
    /// # Errors
    /// [`StickError::Io`]; [`StickError::Damaged`] where `to` is no usable key.
    pub fn begin(mut output: W, header: &StickHeader, to: &PublicKey) -> Result<Self, StickError> {
        debug_assert_eq!(header.format, FORMAT);
        let recipient = key::recipient(to)?;
        let bytes = header.to_bytes();
        output.write_all(&bytes)?;
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|_| StickError::Damaged("the recipient's key is not usable"))?;
        Ok(Self {
            stream: encryptor.wrap_output(output)?,
            covered: Covered::new(&bytes),
            written: bytes.len() as u64,
        })
    }

    /// Adds an item.
    ///
    /// # Errors
    /// [`StickError::TooLarge`], [`StickError::Io`].
    pub fn put<T: StickItem>(&mut self, item: &T) -> Result<(), StickError> {
        let bytes = cbor::encode(&Frame::Item(item));
        let length = self.frame(&bytes)?;
        self.covered.add(length, &bytes);
        Ok(())
    }

    /// How many bytes were written, before encryption adds its 1 in 4,096.
    pub fn written(&self) -> u64 {
        self.written
    }

    /// Signs the whole and ends the file.
    ///
    /// # Errors
    /// [`StickError::Io`].
    pub fn seal(mut self, key: &SigningKey) -> Result<W, StickError> {
        let seal = Signed::seal(&self.covered.seal(), key);
        self.frame(&cbor::encode(&Frame::<()>::Seal(seal)))?;
        Ok(self.stream.finish()?)
    }

    fn frame(&mut self, bytes: &[u8]) -> Result<[u8; 4], StickError> {
        if bytes.len() > MAX_ITEM_BYTES {
            return Err(StickError::TooLarge);
        }
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes();
        self.stream.write_all(&length)?;
        self.stream.write_all(bytes)?;
        self.written += (length.len() + bytes.len()) as u64;
        Ok(length)
    }
}
