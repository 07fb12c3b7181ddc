//! `sync`: one round with the hub: pushed, receipts taken, pulled, reference data taken over; then the newest trust list.

use counter_desk::{Coded, Desk, certificate::accept_trust::accept_trust, reference::take_over};
use counter_sync::{Clock, HttpTransport, fetch_trust, sync_once};
use tokio::runtime::Runtime;

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn sync(common: &Common) -> Result<Answer, Failure> {
    let desk = common.writing()?;
    let transport = HttpTransport::new().map_err(|error| Failure::coded("no_network", &error.to_string()))?;
    let clock = hub_clock(common);
    let waiting = waiting()?;
    let outcome = waiting
        .block_on(sync_once(desk.store(), &transport, &clock))
        .map_err(|error| Failure::coded(error.code(), &error.to_string()))?;
    waiting.block_on(refresh_trust(&desk, &transport, &clock));
    let taken = take_over(&desk).map_err(|error| Failure::coded(error.code(), &error.to_string()))?;
    let text = format!(
        "已送达 {} 项，收到回执 {} 份，取回 {} 项，被退回 {} 项，更新参考数据 {} 类。",
        outcome.pushed,
        outcome.receipts,
        outcome.pulled,
        outcome.refused.len(),
        taken.len()
    );
    let mut document = snake(&outcome)?;
    document["reference"]["taken_over"] = snake(&taken)?;
    Ok(Answer::new(document, text))
}

/// The round is done whether or not the list could be had; the next round asks again.
async fn refresh_trust(desk: &Desk, transport: &HttpTransport, clock: &Clock) {
    match fetch_trust(desk.store(), transport, clock).await {
        Ok(list) => keep_trust(desk, &list),
        Err(error) => tracing::warn!(code = error.code(), %error, "the trust list was not had"),
    }
}

/// Keeps the list, if it is the hub's and newer.
pub fn keep_trust(desk: &Desk, list: &[u8]) {
    if let Err(error) = accept_trust(desk, list) {
        tracing::warn!(code = error.code(), %error, "the trust list was not taken");
    }
}

/// The clock the counter's requests are signed by.
pub fn hub_clock(common: &Common) -> Clock {
    let clock = common.clock();
    Clock::new(move || clock.now_ms())
}

/// What waits for the network.
pub fn waiting() -> Result<Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::coded("internal", &error.to_string()))
}
