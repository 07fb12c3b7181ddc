//! Binding a counter to a hub: a one-time code in, a signed delegation out.

use counter_core::change::{CounterCode, IncarnationId};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::{
    cbor::{self, DecodeError},
    delegation::Delegation,
    enrolment_code::EnrolmentCode,
    key::{self, HubIncarnation, KeyId, PublicKey, Purpose, SignatureBytes, SignatureError},
    protocol::PROTOCOL,
    signed::{OpenError, Signed, SignedMessage},
};

/// What a counter says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentClaim {
    /// The protocol version the counter speaks.
    pub protocol: u16,
    /// The division code of its district.
    pub site: String,
    /// Its code.
    pub counter: CounterCode,
    /// The life its database is in.
    pub incarnation: IncarnationId,
    /// Its own key.
    pub key: PublicKey,
}

/// The request, signed twice: by the counter's own key and by the key of the code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentRequest {
    /// The [`EnrolmentClaim`] as it was signed.
    #[serde(with = "serde_bytes")]
    pub claim: Vec<u8>,
    /// The key of the one-time code.
    pub code_key: KeyId,
    /// By the counter's own key: it has it.
    pub by_counter: SignatureBytes,
    /// By the code's key: it was given the code.
    pub by_code: SignatureBytes,
}

/// The hub's answer. The same code and claim are answered with the same bytes again, so that a lost answer is no loss.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentAnswer {
    /// The hub's key. Believed only if the code carries its fingerprint.
    pub hub_key: PublicKey,
    /// The life the hub's database is in.
    pub hub_incarnation: HubIncarnation,
    /// The counter's key from now on speaks for the counter.
    pub delegation: Signed<Delegation>,
}

impl SignedMessage for EnrolmentAnswer {
    const PURPOSE: Purpose = Purpose::EnrolmentAnswer;
}

/// The body of the hub's answer: the key stands beside, since the counter does not know it yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentReply {
    /// The key the answer is signed with; checked against the fingerprint in the code.
    pub hub_key: PublicKey,
    /// The answer.
    pub answer: Signed<EnrolmentAnswer>,
}

/// Why an enrolment is not believed, at either end.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentError {
    /// The claim cannot be read.
    #[error("the enrolment claim cannot be read: {0}")]
    Claim(DecodeError),
    /// The counter's own signature does not hold.
    #[error("the signature of the counter does not hold: {0}")]
    ByCounter(SignatureError),
    /// The signature of the code does not hold.
    #[error("the signature of the one-time code does not hold: {0}")]
    ByCode(SignatureError),
    /// The hub that answers is not the one that printed the code.
    #[error("the hub that answered is not the one that printed the code")]
    OtherHub,
    /// The answer does not hold.
    #[error("the hub's answer does not hold: {0}")]
    Answer(OpenError),
    /// The delegation is for another counter or another key.
    #[error("the hub's delegation is for another counter or key")]
    OtherCounter,
}

impl EnrolmentClaim {
    /// What a counter of this program says of itself.
    pub fn new(site: impl Into<String>, counter: CounterCode, incarnation: IncarnationId, key: &SigningKey) -> Self {
        Self {
            protocol: PROTOCOL,
            site: site.into(),
            counter,
            incarnation,
            key: PublicKey::of(key),
        }
    }
}

impl EnrolmentRequest {
    /// Signs `claim` with the counter's key and with the code.
    pub fn sign(claim: &EnrolmentClaim, key: &SigningKey, code: &EnrolmentCode) -> Self {
        let claim = cbor::encode(claim);
        let code_key = code.signing_key();
        Self {
            code_key: PublicKey::of(&code_key).id(),
            by_counter: key::sign(key, Purpose::Enrolment, &claim),
            by_code: key::sign(&code_key, Purpose::EnrolmentCode, &claim),
            claim,
        }
    }

    /// Reads the claim and checks both signatures; `code_key` is the public half the hub kept for [`Self::code_key`].
    ///
    /// # Errors
    /// [`EnrolmentError::Claim`], [`EnrolmentError::ByCode`] or [`EnrolmentError::ByCounter`].
    pub fn open(&self, code_key: &PublicKey) -> Result<EnrolmentClaim, EnrolmentError> {
        let claim: EnrolmentClaim = cbor::decode(&self.claim).map_err(EnrolmentError::Claim)?;
        code_key
            .verify(Purpose::EnrolmentCode, &self.claim, &self.by_code)
            .map_err(EnrolmentError::ByCode)?;
        claim
            .key
            .verify(Purpose::Enrolment, &self.claim, &self.by_counter)
            .map_err(EnrolmentError::ByCounter)?;
        Ok(claim)
    }
}

impl EnrolmentReply {
    /// Signs the answer of the hub that owns `hub_key`.
    pub fn sign(hub_incarnation: HubIncarnation, delegation: Signed<Delegation>, hub_key: &SigningKey) -> Self {
        let public = PublicKey::of(hub_key);
        let answer = Signed::seal(
            &EnrolmentAnswer {
                hub_key: public,
                hub_incarnation,
                delegation,
            },
            hub_key,
        );
        Self {
            hub_key: public,
            answer,
        }
    }

    /// Believes the answer only if the code carries the fingerprint of the key it is signed with and it is about `claim`.
    ///
    /// # Errors
    /// [`EnrolmentError::OtherHub`], [`EnrolmentError::Answer`] or [`EnrolmentError::OtherCounter`].
    pub fn open(
        &self,
        code: &EnrolmentCode,
        claim: &EnrolmentClaim,
    ) -> Result<(EnrolmentAnswer, Delegation), EnrolmentError> {
        if !code.is_from(&self.hub_key) {
            return Err(EnrolmentError::OtherHub);
        }
        let answer = self.answer.open(&self.hub_key).map_err(EnrolmentError::Answer)?;
        let delegation = answer.delegation.open(&self.hub_key).map_err(EnrolmentError::Answer)?;
        let ours = delegation.site == claim.site && delegation.counter == claim.counter && delegation.key == claim.key;
        if answer.hub_key != self.hub_key {
            return Err(EnrolmentError::OtherHub);
        }
        if !ours {
            return Err(EnrolmentError::OtherCounter);
        }
        Ok((answer, delegation))
    }
}
