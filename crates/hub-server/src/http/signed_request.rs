//! Who asks: reads a request to its end and believes it only with a good signature, in time, and once.

use axum::{
    body::{Bytes, to_bytes},
    extract::Request,
    http::{HeaderMap, request::Parts},
};
use hub_api::{
    protocol::{CLOCK_WINDOW_MS, PROGRAM_HEADER, PROTOCOLS},
    refused::RefusedCode,
    request_signature::{RequestParts, RequestSignature},
};

use super::Refused;
use crate::{
    hub::Hub,
    recording::Sender,
    store::{CounterKeyRow, EnrolmentStore, HubStore, HubTransaction, Life, RequestStore},
};

/// A request that is believed.
pub(super) struct SignedRequest {
    /// Who sent it.
    pub sender: Sender,
    /// Its body.
    pub body: Bytes,
}

/// Reads `request`, whose body may have `limit` bytes, and checks who sent it.
pub(super) async fn read<S: HubStore>(hub: &Hub<S>, request: Request, limit: usize) -> Result<SignedRequest, Refused> {
    let (parts, body) = request.into_parts();
    let signature = RequestSignature::from_headers(|name| header(&parts.headers, name))
        .map_err(|error| Refused::new(RefusedCode::Malformed, error))?;
    if !PROTOCOLS.contains(&signature.protocol) {
        let message = format!("protocol {} is not spoken here, {PROTOCOLS:?} is", signature.protocol);
        return Err(Refused::new(RefusedCode::UnsupportedProtocol, message));
    }
    let now = hub.world.now();
    let key = known_key(hub, &signature, now).await?;
    let body = read_body(body, limit).await?;
    signature
        .verify(covered(&parts, &body), &key.key)
        .map_err(|error| Refused::new(RefusedCode::BadSignature, error))?;
    if !signature.is_timely(now) {
        return Err(Refused::new(RefusedCode::ClockSkew, "the clocks are too far apart").at(now));
    }
    // Whatever the request does waits for the disk, and this comes there with it.
    let mut transaction = hub.store.begin_lazily().await?;
    // The window looks both ways, so a nonce must be kept for twice its length.
    let fresh = transaction
        .note_request(
            &key.district,
            signature.key,
            program(&parts.headers),
            signature.nonce,
            now,
            now - 2 * CLOCK_WINDOW_MS,
        )
        .await?;
    transaction.commit().await?;
    if !fresh {
        return Err(Refused::new(RefusedCode::Replayed, "this very request was here before"));
    }
    let life = Life {
        district: key.district,
        counter: key.counter,
        incarnation: signature.incarnation,
    };
    Ok(SignedRequest {
        sender: Sender { key: key.key, life },
        body,
    })
}

/// Reads a body of at most `limit` bytes.
pub(super) async fn read_body(body: axum::body::Body, limit: usize) -> Result<Bytes, Refused> {
    to_bytes(body, limit).await.map_err(|_| {
        Refused::new(
            RefusedCode::TooLarge,
            format!("the body is longer than {limit} bytes or was cut off"),
        )
    })
}

async fn known_key<S: HubStore>(
    hub: &Hub<S>,
    signature: &RequestSignature,
    now: i64,
) -> Result<CounterKeyRow, Refused> {
    let mut transaction = hub.store.begin_read().await?;
    let key = transaction.counter_key(signature.key).await?.ok_or_else(|| {
        Refused::new(
            RefusedCode::UnknownKey,
            format!("no counter has the key {}", signature.key),
        )
    })?;
    if !key.holds_at(now) {
        return Err(Refused::new(
            RefusedCode::KeyExpired,
            format!("the delegation of {} is over", signature.key),
        ));
    }
    Ok(key)
}

/// The version of the program that asks, where it says one that is fit to be shown.
fn program(headers: &HeaderMap) -> Option<&str> {
    let fit = |text: &&str| {
        (1..=40).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'+'))
    };
    header(headers, PROGRAM_HEADER).filter(fit)
}

fn covered<'a>(parts: &'a Parts, body: &'a Bytes) -> RequestParts<'a> {
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    RequestParts {
        method: parts.method.as_str(),
        path_and_query: path,
        body,
    }
}

fn header<'a>(headers: &'a HeaderMap, name: &'static str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
