//! Figures, each beside its floor; see the bench targets.
