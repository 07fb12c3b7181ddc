//! A backup of the hub of one office, and the way back.

use serde_json::{Value, json};

use super::{Failure, place::Place, say};
use crate::{
    clock::{World, clock_in_china},
    hand_back::begin_new_life,
    hub::Hub,
    hub_key,
    store::{
        StoreError,
        sqlite::{
            SqliteStore,
            backup::{BackupError, LookedThrough, back_up, look_through, put_in_place},
        },
    },
};

/// Makes a backup beside a hub that may be running.
pub(super) fn backup(place: &Place, file: &std::path::Path) -> Result<(), Failure> {
    let database = place.database()?;
    let found = back_up(&database, file)?;
    say(&json!({
        "file": file.display().to_string(),
        "bytes": found.bytes,
        "life": found.life.to_string(),
        "districts": districts(&found),
    }));
    Ok(())
}

/// Puts a backup in the place of the database and begins a new life of it. The hub must have been stopped.
pub(super) async fn restore(place: &Place, file: &std::path::Path) -> Result<(), Failure> {
    let database = place.database_to_be()?;
    let found = look_through(file)?;
    let world = World::system();
    let key = hub_key::at(&place.key_file()?, true, &world)?;
    let brought = hub_api::key::PublicKey::of(&key);
    if found.public_key.is_some_and(|known| known != brought) {
        return Err(Failure::refused(
            "other_key",
            "the backup is of a hub that signs with another key",
            "restore hub.key of that hub first",
        ));
    }
    let moment = clock_in_china(world.now()).strftime("before-%Y%m%d-%H%M%S").to_string();
    let kept = put_in_place(file, &database, &moment)?;
    let hub = Hub::open(SqliteStore::open(&database)?, key, world).await?;
    let life = begin_new_life(&hub).await?;
    say(&json!({
        "life": life.to_string(),
        "kept": kept.map(|kept| kept.display().to_string()),
        "districts": districts(&found),
    }));
    Ok(())
}

fn districts(found: &LookedThrough) -> Vec<Value> {
    let district = |(site, head): &(String, crate::store::LogHead)| json!({"site": site, "log_index": head.index, "log_head": hex::encode(head.head.0)});
    found.districts.iter().map(district).collect()
}

impl From<BackupError> for Failure {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Store(StoreError::Busy) => Self::refused(
                "in_use",
                "a process works over this database",
                "stop the hub first; a command beside it ends by itself",
            ),
            BackupError::Store(error) => error.into(),
            BackupError::Exists(_) => {
                Self::refused("exists", error, "name another file; backups are never overwritten")
            }
            BackupError::Damaged(_) | BackupError::Head(_) => Self::refused(
                "damaged",
                error,
                "keep the backups there are, and find out what damages the disk",
            ),
            BackupError::NoHub(_) => Self::refused("no_backup", error, "name a file that credit-hub backup has made"),
            BackupError::Io { .. } => Self::other("file", error),
        }
    }
}
