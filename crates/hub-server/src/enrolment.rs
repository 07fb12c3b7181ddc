//! One-time codes and the delegations they are turned into.

use counter_core::change::CounterCode;
use hub_api::{
    cbor,
    delegation::{Delegation, RENEW_WITHIN_MS},
    enrolment::{EnrolmentError, EnrolmentReply, EnrolmentRequest},
    enrolment_code::EnrolmentCode,
    key::{KeyId, PublicKey},
    protocol::PROTOCOLS,
    signed::Signed,
};

use crate::{
    clock::NoEntropy,
    hub::Hub,
    store::{CounterKeyRow, EnrolmentCodeRow, EnrolmentStore, HubLifeStore, HubStore, HubTransaction, StoreError},
};

/// How long a code may be used, in milliseconds: three days, over a weekend.
pub const CODE_VALID_MS: i64 = 3 * DAY_MS;
/// How long a delegation holds, in milliseconds: 400 days, so that a yearly renewal is never late by a holiday.
pub const DELEGATION_VALID_MS: i64 = 400 * DAY_MS;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A code as it is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedCode {
    /// The code.
    pub code: EnrolmentCode,
    /// Until when it may be used, ms UTC.
    pub valid_until_at: i64,
}

/// No code was made.
#[derive(Debug, thiserror::Error)]
pub enum PrintCodeError {
    /// A site that is not a division code of six digits.
    #[error("a site is a division code of six digits, such as 440104")]
    Site,
    /// A counter code with something else than capital letters and digits, or the hub's own.
    #[error("a counter's code has 1 to 8 capital letters and digits, such as W03, and is not HUB")]
    Counter,
    /// The random source.
    #[error(transparent)]
    Entropy(#[from] NoEntropy),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A counter that was not bound.
#[derive(Debug, thiserror::Error)]
pub enum EnrolError {
    /// No such code.
    #[error("no such one-time code")]
    CodeUnknown,
    /// Used by another key.
    #[error("the one-time code was used already")]
    CodeUsed,
    /// Too old.
    #[error("the one-time code is too old")]
    CodeExpired,
    /// The code was printed for another counter.
    #[error("the one-time code was printed for another counter")]
    WrongCounter,
    /// The counter speaks another version.
    #[error("protocol {0} is not spoken here")]
    UnsupportedProtocol(u16),
    /// A signature does not hold.
    #[error(transparent)]
    Claim(#[from] EnrolmentError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes a one-time code for `counter` of district `site`.
///
/// # Errors
/// [`PrintCodeError`].
pub async fn print_code<S: HubStore>(hub: &Hub<S>, site: &str, counter: &str) -> Result<PrintedCode, PrintCodeError> {
    if site.len() != 6 || !site.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(PrintCodeError::Site);
    }
    let well_formed = (1..=8).contains(&counter.len())
        && counter
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    if !well_formed || counter == CounterCode::HUB {
        return Err(PrintCodeError::Counter);
    }
    let code = EnrolmentCode::new(hub.world.random()?, &hub.public_key());
    let valid_until_at = hub.world.now() + CODE_VALID_MS;
    let row = EnrolmentCodeRow {
        code_key: PublicKey::of(&code.signing_key()),
        district: site.to_owned(),
        counter: CounterCode(counter.to_owned()),
        valid_until_at,
        used_by: None,
        reply: None,
    };
    let mut transaction = hub.store.begin().await?;
    transaction.insert_enrolment_code(&row).await?;
    transaction.commit().await?;
    Ok(PrintedCode { code, valid_until_at })
}

/// The delegation of a known key: a new one where the present one ends soon, otherwise the same again.
///
/// # Errors
/// [`StoreError`].
pub async fn renew<S: HubStore>(hub: &Hub<S>, key: KeyId) -> Result<Vec<u8>, StoreError> {
    let now = hub.world.now();
    let mut transaction = hub.store.begin().await?;
    let known = transaction
        .counter_key(key)
        .await?
        .ok_or_else(|| StoreError::Damaged(format!("the key {key} that has just signed")))?;
    if known.until_at - now > RENEW_WITHIN_MS {
        return Ok(known.delegation);
    }
    let until_at = now + DELEGATION_VALID_MS;
    let delegation = Delegation {
        site: known.district.clone(),
        counter: known.counter.clone(),
        key: known.key,
        from_at: known.from_at,
        until_at,
    };
    let signed = Signed::seal(&delegation, hub.key()).into_bytes();
    let row = CounterKeyRow {
        delegation: signed.clone(),
        until_at,
        ..known
    };
    transaction.put_counter_key(&row).await?;
    transaction.commit().await?;
    tracing::info!(district = row.district, counter = %row.counter, key = %key, "renewed");
    Ok(signed)
}

/// Binds a counter. The answer's bytes are kept: the same claim gets the same answer again.
///
/// # Errors
/// [`EnrolError`].
pub async fn enrol<S: HubStore>(hub: &Hub<S>, request: &EnrolmentRequest) -> Result<Vec<u8>, EnrolError> {
    let now = hub.world.now();
    let mut transaction = hub.store.begin().await?;
    let code = transaction
        .enrolment_code(request.code_key)
        .await?
        .ok_or(EnrolError::CodeUnknown)?;
    let claim = request.open(&code.code_key)?;
    if !PROTOCOLS.contains(&claim.protocol) {
        return Err(EnrolError::UnsupportedProtocol(claim.protocol));
    }
    if claim.site != code.district || claim.counter != code.counter {
        return Err(EnrolError::WrongCounter);
    }
    match (code.used_by, code.reply) {
        (Some(key), Some(reply)) if key == claim.key => return Ok(reply),
        (Some(_), _) => return Err(EnrolError::CodeUsed),
        (None, _) => {}
    }
    if now >= code.valid_until_at {
        return Err(EnrolError::CodeExpired);
    }
    // A key speaks for one counter only: bound again under another name it would read another counter's feed.
    let elsewhere = transaction
        .counter_key(claim.key.id())
        .await?
        .is_some_and(|known| known.district != claim.site || known.counter != claim.counter);
    if elsewhere {
        return Err(EnrolError::WrongCounter);
    }
    let delegation = Delegation {
        site: claim.site,
        counter: claim.counter,
        key: claim.key,
        from_at: now,
        until_at: now + DELEGATION_VALID_MS,
    };
    let signed = Signed::seal(&delegation, hub.key());
    let row = CounterKeyRow {
        key: delegation.key,
        district: delegation.site,
        counter: delegation.counter,
        delegation: signed.as_bytes().to_vec(),
        from_at: delegation.from_at,
        until_at: delegation.until_at,
        program: None,
    };
    let life = transaction.life_now().await?;
    let reply = cbor::encode(&EnrolmentReply::sign(life, signed, hub.key()));
    transaction.put_counter_key(&row).await?;
    transaction
        .use_enrolment_code(request.code_key, &row.key, &reply, now)
        .await?;
    transaction.commit().await?;
    tracing::info!(district = row.district, counter = %row.counter, key = %row.id(), "enrolled");
    Ok(reply)
}
