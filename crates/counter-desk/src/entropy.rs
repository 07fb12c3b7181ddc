//! Where ids, seeds and keys come from.

use counter_core::change::ActId;

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);

    /// A fresh id for an act.
    fn act_id(&self) -> ActId {
        let mut bytes = [0; 16];
        self.fill(&mut bytes);
        ActId(bytes)
    }
}

/// The operating system's generator.
#[derive(Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the operating system gives random bytes");
    }
}
