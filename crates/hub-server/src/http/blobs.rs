//! `POST /v1/blobs/offer` and `PUT /v1/blobs/{sha256}?offset=…&length=…`.

use axum::extract::{Path, Query, Request, State};
use hub_api::{
    blob::{BlobHash, BlobRef},
    cbor,
    protocol::{MAX_BLOB_RANGE, MAX_SMALL_BODY},
    refused::RefusedCode,
};
use serde::Deserialize;

use super::{Refused, answer::Cbor, signed_request};
use crate::{attachment, hub::Hub, store::HubStore};

#[derive(Deserialize)]
struct Range {
    offset: u64,
    length: u64,
}

pub(super) async fn offer<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let signed = signed_request::read(&hub, request, MAX_SMALL_BODY).await?;
    let offer = cbor::decode(&signed.body).map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    Ok(Cbor(cbor::encode(
        &attachment::offer(&hub, &signed.sender.life.district, &offer).await?,
    )))
}

pub(super) async fn put_range<S: HubStore>(
    State(hub): State<Hub<S>>,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Cbor, Refused> {
    let malformed = || Refused::new(RefusedCode::Malformed, "the name or the range cannot be read");
    let Query(range) = Query::<Range>::try_from_uri(request.uri()).map_err(|_| malformed())?;
    let blob = BlobRef {
        sha256: BlobHash::from_hex(&sha256).ok_or_else(malformed)?,
        length: range.length,
    };
    let signed = signed_request::read(&hub, request, MAX_BLOB_RANGE).await?;
    let district = &signed.sender.life.district;
    Ok(Cbor(cbor::encode(
        &attachment::put_range(&hub, district, blob, range.offset, &signed.body).await?,
    )))
}
