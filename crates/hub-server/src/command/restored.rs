//! Saying that the database was put back from a backup.

use serde_json::json;

use super::{Failure, say};
use crate::{
    hand_back::{HandBackError, begin_new_life},
    hub::Hub,
    store::HubStore,
};

pub(super) async fn restored<S: HubStore>(hub: Hub<S>) -> Result<(), Failure> {
    let life = begin_new_life(&hub).await.map_err(|error| match error {
        HandBackError::Store(error) => error.into(),
        HandBackError::Entropy(error) => Failure::other("entropy", error),
        HandBackError::NotOurs(_) | HandBackError::OtherCounter | HandBackError::NotLost => {
            Failure::other("hand_back", error)
        }
    })?;
    say(&json!({"life": life.to_string()}));
    Ok(())
}
