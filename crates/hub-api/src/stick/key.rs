//! For whom a file is encrypted: the X25519 half of the Ed25519 key that is pinned anyway.
//!
//! The curves are two forms of one, so whoever knows whom to believe knows for whom to encrypt, and
//! no second key has to be given out, kept and backed up. docs/decisions/0072 tells what that costs.

use age::{
    secrecy::SecretString,
    x25519::{Identity, Recipient},
};
use bech32::{Bech32, Hrp};
use ed25519_dalek::{SigningKey, VerifyingKey};
use zeroize::Zeroizing;

use super::StickError;
use crate::key::PublicKey;

/// The recipient that `key` can read for.
pub(super) fn recipient(key: &PublicKey) -> Result<Recipient, StickError> {
    let unusable = || StickError::Damaged("the recipient's key is not usable");
    let point = VerifyingKey::from_bytes(&key.0)
        .ok()
        .filter(|key| !key.is_weak())
        .ok_or_else(unusable)?
        .to_montgomery();
    let text = bech32::encode::<Bech32>(Hrp::parse_unchecked("age"), point.as_bytes()).map_err(|_| unusable())?;
    text.parse().map_err(|_| unusable())
}

/// What reads for `key`.
pub(super) fn identity(key: &SigningKey) -> Result<Identity, StickError> {
    let unusable = || StickError::Damaged("the own key is not usable");
    let scalar = Zeroizing::new(key.to_scalar_bytes());
    let text = bech32::encode::<Bech32>(Hrp::parse_unchecked("age-secret-key-"), &*scalar).map_err(|_| unusable())?;
    let text = SecretString::from(text);
    age::secrecy::ExposeSecret::expose_secret(&text)
        .parse()
        .map_err(|_| unusable())
}
