//! Public keys, their short names, and signatures bound to a purpose.
//!
//! Ed25519 only; a second suite (SM2/SM3) would come as a second kind of key, never as a
//! parameter inside a message.

use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

macro_rules! fixed_bytes {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $length]);

        impl $name {
            /// Reads its hexadecimal form, or `None`.
            pub fn from_hex(text: &str) -> Option<Self> {
                let mut bytes = [0; $length];
                hex::decode_to_slice(text, &mut bytes).ok()?;
                Some(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}({self})", stringify!($name))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde_bytes::Bytes::new(&self.0).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self(serde_bytes::ByteArray::<$length>::deserialize(deserializer)?.into_array()))
            }
        }
    };
}

fixed_bytes!(
    /// The short name of a key: the first 8 bytes of its SHA-256.
    KeyId,
    8
);
fixed_bytes!(
    /// An Ed25519 public key as it came; not yet known to be a point on the curve.
    PublicKey,
    32
);
fixed_bytes!(
    /// An Ed25519 signature.
    SignatureBytes,
    64
);
fixed_bytes!(
    /// One life of a hub's database. A hub restored from a backup begins another.
    HubIncarnation,
    16
);

/// What a signature is for. A signature made for one purpose never holds for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A counter asks to be bound to a hub, signed with its own key.
    Enrolment,
    /// The same request, signed with the key that the one-time code stands for.
    EnrolmentCode,
    /// A hub answers an enrolment.
    EnrolmentAnswer,
    /// A hub lets a counter's key speak for the counter.
    Delegation,
    /// A counter makes a request.
    Request,
    /// A counter stands by its chain up to a change.
    Head,
    /// A hub has recorded a range.
    Receipt,
    /// A hub has a whole attachment.
    BlobReceipt,
    /// A hub tells what happened.
    FeedPage,
    /// A hub tells its lives to a counter that hands back what it lost.
    HandBackAnswer,
    /// A hub says which certificates and keys are to be believed.
    TrustBundle,
    /// A counter or a hub stands by a whole file on a stick.
    Stick,
    /// A hub says which reference data is in force.
    DatasetList,
}

impl Purpose {
    /// What stands before the bytes that are signed.
    pub const fn context(self) -> &'static [u8] {
        match self {
            Self::Enrolment => b"credit-hub/1 enrolment\0",
            Self::EnrolmentCode => b"credit-hub/1 enrolment code\0",
            Self::EnrolmentAnswer => b"credit-hub/1 enrolment answer\0",
            Self::Delegation => b"credit-hub/1 delegation\0",
            Self::Request => b"credit-hub/1 request\0",
            Self::Head => b"credit-hub/1 head\0",
            Self::Receipt => b"credit-hub/1 receipt\0",
            Self::BlobReceipt => b"credit-hub/1 blob receipt\0",
            Self::FeedPage => b"credit-hub/1 feed page\0",
            Self::HandBackAnswer => b"credit-hub/1 hand back answer\0",
            Self::TrustBundle => b"credit-hub/1 trust bundle\0",
            Self::Stick => b"credit-hub/1 stick\0",
            Self::DatasetList => b"credit-hub/1 dataset list\0",
        }
    }
}

/// A signature that does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// The public key is no point on the curve, or a weak one.
    #[error("the public key is not a usable Ed25519 key")]
    BadKey,
    /// The signature was not made by this key over these bytes for this purpose.
    #[error("the signature does not hold")]
    Mismatch,
}

impl PublicKey {
    /// The public half of `key`.
    pub fn of(key: &SigningKey) -> Self {
        Self(key.verifying_key().to_bytes())
    }

    /// Its short name.
    pub fn id(&self) -> KeyId {
        let digest: [u8; 32] = Sha256::digest(self.0).into();
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        KeyId(id)
    }

    /// Checks a signature over `bytes` made for `purpose`. Malleable signatures and weak keys are refused.
    ///
    /// # Errors
    /// [`SignatureError`].
    pub fn verify(&self, purpose: Purpose, bytes: &[u8], signature: &SignatureBytes) -> Result<(), SignatureError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| SignatureError::BadKey)?;
        if key.is_weak() {
            return Err(SignatureError::BadKey);
        }
        key.verify_strict(&in_context(purpose, bytes), &Signature::from_bytes(&signature.0))
            .map_err(|_| SignatureError::Mismatch)
    }
}

/// Signs `bytes` for `purpose`.
pub fn sign(key: &SigningKey, purpose: Purpose, bytes: &[u8]) -> SignatureBytes {
    SignatureBytes(key.sign(&in_context(purpose, bytes)).to_bytes())
}

fn in_context(purpose: Purpose, bytes: &[u8]) -> Vec<u8> {
    [purpose.context(), bytes].concat()
}
