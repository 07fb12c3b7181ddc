//! Saying that the database was put back from a backup.

use serde_json::json;

use super::{Failure, say};
use crate::{hand_back::begin_new_life, hub::Hub, store::HubStore};

pub(super) async fn restored<S: HubStore>(hub: Hub<S>) -> Result<(), Failure> {
    let life = begin_new_life(&hub).await?;
    say(&json!({"life": life.to_string()}));
    Ok(())
}
