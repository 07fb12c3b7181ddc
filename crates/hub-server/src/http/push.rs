//! `POST /v1/push`.

use axum::extract::{Request, State};
use hub_api::{cbor, protocol::MAX_PUSH_BODY, push::PushBatch, refused::RefusedCode};

use super::{Refused, answer::Cbor, signed_request};
use crate::{hub::Hub, recording::record, store::HubStore};

pub(super) async fn push<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let signed = signed_request::read(&hub, request, MAX_PUSH_BODY).await?;
    let batch: PushBatch = cbor::decode(&signed.body).map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    Ok(Cbor(cbor::encode(&record(&hub, &signed.sender, &batch).await?)))
}
