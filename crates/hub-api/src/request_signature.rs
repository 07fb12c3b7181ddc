//! Signed requests: who asks, over exactly these bytes, once.
//!
//! The signature covers, one a line: method, path with query, SHA-256 of the body, key,
//! incarnation, timestamp and nonce. Every part is fixed, so nothing about what is covered
//! can be negotiated.

use counter_core::change::IncarnationId;
use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};

use crate::{
    key::{self, KeyId, PublicKey, Purpose, SignatureBytes, SignatureError},
    protocol::{
        CLOCK_WINDOW_MS, INCARNATION_HEADER, KEY_HEADER, NONCE_HEADER, PROTOCOL, PROTOCOL_HEADER, SIGNATURE_HEADER,
        TIMESTAMP_HEADER,
    },
};

/// The part of a request that is signed besides its headers.
#[derive(Clone, Copy, Debug)]
pub struct RequestParts<'a> {
    /// `GET`, `POST` or `PUT`.
    pub method: &'a str,
    /// The path with its query, as sent.
    pub path_and_query: &'a str,
    /// The body, empty where there is none.
    pub body: &'a [u8],
}

/// What the headers of a signed request say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestSignature {
    /// The protocol version.
    pub protocol: u16,
    /// The key it is signed with.
    pub key: KeyId,
    /// The life of the counter's database that asks.
    pub incarnation: IncarnationId,
    /// When it was signed, ms UTC, by the counter's clock corrected by what the hub last said.
    pub timestamp: i64,
    /// Never the same twice.
    pub nonce: [u8; 16],
    /// Over all of it.
    pub signature: SignatureBytes,
}

/// Headers that are missing or cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the header {0} is missing or cannot be read")]
pub struct HeaderError(pub &'static str);

impl RequestSignature {
    /// Signs a request in the version this program speaks.
    pub fn sign(
        parts: RequestParts<'_>,
        key: &SigningKey,
        incarnation: IncarnationId,
        timestamp: i64,
        nonce: [u8; 16],
    ) -> Self {
        Self::sign_in(PROTOCOL, parts, key, incarnation, timestamp, nonce)
    }

    /// Signs a request in version `protocol`.
    pub fn sign_in(
        protocol: u16,
        parts: RequestParts<'_>,
        key: &SigningKey,
        incarnation: IncarnationId,
        timestamp: i64,
        nonce: [u8; 16],
    ) -> Self {
        let mut signed = Self {
            protocol,
            key: PublicKey::of(key).id(),
            incarnation,
            timestamp,
            nonce,
            signature: SignatureBytes([0; 64]),
        };
        signed.signature = key::sign(key, Purpose::Request, signed.covered(parts).as_bytes());
        signed
    }

    /// The headers to send, name and value.
    pub fn headers(&self) -> [(&'static str, String); 6] {
        [
            (PROTOCOL_HEADER, self.protocol.to_string()),
            (KEY_HEADER, self.key.to_string()),
            (INCARNATION_HEADER, self.incarnation.to_string()),
            (TIMESTAMP_HEADER, self.timestamp.to_string()),
            (NONCE_HEADER, hex::encode(self.nonce)),
            (SIGNATURE_HEADER, self.signature.to_string()),
        ]
    }

    /// Reads the headers; `header` gives a header's value by its name.
    ///
    /// # Errors
    /// The header that is missing or cannot be read.
    pub fn from_headers<'a>(header: impl Fn(&'static str) -> Option<&'a str>) -> Result<Self, HeaderError> {
        let value = |name| header(name).ok_or(HeaderError(name));
        let mut nonce = [0; 16];
        hex::decode_to_slice(value(NONCE_HEADER)?, &mut nonce).map_err(|_| HeaderError(NONCE_HEADER))?;
        Ok(Self {
            protocol: value(PROTOCOL_HEADER)?
                .parse()
                .map_err(|_| HeaderError(PROTOCOL_HEADER))?,
            key: KeyId::from_hex(value(KEY_HEADER)?).ok_or(HeaderError(KEY_HEADER))?,
            incarnation: IncarnationId::from_hex(value(INCARNATION_HEADER)?).ok_or(HeaderError(INCARNATION_HEADER))?,
            timestamp: value(TIMESTAMP_HEADER)?
                .parse()
                .map_err(|_| HeaderError(TIMESTAMP_HEADER))?,
            nonce,
            signature: SignatureBytes::from_hex(value(SIGNATURE_HEADER)?).ok_or(HeaderError(SIGNATURE_HEADER))?,
        })
    }

    /// Checks the signature over the request; clock and nonce are the caller's to check.
    ///
    /// # Errors
    /// [`SignatureError`].
    pub fn verify(&self, parts: RequestParts<'_>, key: &PublicKey) -> Result<(), SignatureError> {
        key.verify(Purpose::Request, self.covered(parts).as_bytes(), &self.signature)
    }

    /// Whether the timestamp is close enough to the hub's clock (ms UTC) to be taken.
    pub fn is_timely(&self, now: i64) -> bool {
        self.timestamp.abs_diff(now) <= CLOCK_WINDOW_MS.unsigned_abs()
    }

    fn covered(&self, parts: RequestParts<'_>) -> String {
        format!(
            "{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.protocol,
            parts.method,
            parts.path_and_query,
            hex::encode(Sha256::digest(parts.body)),
            self.key,
            self.incarnation,
            self.timestamp,
            hex::encode(self.nonce),
        )
    }
}
