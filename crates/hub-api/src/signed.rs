//! Messages that must hold later: the signed bytes travel and are kept as they are.

use std::marker::PhantomData;

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    cbor::{self, DecodeError},
    key::{self, KeyId, PublicKey, Purpose, SignatureBytes, SignatureError},
};

/// A message that is signed for one purpose.
pub trait SignedMessage: Serialize + DeserializeOwned {
    /// What its signature is for.
    const PURPOSE: Purpose;
}

/// The written form of a signed message, as sent and stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Signed<T> {
    bytes: Vec<u8>,
    message: PhantomData<fn() -> T>,
}

/// Why a signed message is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The envelope around the message cannot be read.
    #[error("the signed envelope cannot be read: {0}")]
    Envelope(DecodeError),
    /// Signed by another key than expected.
    #[error("signed by the key {found}, expected {expected}")]
    OtherKey {
        /// The key expected.
        expected: KeyId,
        /// The key named.
        found: KeyId,
    },
    /// The signature does not hold.
    #[error(transparent)]
    Signature(#[from] SignatureError),
    /// The signature holds, but the message inside is none this program can read.
    #[error("the signed message cannot be read: {0}")]
    Message(DecodeError),
}

#[derive(Serialize, Deserialize)]
struct Envelope {
    key: KeyId,
    #[serde(with = "serde_bytes")]
    body: Vec<u8>,
    signature: SignatureBytes,
}

impl<T: SignedMessage> Signed<T> {
    /// Signs `message` with `key`.
    pub fn seal(message: &T, key: &SigningKey) -> Self {
        let body = cbor::encode(message);
        let signature = key::sign(key, T::PURPOSE, &body);
        Self::from_bytes(cbor::encode(&Envelope {
            key: PublicKey::of(key).id(),
            body,
            signature,
        }))
    }

    /// Takes the written form as it came; nothing is believed before [`Signed::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            message: PhantomData,
        }
    }

    /// The written form.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The written form, to be stored.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The key it claims to be signed with, to look up the one to check against.
    ///
    /// # Errors
    /// [`OpenError::Envelope`].
    pub fn claimed_key(&self) -> Result<KeyId, OpenError> {
        Ok(self.envelope()?.key)
    }

    /// Checks the signature against `key` and reads the message.
    ///
    /// # Errors
    /// [`OpenError`], with what exactly did not hold.
    pub fn open(&self, key: &PublicKey) -> Result<T, OpenError> {
        let envelope = self.envelope()?;
        let expected = key.id();
        if envelope.key != expected {
            return Err(OpenError::OtherKey {
                expected,
                found: envelope.key,
            });
        }
        key.verify(T::PURPOSE, &envelope.body, &envelope.signature)?;
        cbor::decode(&envelope.body).map_err(OpenError::Message)
    }

    /// Reads the message without believing it, to find out which key to check it against.
    pub(crate) fn peek(&self) -> Result<T, OpenError> {
        cbor::decode(&self.envelope()?.body).map_err(OpenError::Message)
    }

    fn envelope(&self) -> Result<Envelope, OpenError> {
        cbor::decode_exact(&self.bytes).map_err(OpenError::Envelope)
    }
}

impl<T> std::fmt::Debug for Signed<T> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Signed({} bytes)", self.bytes.len())
    }
}

impl<T> Serialize for Signed<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::Bytes::new(&self.bytes).serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Signed<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = serde_bytes::ByteBuf::deserialize(deserializer)?.into_vec();
        Ok(Self {
            bytes,
            message: PhantomData,
        })
    }
}
