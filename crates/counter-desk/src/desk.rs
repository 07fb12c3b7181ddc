//! The desk: a store, the rules, a clock and chance, from which every use case takes what it needs.

use std::sync::{Arc, OnceLock};

use counter_core::pack::RuleBook;
use counter_documents::{RenderError, Renderer};
use counter_store::Store;

use crate::{Clock, Entropy};

/// What a desk is made of.
pub struct DeskParts {
    /// The counter's data.
    pub store: Store,
    /// The rule packs, authorities and calendar.
    pub rules: Arc<RuleBook>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

/// One counter's desk. Shared between threads.
pub struct Desk {
    parts: DeskParts,
    renderer: OnceLock<Renderer>,
}

impl Desk {
    /// A desk over `parts`.
    pub fn new(parts: DeskParts) -> Self {
        Self {
            parts,
            renderer: OnceLock::new(),
        }
    }

    /// The counter's data.
    pub fn store(&self) -> &Store {
        &self.parts.store
    }

    /// The rules.
    pub fn rules(&self) -> &RuleBook {
        &self.parts.rules
    }

    /// The time.
    pub fn clock(&self) -> &dyn Clock {
        &*self.parts.clock
    }

    /// Chance.
    pub fn entropy(&self) -> &dyn Entropy {
        &*self.parts.entropy
    }

    /// The papers' fonts, opened at the first paper and kept.
    ///
    /// # Errors
    /// When the fonts that are built in cannot be read.
    pub fn renderer(&self) -> Result<&Renderer, RenderError> {
        match self.renderer.get() {
            Some(renderer) => Ok(renderer),
            None => {
                let opened = Renderer::new()?;
                Ok(self.renderer.get_or_init(|| opened))
            }
        }
    }
}
