//! One signed request to the hub and its answer.

use std::{
    ops::{Deref, DerefMut},
    sync::atomic::{AtomicBool, AtomicU16, Ordering},
    time::Duration,
};

use bytes::Bytes;
use counter_core::change::IncarnationId;
use counter_store::{CounterIdentity, EntropySource, Store, StoreError, table::hub_binding};
use ed25519_dalek::SigningKey;
use hub_api::{
    cbor,
    feed::Cursor,
    key::{HubIncarnation, PublicKey},
    packing::{PACKING, pack},
    protocol::{CONTENT_TYPE, PROGRAM_HEADER, PROTOCOL, PROTOCOLS},
    refused::{RefusedCode, RefusedRequest},
    request_signature::{RequestParts, RequestSignature},
};

use crate::{Clock, SyncError, Transport, TransportError};

/// How often a request is signed again because of the hub's clock or a nonce it knows.
const SIGN_AGAIN: usize = 2;

/// Shorter bodies go as they are: a frame around them would save nothing.
const WORTH_PACKING: usize = 1024;

/// A request's body as it is sent and signed.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    bytes: Bytes,
    packed: bool,
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes: bytes.into(),
            packed: false,
        }
    }
}

/// Whom this counter is bound to, and as whom it speaks, however the hub is reached.
pub(crate) struct Binding<'a> {
    pub store: &'a Store,
    pub clock: &'a Clock,
    pub identity: CounterIdentity,
    pub key: SigningKey,
    pub hub_key: PublicKey,
    pub cursor: Cursor,
    url: String,
}

impl<'a> Binding<'a> {
    /// Reads whom to talk to.
    ///
    /// # Errors
    /// [`SyncError::NotEnrolled`]; the store's errors.
    pub fn open(store: &'a Store, clock: &'a Clock) -> Result<Self, SyncError> {
        let (binding, seed) = store.read(|tx| {
            let binding = hub_binding::get(tx)?;
            Ok::<_, StoreError>((binding, tx.signing_seed()?))
        })?;
        let binding = binding.ok_or(SyncError::NotEnrolled)?;
        let damaged = || StoreError::Damaged("the hub's key in the enrolment".to_owned());
        let hub_key = PublicKey(binding.hub_key.try_into().map_err(|_| damaged())?);
        let hub_incarnation = binding
            .hub_incarnation
            .ok_or_else(damaged)?
            .try_into()
            .map_err(|_| damaged())?;
        let cursor = Cursor {
            hub_incarnation: HubIncarnation(hub_incarnation),
            index: binding.cursor,
        };
        Ok(Self {
            store,
            clock,
            identity: store.identity(),
            key: SigningKey::from_bytes(&seed),
            hub_key,
            cursor,
            url: binding.url,
        })
    }
}

/// The hub over the network, for one round.
pub(crate) struct Connection<'a, T> {
    binding: Binding<'a>,
    transport: &'a T,
    entropy: EntropySource,
    /// Whether an answer of this round said that the hub unpacks.
    unpacks: AtomicBool,
    /// The version of the protocol spoken in this round: the newest that the hub takes, as far as it said.
    protocol: AtomicU16,
}

impl<'a, T> Deref for Connection<'a, T> {
    type Target = Binding<'a>;

    fn deref(&self) -> &Self::Target {
        &self.binding
    }
}

impl<T> DerefMut for Connection<'_, T> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.binding
    }
}

impl<'a, T: Transport> Connection<'a, T> {
    /// Reads whom to talk to.
    ///
    /// # Errors
    /// As for [`Binding::open`].
    pub fn open(store: &'a Store, transport: &'a T, clock: &'a Clock) -> Result<Self, SyncError> {
        Ok(Self {
            binding: Binding::open(store, clock)?,
            transport,
            entropy: store.entropy().clone(),
            unpacks: AtomicBool::new(false),
            protocol: AtomicU16::new(PROTOCOL),
        })
    }

    /// Goes on in the life the database has now.
    pub fn go_on(&mut self) {
        self.identity = self.store.identity();
    }

    /// Whether the hub is known to unpack. An older one is sent plain bodies only.
    pub fn unpacks(&self) -> bool {
        self.unpacks.load(Ordering::Relaxed)
    }

    /// Packs a body where the hub unpacks and it is worth it.
    pub fn packed(&self, body: Body) -> Body {
        if body.packed || !self.unpacks() || body.bytes.len() < WORTH_PACKING {
            return body;
        }
        Body {
            bytes: pack(&body.bytes).into(),
            packed: true,
        }
    }

    /// Sends a signed request and gives the body of a success.
    ///
    /// # Errors
    /// [`SyncError::Transport`], [`SyncError::Refused`], [`SyncError::Answer`].
    pub async fn call(
        &self,
        method: http::Method,
        path: &str,
        body: impl Into<Body>,
        incarnation: IncarnationId,
    ) -> Result<Bytes, SyncError> {
        let body = body.into();
        let mut times_left = SIGN_AGAIN;
        loop {
            match self.call_once(&method, path, &body, incarnation).await {
                Err(SyncError::Refused {
                    code: RefusedCode::ClockSkew | RefusedCode::Replayed,
                    message,
                    ..
                }) if times_left > 0 => {
                    times_left -= 1;
                    tracing::info!(message, "signing again");
                }
                Err(SyncError::Refused {
                    code: RefusedCode::UnsupportedProtocol,
                    message,
                    ..
                }) if self.can_speak_older() => {
                    tracing::info!(message, "speaking the version before");
                }
                answered => return answered,
            }
        }
    }

    /// Speaks the version before from now on, where there is one within the window.
    fn can_speak_older(&self) -> bool {
        let older = self.protocol.load(Ordering::Relaxed) - 1;
        let spoken = PROTOCOLS.contains(&older);
        if spoken {
            self.protocol.store(older, Ordering::Relaxed);
        }
        spoken
    }

    async fn call_once(
        &self,
        method: &http::Method,
        path: &str,
        body: &Body,
        incarnation: IncarnationId,
    ) -> Result<Bytes, SyncError> {
        let mut nonce = [0; 16];
        self.entropy.fill(&mut nonce);
        let parts = RequestParts {
            method: method.as_str(),
            path_and_query: path,
            body: &body.bytes,
        };
        let protocol = self.protocol.load(Ordering::Relaxed);
        let signature = RequestSignature::sign_in(protocol, parts, &self.key, incarnation, self.clock.hub_now(), nonce);
        let mut request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header(http::header::CONTENT_TYPE, CONTENT_TYPE)
            .header(PROGRAM_HEADER, env!("CARGO_PKG_VERSION"));
        if body.packed {
            request = request.header(http::header::CONTENT_ENCODING, PACKING);
        }
        for (name, value) in signature.headers() {
            request = request.header(name, value);
        }
        let answer = self.transport.send(finish(request, body.bytes.clone())?).await?;
        let unpacks = answer.headers().get(http::header::ACCEPT_ENCODING);
        if unpacks.is_some_and(|word| word == PACKING) {
            self.unpacks.store(true, Ordering::Relaxed);
        }
        read_answer(answer, self.clock)
    }
}

pub(crate) fn finish(request: http::request::Builder, body: Bytes) -> Result<http::Request<Bytes>, TransportError> {
    request
        .body(body)
        .map_err(|error| TransportError::NotSent(error.to_string()))
}

/// The longest a counter lets a hub send it away for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(5 * 60);

/// The seconds of `Retry-After`. A date is passed over: clocks are not trusted.
fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(http::header::RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_RETRY_AFTER))
}

/// The body of a success, or the hub's word. Learns the hub's clock from a refusal that is about the clock.
pub(crate) fn read_answer(answer: http::Response<Bytes>, clock: &Clock) -> Result<Bytes, SyncError> {
    if answer.status().is_success() {
        return Ok(answer.into_body());
    }
    let retry_after = retry_after(answer.headers());
    let Ok(refused) = cbor::decode::<RefusedRequest>(answer.body()) else {
        // Not a word of the hub: a proxy, or something else that listens there.
        return Err(TransportError::MaybeSent(format!("status {}", answer.status())).into());
    };
    if refused.code == RefusedCode::ClockSkew {
        clock.correct(refused.hub_now);
    }
    Err(SyncError::Refused {
        code: refused.code,
        message: refused.message,
        retry_after,
    })
}
