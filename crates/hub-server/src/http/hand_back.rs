//! `POST /v1/hand-back`.

use axum::extract::{Request, State};
use hub_api::{cbor, protocol::MAX_HAND_BACK_BODY, refused::RefusedCode};

use super::{Refused, answer::Cbor, signed_request};
use crate::{hand_back, hub::Hub, store::HubStore};

pub(super) async fn hand_back<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let signed = signed_request::read(&hub, request, MAX_HAND_BACK_BODY).await?;
    let message = cbor::decode(&signed.body).map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    Ok(Cbor(
        hand_back::hand_back(&hub, &signed.sender, &message).await?.into_bytes(),
    ))
}
