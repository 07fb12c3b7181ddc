//! `POST /v1/enrol`.

use axum::extract::{Request, State};
use hub_api::{cbor, protocol::MAX_SMALL_BODY, refused::RefusedCode};

use super::{Refused, answer::Cbor, signed_request::read_body};
use crate::{enrolment, hub::Hub, store::HubStore};

pub(super) async fn enrol<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let body = read_body(request.into_body(), MAX_SMALL_BODY).await?;
    let request = cbor::decode_exact(&body).map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    Ok(Cbor(enrolment::enrol(&hub, &request).await?))
}
