//! Where the store's random bytes come from: an argument, so that a run can be repeated.

use std::{fmt, sync::Arc};

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

/// A source of random bytes, shared by all clones.
#[derive(Clone)]
pub struct EntropySource(Arc<Fill>);

impl EntropySource {
    /// Takes bytes from `fill`.
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// The operating system's generator.
    pub fn system() -> Self {
        Self::new(|bytes| getrandom::fill(bytes).expect("the operating system gives random bytes"))
    }

    /// Fills `bytes`.
    pub fn fill(&self, bytes: &mut [u8]) {
        (self.0)(bytes);
    }
}

impl fmt::Debug for EntropySource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EntropySource")
    }
}
