//! A request the hub does not carry out, in a word that the counter can act on.

use serde::{Deserialize, Serialize};

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedRequest {
    /// What is wrong.
    pub code: RefusedCode,
    /// For the log; the screen finds its sentence by the code.
    pub message: String,
    /// The hub's clock, ms UTC, so that a counter with a wrong one can sign again.
    pub hub_now: i64,
}

/// What is wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusedCode {
    /// A header, a query or the body cannot be read.
    Malformed,
    /// More bytes than the limit.
    TooLarge,
    /// The hub does not speak this version of the protocol.
    UnsupportedProtocol,
    /// No counter is known by this key.
    UnknownKey,
    /// The delegation of this key is over, or it was withdrawn.
    KeyExpired,
    /// A signature does not hold.
    BadSignature,
    /// The timestamp is too far from the hub's clock; sign again by `hub_now`.
    ClockSkew,
    /// This very request was here before.
    Replayed,
    /// The counter or the life of it is not the one the key speaks for.
    WrongCounter,
    /// No such one-time code.
    CodeUnknown,
    /// The one-time code was used by another key.
    CodeUsed,
    /// The one-time code is too old.
    CodeExpired,
    /// The changes do not form a chain, or not with what is recorded.
    BrokenChain,
    /// What came is not what its name or the range says.
    BlobMismatch,
    /// There is nothing at this address.
    NotFound,
    /// Not this second; the request can be sent again.
    Busy,
    /// The hub failed; its log says why.
    Internal,
}

impl RefusedCode {
    /// Every code.
    pub const ALL: [Self; 17] = [
        Self::Malformed,
        Self::TooLarge,
        Self::UnsupportedProtocol,
        Self::UnknownKey,
        Self::KeyExpired,
        Self::BadSignature,
        Self::ClockSkew,
        Self::Replayed,
        Self::WrongCounter,
        Self::CodeUnknown,
        Self::CodeUsed,
        Self::CodeExpired,
        Self::BrokenChain,
        Self::BlobMismatch,
        Self::NotFound,
        Self::Busy,
        Self::Internal,
    ];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::TooLarge => "too_large",
            Self::UnsupportedProtocol => "unsupported_protocol",
            Self::UnknownKey => "unknown_key",
            Self::KeyExpired => "key_expired",
            Self::BadSignature => "bad_signature",
            Self::ClockSkew => "clock_skew",
            Self::Replayed => "replayed",
            Self::WrongCounter => "wrong_counter",
            Self::CodeUnknown => "code_unknown",
            Self::CodeUsed => "code_used",
            Self::CodeExpired => "code_expired",
            Self::BrokenChain => "broken_chain",
            Self::BlobMismatch => "blob_mismatch",
            Self::NotFound => "not_found",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status it travels under.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::UnknownKey | Self::KeyExpired | Self::BadSignature | Self::ClockSkew => 401,
            Self::WrongCounter | Self::CodeUnknown | Self::CodeUsed | Self::CodeExpired => 403,
            Self::NotFound => 404,
            Self::Replayed => 409,
            Self::TooLarge => 413,
            Self::BrokenChain | Self::BlobMismatch => 422,
            Self::UnsupportedProtocol => 426,
            Self::Internal => 500,
            Self::Busy => 503,
        }
    }
}

impl std::fmt::Display for RefusedCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;

    #[test]
    fn the_word_of_a_code_is_the_word_on_the_wire() {
        for code in RefusedCode::ALL {
            let word: String = cbor::decode(&cbor::encode(&code)).unwrap();
            assert_eq!(word, code.as_str());
        }
    }
}
