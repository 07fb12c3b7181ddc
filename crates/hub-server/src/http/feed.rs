//! `GET /v1/feed?after=…&wait=…`.

use std::time::Duration;

use axum::extract::{Query, Request, State};
use hub_api::{feed::Cursor, protocol::MAX_FEED_WAIT_S, refused::RefusedCode};
use serde::Deserialize;

use super::{Refused, answer::Cbor, signed_request};
use crate::{
    feed::{Reader, page},
    hub::Hub,
    store::HubStore,
};

#[derive(Deserialize)]
struct Asked {
    after: Option<String>,
    #[serde(default)]
    wait: u64,
}

pub(super) async fn feed<S: HubStore>(State(hub): State<Hub<S>>, request: Request) -> Result<Cbor, Refused> {
    let malformed = |message: &str| Refused::new(RefusedCode::Malformed, message);
    let Query(asked) =
        Query::<Asked>::try_from_uri(request.uri()).map_err(|_| malformed("the query cannot be read"))?;
    let after = match asked.after {
        None => None,
        Some(text) => Some(Cursor::parse(&text).ok_or_else(|| malformed("the cursor cannot be read"))?),
    };
    let signed = signed_request::read(&hub, request, 0).await?;
    let life = signed.sender.life;
    let reader = Reader {
        district: life.district,
        counter: life.counter,
        incarnation: life.incarnation,
    };
    let wait = Duration::from_secs(asked.wait.min(MAX_FEED_WAIT_S));
    Ok(Cbor(page(&hub, &reader, after, wait).await?.into_bytes()))
}
