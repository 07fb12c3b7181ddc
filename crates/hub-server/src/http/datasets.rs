//! `GET /v1/datasets` and `POST /v1/chunks`.

use axum::extract::{Request, State};
use hub_api::{cbor, protocol::MAX_SMALL_BODY, refused::RefusedCode};

use super::{Refused, answer::Cbor, signed_request};
use crate::{dataset, hub::Hub, store::HubStore};

pub(super) async fn list<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let signed = signed_request::read(&hub, request, 0).await?;
    let list = dataset::list(&hub, &signed.sender.life.district).await?;
    Ok(Cbor(list.into_bytes()))
}

pub(super) async fn chunks<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let signed = signed_request::read(&hub, request, MAX_SMALL_BODY).await?;
    let asked = cbor::decode(&signed.body).map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    let answer = dataset::chunks(&hub, &signed.sender.life.district, &asked).await?;
    Ok(Cbor(cbor::encode(&answer)))
}
