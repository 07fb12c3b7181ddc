//! `POST /v1/renew`.

use axum::extract::{Request, State};

use super::{Refused, answer::Cbor, signed_request};
use crate::{enrolment, hub::Hub, store::HubStore};

pub(super) async fn renew<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let signed = signed_request::read(&hub, request, 0).await?;
    Ok(Cbor(enrolment::renew(&hub, signed.sender.key.id()).await?))
}
