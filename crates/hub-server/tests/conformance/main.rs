//! What a hub promises, one list for every store it can stand on.

#![cfg(test)]

mod datasets;
mod place;
mod postgres_only;
mod recording;
mod shared_store;
