//! How a person stops what takes long.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether what runs was asked to stop.
#[derive(Debug, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Forgets what was asked before; tells from now on whether it was asked.
    pub fn begin(&self) -> impl Fn() -> bool + Send + use<> {
        self.0.store(false, Ordering::Relaxed);
        let asked = Arc::clone(&self.0);
        move || asked.load(Ordering::Relaxed)
    }

    /// Asks.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
