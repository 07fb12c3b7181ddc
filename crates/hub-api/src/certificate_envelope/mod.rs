//! What the QR on a certificate or a slip carries: a small signed envelope that reads anywhere without a network.
//!
//! The text is `CR1:` and the Base45 of an untagged COSE_Sign1 (RFC 9052) over a positional CBOR array. The protected
//! header names the algorithm (EdDSA) and the key by its 8-byte short name; nothing else can stand in it, so a key
//! inside a QR has no place to be. An envelope has exactly one written form. Whether the key is to be believed is
//! [`crate::trust`]'s matter.

mod payload;
#[cfg(test)]
mod tests;

use std::fmt;

use coset::{CborSerializable, CoseSign1, CoseSign1Builder, HeaderBuilder, iana};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

pub use payload::{CertificatePayload, EnvelopePayload, PayloadError, SlipCase, SlipCaseTaken, SlipPayload};

use crate::key::{KeyId, PublicKey, SignatureError};

/// What the text begins with: the kind of envelope and its version.
pub const TEXT_PREFIX: &str = "CR1:";

/// The longest text that is read: what a QR code of the largest version holds at the lowest correction level.
pub const TEXT_LONGEST_CHARS: usize = 4_296;

/// The longest payload whose text fits a QR code of version 15 at correction level Q (426 alphanumeric characters).
/// Longer ones are printed at level M; a name is never cut.
pub const PAYLOAD_AT_VERSION_15_Q: usize = 197;

/// The first 8 bytes of the SHA-256 of an envelope: how a trust bundle names a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnvelopeHash(pub [u8; 8]);

/// Why a text or bytes are no envelope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// The text does not begin as ours do.
    #[error("the text is not one of ours")]
    NotOurs,
    /// Longer than any QR code.
    #[error("the text is longer than a QR code can hold")]
    TooLong,
    /// Not Base45.
    #[error("the text is damaged")]
    Base45,
    /// Not a COSE_Sign1 of the one form that is read.
    #[error("the envelope is damaged or of another form")]
    Cose,
    /// The payload cannot be read or does not hold together.
    #[error(transparent)]
    Payload(#[from] PayloadError),
}

/// An envelope as it stands in a QR. Reading it does not mean believing it: see [`Envelope::verify`].
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope {
    bytes: Vec<u8>,
    key: KeyId,
    payload: EnvelopePayload,
}

impl Envelope {
    /// Signs a payload.
    ///
    /// # Errors
    /// [`EnvelopeError::Payload`] for a payload that does not hold together, [`EnvelopeError::TooLong`] for one that
    /// fits no QR code.
    pub fn sign(payload: &EnvelopePayload, key: &SigningKey) -> Result<Self, EnvelopeError> {
        let kid = PublicKey::of(key).id();
        let cose = CoseSign1Builder::new()
            .protected(header(kid))
            .payload(payload.to_bytes()?)
            .create_signature(&[], |bytes| key.sign(bytes).to_vec())
            .build();
        let bytes = cose.to_vec().map_err(|_| EnvelopeError::Cose)?;
        let envelope = Self {
            bytes,
            key: kid,
            payload: payload.clone(),
        };
        if envelope.to_text().len() > TEXT_LONGEST_CHARS {
            return Err(EnvelopeError::TooLong);
        }
        Ok(envelope)
    }

    /// Reads the text of a QR. Blanks around it do not matter.
    ///
    /// # Errors
    /// [`EnvelopeError`].
    pub fn from_text(text: &str) -> Result<Self, EnvelopeError> {
        let text = text.trim();
        let encoded = text.strip_prefix(TEXT_PREFIX).ok_or(EnvelopeError::NotOurs)?;
        if text.len() > TEXT_LONGEST_CHARS {
            return Err(EnvelopeError::TooLong);
        }
        let bytes = base45::decode(encoded).map_err(|_| EnvelopeError::Base45)?;
        if base45::encode(&bytes) != encoded {
            return Err(EnvelopeError::Base45);
        }
        Self::from_bytes(bytes)
    }

    /// Reads the bytes that the text stands for.
    ///
    /// # Errors
    /// [`EnvelopeError`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, EnvelopeError> {
        if bytes.len() > TEXT_LONGEST_CHARS {
            return Err(EnvelopeError::TooLong);
        }
        let cose = read_cose(&bytes)?;
        let kid = <[u8; 8]>::try_from(cose.protected.header.key_id.as_slice()).map_err(|_| EnvelopeError::Cose)?;
        let only_form = CoseSign1Builder::new()
            .protected(header(KeyId(kid)))
            .payload(cose.payload.clone().ok_or(EnvelopeError::Cose)?)
            .signature(cose.signature.clone())
            .build();
        if only_form.to_vec().ok().as_deref() != Some(bytes.as_slice()) {
            return Err(EnvelopeError::Cose);
        }
        let payload = EnvelopePayload::from_bytes(&cose.payload.unwrap_or_default())?;
        Ok(Self {
            bytes,
            key: KeyId(kid),
            payload,
        })
    }

    /// The text of the QR.
    pub fn to_text(&self) -> String {
        format!("{TEXT_PREFIX}{}", base45::encode(&self.bytes))
    }

    /// The signed bytes, as a certificate's change keeps them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The short name of the key it claims to be signed with.
    pub fn claimed_key(&self) -> KeyId {
        self.key
    }

    /// What it claims.
    pub fn payload(&self) -> &EnvelopePayload {
        &self.payload
    }

    /// How a trust bundle names it.
    pub fn hash(&self) -> EnvelopeHash {
        let digest: [u8; 32] = Sha256::digest(&self.bytes).into();
        let mut hash = [0; 8];
        hash.copy_from_slice(&digest[..8]);
        EnvelopeHash(hash)
    }

    /// Checks the signature against `key`. Malleable signatures and weak keys are refused.
    ///
    /// # Errors
    /// [`SignatureError`]; also when the envelope names another key.
    pub fn verify(&self, key: &PublicKey) -> Result<(), SignatureError> {
        if key.id() != self.key {
            return Err(SignatureError::Mismatch);
        }
        let point = VerifyingKey::from_bytes(&key.0).map_err(|_| SignatureError::BadKey)?;
        if point.is_weak() {
            return Err(SignatureError::BadKey);
        }
        let cose = read_cose(&self.bytes).map_err(|_| SignatureError::Mismatch)?;
        cose.verify_signature(&[], |signature, bytes| {
            let signature = Signature::from_slice(signature).map_err(|_| SignatureError::Mismatch)?;
            point
                .verify_strict(bytes, &signature)
                .map_err(|_| SignatureError::Mismatch)
        })
    }
}

impl fmt::Debug for Envelope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Envelope({} bytes, key {})", self.bytes.len(), self.key)
    }
}

fn header(kid: KeyId) -> coset::Header {
    HeaderBuilder::new()
        .algorithm(iana::Algorithm::EdDSA)
        .key_id(kid.0.to_vec())
        .build()
}

fn read_cose(bytes: &[u8]) -> Result<CoseSign1, EnvelopeError> {
    CoseSign1::from_slice(bytes).map_err(|_| EnvelopeError::Cose)
}
