//! What goes on by itself while the window is open: looking at all that is stored, backups by plan, and taking away
//! papers that were opened for printing long ago. Nothing of it keeps anybody from saving, or from working fast.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    time::Duration,
};

use counter_desk::{
    Coded, Desk,
    backup::{
        MadeBackup,
        make_backup::{BackupError, Occasion, backup_is_due, make_backup},
    },
    store_check::check_if_due,
};
use thread_priority::{ThreadPriority, set_current_thread_priority};

use crate::papers;

/// The first round waits for the first screens, which everybody waits for.
const FIRST: Duration = Duration::from_secs(5);
/// How often it is looked whether something is due.
const ROUND: Duration = Duration::from_secs(60);
/// After a backup that failed the next try waits so many rounds.
const ROUNDS_AFTER_FAILURE: u32 = 15;

/// See the module.
#[derive(Debug, Default)]
pub struct Keeper {
    rounds: Mutex<Option<Rounds>>,
    /// Held while a backup is made: one at a time.
    backing_up: Arc<Mutex<()>>,
}

/// What keeps the rounds going: they end with it, a round under way at its own end.
type Rounds = Sender<()>;

impl Keeper {
    /// Looks after `desk` from now on, and after the papers that lie open in `papers`.
    ///
    /// Reading and encrypting all there is would slow the screens down; so it is done by a thread of its own that takes
    /// only what time they leave.
    pub fn look_after(&self, desk: Arc<Desk>, papers: PathBuf) {
        let backing_up = Arc::clone(&self.backing_up);
        let (rounds, ended) = channel();
        let thread = std::thread::Builder::new().name("keeper".into()).spawn(move || {
            if let Err(error) = set_current_thread_priority(ThreadPriority::Min) {
                tracing::warn!(?error, "what goes on by itself may slow the screens down");
            }
            go_round(&desk, &papers, &backing_up, &ended);
        });
        if let Err(error) = thread {
            tracing::error!(%error, "nothing looks after the data");
        }
        // The rounds before end.
        *self.rounds.lock().unwrap_or_else(PoisonError::into_inner) = Some(rounds);
    }

    /// Makes a backup now.
    ///
    /// # Errors
    /// The use case's.
    pub fn back_up(&self, desk: &Desk) -> Result<Option<MadeBackup>, BackupError> {
        back_up(desk, Occasion::Asked, &self.backing_up)
    }

    /// Whether a backup is being made.
    pub fn is_backing_up(&self) -> bool {
        self.backing_up.try_lock().is_err()
    }

    /// Whether the window's end has to wait for a backup: one is being made, or something was recorded since the last.
    pub fn owes_a_backup(&self, desk: &Desk) -> bool {
        if desk.store().is_read_only() {
            return false;
        }
        self.is_backing_up()
            || backup_is_due(desk, Occasion::Closing).unwrap_or_else(|error| {
                tracing::warn!(code = error.code(), "whether a backup is due is not known");
                false
            })
    }

    /// The last backup, when something was recorded since the one before.
    pub fn back_up_at_the_end(&self, desk: &Desk) {
        drop(self.rounds.lock().unwrap_or_else(PoisonError::into_inner).take());
        if desk.store().is_read_only() {
            return;
        }
        if let Err(error) = back_up(desk, Occasion::Closing, &self.backing_up) {
            tracing::warn!(code = error.code(), "no backup at the end");
        }
    }
}

/// One round after another, until whoever began them ends.
fn go_round(desk: &Desk, papers: &Path, backing_up: &Mutex<()>, ended: &Receiver<()>) {
    let mut pause = FIRST;
    let mut resting = 0;
    while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(pause) {
        let round = catch_unwind(AssertUnwindSafe(|| one_round(desk, papers, resting == 0, backing_up)));
        resting = match round {
            Ok(true) => ROUNDS_AFTER_FAILURE,
            Ok(false) => u32::saturating_sub(resting, 1),
            Err(_) => {
                tracing::error!("a round over the data did not come to its end");
                ROUNDS_AFTER_FAILURE
            }
        };
        pause = ROUND;
    }
}

/// Looks and backs up where that is due; says whether a backup failed.
fn one_round(desk: &Desk, papers: &Path, may_back_up: bool, backing_up: &Mutex<()>) -> bool {
    papers::clear_old(papers);
    if desk.store().is_read_only() {
        return false;
    }
    match check_if_due(desk) {
        Ok(Some(check)) if !check.found.is_empty() => tracing::error!(found = ?check.found, "the data are damaged"),
        Ok(_) => {}
        Err(error) => tracing::error!(code = error.code(), "the data could not be looked at"),
    }
    if !may_back_up {
        return false;
    }
    match back_up(desk, Occasion::Running, backing_up) {
        Ok(_) => false,
        Err(error) => {
            tracing::warn!(code = error.code(), "the backup failed");
            true
        }
    }
}

fn back_up(desk: &Desk, occasion: Occasion, one_at_a_time: &Mutex<()>) -> Result<Option<MadeBackup>, BackupError> {
    let _alone = one_at_a_time.lock().unwrap_or_else(PoisonError::into_inner);
    make_backup(desk, occasion)
}
