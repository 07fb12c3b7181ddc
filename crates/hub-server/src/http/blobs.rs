//! `POST /v1/blobs/offer`, and `PUT` and `GET /v1/blobs/{sha256}?offset=…&length=…`.

use axum::extract::{Path, Query, Request, State};
use hub_api::{
    blob::{BlobHash, BlobRange, BlobRef},
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
    let (blob, offset) = named(&sha256, &request)?;
    let signed = signed_request::read(&hub, request, MAX_BLOB_RANGE).await?;
    let district = &signed.sender.life.district;
    Ok(Cbor(cbor::encode(
        &attachment::put_range(&hub, district, blob, offset, &signed.body).await?,
    )))
}

pub(super) async fn get_range<S: HubStore>(
    State(hub): State<Hub<S>>,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Cbor, Refused> {
    let (blob, offset) = named(&sha256, &request)?;
    let signed = signed_request::read(&hub, request, 0).await?;
    let district = &signed.sender.life.district;
    let bytes = attachment::get_range(&hub, district, blob, offset)
        .await?
        .ok_or_else(|| {
            Refused::new(
                RefusedCode::NotFound,
                "no such attachment is here, or no range begins there",
            )
        })?;
    Ok(Cbor(cbor::encode(&BlobRange { offset, bytes })))
}

/// The attachment and the offset an address names.
fn named(sha256: &str, request: &Request) -> Result<(BlobRef, u64), Refused> {
    let malformed = || Refused::new(RefusedCode::Malformed, "the name or the range cannot be read");
    let Query(range) = Query::<Range>::try_from_uri(request.uri()).map_err(|_| malformed())?;
    let blob = BlobRef {
        sha256: BlobHash::from_hex(sha256).ok_or_else(malformed)?,
        length: range.length,
    };
    Ok((blob, range.offset))
}
