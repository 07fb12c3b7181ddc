//! Binding the counter to a hub with a one-time code.

use bytes::Bytes;
use counter_core::change::{CounterCode, IncarnationId};
use counter_store::{
    Store, StoreError,
    table::hub_binding::{self, HubBinding},
};
use ed25519_dalek::SigningKey;
use hub_api::{
    cbor,
    enrolment::{EnrolmentClaim, EnrolmentError, EnrolmentReply, EnrolmentRequest},
    enrolment_code::{EnrolmentCode, EnrolmentCodeError},
    protocol::{CONTENT_TYPE, ENROL_PATH, PROTOCOLS},
    refused::RefusedCode,
};

use crate::{
    Clock, SyncError, Transport,
    call::{finish, read_answer},
};

/// A counter that is bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolled {
    /// The counter.
    pub counter: CounterCode,
    /// The life its database is in.
    pub incarnation: IncarnationId,
    /// The hub's address.
    pub hub: String,
    /// Until when the hub lets the counter's key speak for it, exclusive, ms UTC.
    pub certificate_until_at: i64,
}

/// A counter that was not bound.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// Not a code.
    #[error(transparent)]
    Code(#[from] EnrolmentCodeError),
    /// Not an address.
    #[error("an address begins with https://, or with http:// where the hub is on this computer")]
    Address,
    /// Bound to another hub, which has receipts for this counter's changes.
    #[error("this counter is bound to another hub")]
    OtherHub,
    /// The answer is not believed.
    #[error(transparent)]
    NotBelieved(#[from] EnrolmentError),
    /// The hub could not be asked, or says no.
    #[error(transparent)]
    Sync(#[from] SyncError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl EnrolError {
    /// The stable word; the screen finds its sentence by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Code(EnrolmentCodeError::Form) => "code_form",
            Self::Code(EnrolmentCodeError::Check) => "code_mistyped",
            Self::Address => "hub_address",
            Self::OtherHub => "bound_elsewhere",
            Self::NotBelieved(EnrolmentError::OtherHub) => "other_hub",
            Self::NotBelieved(_) => "bad_answer",
            Self::Sync(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }
}

/// Binds the counter in `store` to the hub at `url`. A second try with the same code after a lost answer comes to the same.
///
/// # Errors
/// [`EnrolError`]; the counter is as it was then.
pub async fn enrol<T: Transport>(
    store: &Store,
    transport: &T,
    clock: &Clock,
    url: &str,
    code: &str,
) -> Result<Enrolled, EnrolError> {
    let code = EnrolmentCode::parse(code)?;
    let url = address(url)?;
    let identity = store.identity();
    let (known, seed) = store.read(|tx| {
        let known = hub_binding::get(tx)?;
        Ok::<_, StoreError>((known, tx.signing_seed()?))
    })?;
    let key = SigningKey::from_bytes(&seed);
    let mut claim = EnrolmentClaim::new(identity.site, identity.counter, identity.incarnation, &key);
    let reply = loop {
        let body = cbor::encode(&EnrolmentRequest::sign(&claim, &key, &code));
        match ask(transport, clock, &url, body).await {
            Err(SyncError::Refused {
                code: RefusedCode::UnsupportedProtocol,
                ..
            }) if PROTOCOLS.contains(&(claim.protocol - 1)) => claim.protocol -= 1,
            answered => break answered?,
        }
    };
    let (answer, delegation) = reply.open(&code, &claim)?;

    let hub_key = answer.hub_key.0.to_vec();
    if known.as_ref().is_some_and(|known| known.hub_key != hub_key) {
        return Err(EnrolError::OtherHub);
    }
    // Bound again to a hub that was restored, it must still notice that by its cursor, and hand back.
    let (hub_incarnation, cursor) = known
        .and_then(|known| known.hub_incarnation.map(|life| (life, known.cursor)))
        .unwrap_or_else(|| (answer.hub_incarnation.0.to_vec(), 0));
    let now = clock.now();
    let binding = HubBinding {
        url: url.clone(),
        hub_key,
        hub_incarnation: Some(hub_incarnation),
        delegation: answer.delegation.into_bytes(),
        delegated_until_at: delegation.until_at,
        cursor,
        bound_at: now,
        contacted_at: Some(now),
    };
    store.write(|tx| hub_binding::put(tx, &binding))?;
    Ok(Enrolled {
        counter: claim.counter,
        incarnation: claim.incarnation,
        hub: url,
        certificate_until_at: delegation.until_at,
    })
}

async fn ask<T: Transport>(
    transport: &T,
    clock: &Clock,
    url: &str,
    body: Vec<u8>,
) -> Result<EnrolmentReply, SyncError> {
    let request = http::Request::post(format!("{url}{ENROL_PATH}")).header(http::header::CONTENT_TYPE, CONTENT_TYPE);
    let answer = transport.send(finish(request, Bytes::from(body))?).await?;
    Ok(cbor::decode(&read_answer(answer, clock)?)?)
}

/// The address without a slash at its end. Names of clients and numbers never travel in the clear between computers.
fn address(url: &str) -> Result<String, EnrolError> {
    let url = url.trim().trim_end_matches('/');
    let parsed: http::Uri = url.parse().map_err(|_| EnrolError::Address)?;
    let host = parsed.host().ok_or(EnrolError::Address)?;
    let here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    match parsed.scheme_str() {
        Some("https") => Ok(url.to_owned()),
        Some("http") if here => Ok(url.to_owned()),
        Some(_) | None => Err(EnrolError::Address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hub_on_another_computer_is_only_spoken_to_over_tls() {
        for (url, taken) in [
            ("http://127.0.0.1:8440/", true),
            ("http://localhost:8440", true),
            ("https://hub.example.gov.cn", true),
            ("http://hub.example.gov.cn", false),
            ("ftp://127.0.0.1", false),
            ("hub.example.gov.cn", false),
            ("", false),
        ] {
            assert_eq!(address(url).is_ok(), taken, "{url}");
        }
    }
}
