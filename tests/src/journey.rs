//! The journey
