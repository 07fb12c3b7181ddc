//! Reading and writing CBOR: one value, nothing after it.

use serde::{Serialize, de::DeserializeOwned};

/// Bytes that are not the message that was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not CBOR, or not this shape.
    #[error("the bytes are not the expected message: {0}")]
    Malformed(String),
    /// Something follows the message.
    #[error("{0} bytes follow the message")]
    Trailing(usize),
    /// The same message, written in another way than this program writes it.
    #[error("the message is not in its deterministic form")]
    NotDeterministic,
}

/// The bytes of `message`: its fields in the order they are declared in.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    ciborium::into_writer(message, &mut bytes).expect("a message is plain data and a vector takes every byte");
    bytes
}

/// Reads a message. Fields this program does not know are passed over, so that a newer end may add some.
///
/// # Errors
/// [`DecodeError::Malformed`] or [`DecodeError::Trailing`].
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut rest = bytes;
    let message = ciborium::from_reader(&mut rest).map_err(|error| DecodeError::Malformed(error.to_string()))?;
    match rest.len() {
        0 => Ok(message),
        trailing => Err(DecodeError::Trailing(trailing)),
    }
}

/// Reads a message that has exactly one written form, so that no two byte strings mean the same.
///
/// # Errors
/// As [`decode`], and [`DecodeError::NotDeterministic`].
pub fn decode_exact<T: Serialize + DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let message = decode(bytes)?;
    if encode(&message) == bytes {
        Ok(message)
    } else {
        Err(DecodeError::NotDeterministic)
    }
}
