//! `POST /v1/push`, plain or packed.

use std::borrow::Cow;

use axum::{
    extract::{Request, State},
    http::{HeaderMap, header::CONTENT_ENCODING},
};
use hub_api::{
    cbor,
    packing::{PACKING, UnpackError, unpack},
    protocol::MAX_PUSH_BODY,
    push::PushBatch,
    refused::RefusedCode,
};

use super::{Refused, answer::Cbor, signed_request};
use crate::{hub::Hub, recording::record, store::HubStore};

pub(super) async fn push<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let headers = request.headers().clone();
    let signed = signed_request::read(&hub, request, MAX_PUSH_BODY).await?;
    let body = unpacked(&headers, &signed.body)?;
    let batch: PushBatch = cbor::decode(&body).map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    Ok(Cbor(cbor::encode(&record(&hub, &signed.sender, &batch).await?)))
}

/// The body as it was before it was packed. The signature was over it as it came.
fn unpacked<'b>(headers: &HeaderMap, body: &'b [u8]) -> Result<Cow<'b, [u8]>, Refused> {
    match headers.get(CONTENT_ENCODING) {
        None => Ok(body.into()),
        Some(word) if word == PACKING => unpack(body, MAX_PUSH_BODY).map(Cow::Owned).map_err(|error| {
            let code = match error {
                UnpackError::TooLong => RefusedCode::TooLarge,
                UnpackError::Malformed => RefusedCode::Malformed,
            };
            Refused::new(code, error)
        }),
        Some(_) => Err(Refused::new(
            RefusedCode::Malformed,
            format!("bodies are packed with {PACKING} or not at all"),
        )),
    }
}
