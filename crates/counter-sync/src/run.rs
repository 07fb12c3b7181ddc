//! The background loop: a round when something was saved, a held-open feed otherwise, and patience when the hub is away.

use std::{sync::Arc, time::Duration};

use counter_store::{EntropySource, Store, StoreError};
use hub_api::protocol::MAX_FEED_WAIT_S;
use serde::Serialize;
use tokio::sync::{Notify, watch};

use crate::{Clock, SyncError, SyncOutcome, Transport, sync_once::round};

/// The first pause after a failure; it doubles with each further one.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5 * 60);
/// How often the store is looked at for work while the feed is held open.
const LOOK_FOR_WORK: Duration = Duration::from_secs(1);
/// How long to wait before looking again whether the counter was enrolled.
const UNENROLLED_PAUSE: Duration = Duration::from_secs(30);

/// How it stands between counter and hub, in a word; the screen has the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum SyncState {
    /// 未接入区信用平台.
    NotEnrolled,
    /// 正在连接.
    Connecting,
    /// 已连接: the last round came to its end.
    Connected,
    /// 离线: no answer; saved work waits and goes by itself.
    Offline,
    /// 需处理: the hub or the store says no, and waiting alone does not help.
    NeedsAttention,
}

/// What the screen shows about the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncStatus {
    /// How it stands.
    pub state: SyncState,
    /// The word of the last failure.
    pub code: Option<String>,
    /// When the last round came to its end, ms UTC.
    #[specta(type = Option<f64>)]
    pub synced_at: Option<i64>,
    /// When it is tried again, ms UTC, while offline.
    #[specta(type = Option<f64>)]
    pub next_try_at: Option<i64>,
    /// What the last round did.
    pub last: Option<SyncOutcome>,
}

/// The handle on a loop.
#[derive(Clone, Debug)]
pub struct Running {
    wake: Arc<Notify>,
    status: Arc<watch::Sender<SyncStatus>>,
}

impl Default for Running {
    fn default() -> Self {
        let status = SyncStatus {
            state: SyncState::Connecting,
            code: None,
            synced_at: None,
            next_try_at: None,
            last: None,
        };
        Self {
            wake: Arc::new(Notify::new()),
            status: Arc::new(watch::Sender::new(status)),
        }
    }
}

impl Running {
    /// Begins a round now: something was saved, the counter was enrolled, or a person asks for it.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// The status, and a way to wait for its changes.
    pub fn status(&self) -> watch::Receiver<SyncStatus> {
        self.status.subscribe()
    }
}

/// Goes on until the future is dropped. Dropping it loses nothing: what is not receipted is sent again.
pub async fn run<T: Transport>(store: Store, transport: T, clock: Clock, running: Running) {
    let mut failures = 0;
    loop {
        let outcome = match round(&store, &transport, &clock, 0).await {
            Ok(outcome) => {
                let more = outcome.reference.more;
                note(&running, &clock, outcome);
                if more {
                    Ok(())
                } else {
                    wait_for_news(&store, &transport, &clock, &running).await
                }
            }
            Err(error) => Err(error),
        };
        let Err(error) = outcome else {
            failures = 0;
            continue;
        };
        failures += 1;
        let pause = pause_after(&error, failures, store.entropy());
        note_failure(&running, &clock, &error, pause);
        tokio::select! {
            () = running.wake.notified() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// Holds the feed open until something comes, or until something is to be sent.
async fn wait_for_news<T: Transport>(
    store: &Store,
    transport: &T,
    clock: &Clock,
    running: &Running,
) -> Result<(), SyncError> {
    loop {
        let outcome = tokio::select! {
            () = running.wake.notified() => return Ok(()),
            saved = something_saved(store) => return saved,
            outcome = round(store, transport, clock, MAX_FEED_WAIT_S) => outcome?,
        };
        let more = outcome.reference.more;
        note(running, clock, outcome);
        if more {
            return Ok(());
        }
    }
}

/// Looks every second whether something was saved that nobody woke the loop for.
async fn something_saved(store: &Store) -> Result<(), SyncError> {
    loop {
        tokio::time::sleep(LOOK_FOR_WORK).await;
        // What a forked life left unsent is not work: only the life that writes counts.
        let identity = store.identity();
        let waits = store.read::<_, StoreError>(|tx| {
            let next = tx.recorded_to(identity.incarnation)? + 1;
            Ok(tx.change(&identity.counter, identity.incarnation, next)?.is_some())
        })?;
        if waits {
            return Ok(());
        }
    }
}

fn note(running: &Running, clock: &Clock, outcome: SyncOutcome) {
    running.status.send_modify(|status| {
        *status = SyncStatus {
            state: SyncState::Connected,
            code: None,
            synced_at: Some(clock.now()),
            next_try_at: None,
            last: Some(outcome),
        };
    });
}

fn note_failure(running: &Running, clock: &Clock, error: &SyncError, pause: Duration) {
    let state = if matches!(error, SyncError::NotEnrolled) {
        SyncState::NotEnrolled
    } else if error.passes_by_itself() {
        SyncState::Offline
    } else {
        tracing::error!(%error, "waiting alone does not help");
        SyncState::NeedsAttention
    };
    let next_try_at = clock
        .now()
        .saturating_add(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
    running.status.send_modify(|status| {
        status.state = state;
        status.code = (state != SyncState::NotEnrolled).then(|| error.code().to_owned());
        status.next_try_at = Some(next_try_at);
    });
}

/// Doubles with every failure and is spread by chance, so that a district's counters do not all come back at once; not
/// before the hub asked for.
fn pause_after(error: &SyncError, failures: u32, entropy: &EntropySource) -> Duration {
    if matches!(error, SyncError::NotEnrolled) {
        return UNENROLLED_PAUSE;
    }
    let full = FIRST_PAUSE
        .saturating_mul(1 << failures.saturating_sub(1).min(16))
        .min(LONGEST_PAUSE);
    let mut byte = [0; 1];
    entropy.fill(&mut byte);
    let spread = full.mul_f64(f64::from(byte[0]) / 512.0);
    let earliest = error.retry_after().unwrap_or_default().max(full / 2);
    earliest + spread
}

#[cfg(test)]
mod tests {
    use hub_api::refused::RefusedCode;

    use super::*;
    use crate::TransportError;

    #[test]
    fn a_busy_hub_is_left_alone_for_as_long_as_it_asks() {
        let busy = |seconds: Option<u64>| SyncError::Refused {
            code: RefusedCode::Busy,
            message: String::new(),
            retry_after: seconds.map(Duration::from_secs),
        };
        for (byte, spread) in [(0_u8, 0.0), (255, 0.498)] {
            let entropy = EntropySource::new(move |bytes| bytes.fill(byte));
            // What is asked for, how often it failed, when it is tried again at the earliest, and the full pause.
            for (seconds, failures, earliest, full) in [
                (None, 1, 1.0, 2.0),
                (Some(30), 1, 30.0, 2.0),
                (Some(30), 9, 150.0, 300.0),
                (Some(200), 9, 200.0, 300.0),
            ] {
                let pause = pause_after(&busy(seconds), failures, &entropy).as_secs_f64();
                let expected = earliest + full * spread;
                assert!(
                    (pause - expected).abs() < 0.01 * full,
                    "{seconds:?} {failures}: {pause}"
                );
            }
        }
    }

    #[test]
    fn pauses_grow_to_five_minutes_and_differ_between_counters() {
        let error = SyncError::Transport(TransportError::NotSent(String::new()));
        for (byte, share) in [(0_u8, 0.5), (255, 0.998)] {
            let entropy = EntropySource::new(move |bytes| bytes.fill(byte));
            for (failures, full) in [(1, 2.0), (2, 4.0), (5, 32.0), (9, 300.0), (1000, 300.0)] {
                let pause = pause_after(&error, failures, &entropy).as_secs_f64();
                assert!((pause - full * share).abs() < 0.01 * full, "{failures}: {pause}");
            }
        }
    }
}
