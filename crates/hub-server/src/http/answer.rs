//! Answers in CBOR, and how each operation's errors become a word the counter can act on.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hub_api::{
    cbor,
    enrolment::EnrolmentError,
    protocol::{BUSY_RETRY_S, CONTENT_TYPE},
    refused::{RefusedCode, RefusedRequest},
};
use jiff::Timestamp;

use crate::{
    attachment::BlobError,
    dataset::GiveError,
    enrolment::EnrolError,
    feed::FeedError,
    hand_back::HandBackError,
    recording::{LifeError, RecordError},
    store::StoreError,
};

/// A success with bytes that are CBOR already.
pub(super) struct Cbor(pub Vec<u8>);

impl IntoResponse for Cbor {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, CONTENT_TYPE)], self.0).into_response()
    }
}

/// A request that is not carried out.
#[derive(Clone, Debug)]
pub struct Refused {
    code: RefusedCode,
    message: String,
    hub_now: Option<i64>,
}

impl Refused {
    /// Refuses for `code`; `message` goes into logs and never holds what was sent.
    pub fn new(code: RefusedCode, message: impl ToString) -> Self {
        Self {
            code,
            message: message.to_string(),
            hub_now: None,
        }
    }

    /// Tells the hub's own clock, ms UTC, instead of the system's.
    pub fn at(self, hub_now: i64) -> Self {
        Self {
            hub_now: Some(hub_now),
            ..self
        }
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let Self { code, message, hub_now } = self;
        // What failed inside is the log's business.
        let message = if code == RefusedCode::Internal {
            tracing::error!(message, "failed");
            "the hub failed; its log says why".to_owned()
        } else {
            tracing::info!(%code, message, "refused");
            message
        };
        let hub_now = hub_now.unwrap_or_else(|| Timestamp::now().as_millisecond());
        let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut answer = (status, Cbor(cbor::encode(&RefusedRequest { code, message, hub_now }))).into_response();
        if code == RefusedCode::Busy {
            answer
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(BUSY_RETRY_S));
        }
        answer
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::new(error.refused_code(), error)
    }
}

impl From<RecordError> for Refused {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Store(error) | RecordError::Life(LifeError::Store(error)) => error.into(),
            RecordError::Batch(_) | RecordError::Life(_) => Self::new(error.code(), error),
        }
    }
}

impl From<EnrolError> for Refused {
    fn from(error: EnrolError) -> Self {
        let code = match error {
            EnrolError::Store(error) => return error.into(),
            EnrolError::CodeUnknown => RefusedCode::CodeUnknown,
            EnrolError::CodeUsed => RefusedCode::CodeUsed,
            EnrolError::CodeExpired => RefusedCode::CodeExpired,
            EnrolError::WrongCounter => RefusedCode::WrongCounter,
            EnrolError::UnsupportedProtocol(_) => RefusedCode::UnsupportedProtocol,
            EnrolError::Claim(EnrolmentError::Claim(_)) => RefusedCode::Malformed,
            EnrolError::Claim(_) => RefusedCode::BadSignature,
        };
        Self::new(code, error)
    }
}

impl From<FeedError> for Refused {
    fn from(error: FeedError) -> Self {
        match error {
            FeedError::BeyondLog => Self::new(RefusedCode::NotFound, error),
            FeedError::Store(error) => error.into(),
        }
    }
}

impl From<HandBackError> for Refused {
    fn from(error: HandBackError) -> Self {
        let code = match error {
            HandBackError::Store(error) => return error.into(),
            HandBackError::Entropy(_) => RefusedCode::Internal,
            HandBackError::NotOurs(_) => RefusedCode::BadSignature,
            HandBackError::OtherCounter => RefusedCode::WrongCounter,
            HandBackError::NotLost => RefusedCode::Malformed,
        };
        Self::new(code, error)
    }
}

impl From<GiveError> for Refused {
    fn from(error: GiveError) -> Self {
        let code = match error {
            GiveError::Store(error) => return error.into(),
            GiveError::HowMany => RefusedCode::Malformed,
            GiveError::NotKept => RefusedCode::NotFound,
        };
        Self::new(code, error)
    }
}

impl From<BlobError> for Refused {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Store(error) => error.into(),
            BlobError::TooLarge | BlobError::OutOfRange | BlobError::Mismatch => Self::new(error.code(), error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hub_without_time_says_when_to_come_again() {
        for code in RefusedCode::ALL {
            let answer = Refused::new(code, "").into_response();
            let after = answer.headers().get(header::RETRY_AFTER).map(HeaderValue::as_bytes);
            let expected = (code == RefusedCode::Busy).then_some(b"5".as_slice());
            assert_eq!(after, expected, "{code}");
        }
    }
}
