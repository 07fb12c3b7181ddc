//! The line to the hub while the window is open: the loop that sends and fetches, and how it stands.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use counter_desk::Desk;
use counter_sync::{Running, SyncState, SyncStatus};
use tauri::async_runtime::JoinHandle;

use crate::{commands::delivery::spawn_loop, error::CommandError};

/// How long a person waits for a round that only tells how the line stands.
const A_ROUND: Duration = Duration::from_secs(1);

/// See the module.
#[derive(Debug, Default)]
pub struct Line(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    rounds: JoinHandle<()>,
    running: Running,
}

impl Line {
    /// Keeps sending and fetching for `desk` from now on; where that goes on already, a round begins at once.
    ///
    /// # Errors
    /// When the network cannot be set up.
    pub fn keep_up(&self, desk: Arc<Desk>) -> Result<(), CommandError> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some(kept) => kept.running.wake(),
            None => {
                let running = Running::default();
                let rounds = spawn_loop(desk, running.clone())?;
                *kept = Some(Kept { rounds, running });
            }
        }
        Ok(())
    }

    /// Begins a round at once and waits for its end, but not long, so that what is said of the line is what a person
    /// has just seen.
    pub async fn try_now(&self) {
        let mut status = {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(kept) = &*kept else { return };
            let status = kept.running.status();
            kept.running.wake();
            status
        };
        // A round that takes longer is told when it ends; the loop outlives this.
        let _ = tokio::time::timeout(A_ROUND, status.changed()).await;
    }

    /// How it stands. Where nothing is kept up, `why_not` says why, or the counter is bound to no hub.
    pub fn status(&self, why_not: Option<&str>) -> SyncStatus {
        if let Some(kept) = &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            return kept.running.status().borrow().clone();
        }
        SyncStatus {
            state: why_not.map_or(SyncState::NotEnrolled, |_| SyncState::NeedsAttention),
            code: why_not.map(str::to_owned),
            synced_at: None,
            next_try_at: None,
            last: None,
        }
    }

    /// Nothing is sent or fetched any more.
    pub fn end(&self) {
        if let Some(kept) = self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            kept.rounds.abort();
        }
    }
}
