//! What publishing would change, before anything is published.

use std::collections::BTreeMap;

use hub_api::dataset::{ChunkRow, DocumentRow, read_body, says_the_same};

use super::{Mode, Publication, PublishError, publish::Before};
use crate::{hub::Hub, store::HubStore};

/// What becomes of the rows of the version in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Foreseen {
    /// Rows in force now.
    pub before: u64,
    /// That are not there now.
    pub added: u64,
    /// That say something else than now.
    pub changed: u64,
    /// That are there now and would be no more.
    pub gone: u64,
    /// That stay as they are.
    pub same: u64,
}

/// Holds `rows` against the version in force.
///
/// # Errors
/// [`PublishError`], where the version in force cannot be read.
pub async fn foresee<S: HubStore>(
    hub: &Hub<S>,
    publication: &Publication<'_>,
    rows: &[ChunkRow],
) -> Result<Foreseen, PublishError> {
    let kind = publication.kind;
    let before = Before::read(hub, publication).await?;
    let mut old: BTreeMap<&[u8], &ChunkRow> = before.rows().map(|row| (kind.name_in(&row.key), row)).collect();
    let mut foreseen = Foreseen {
        before: old.len() as u64,
        ..Foreseen::default()
    };
    for row in rows {
        match old.remove(kind.name_in(&row.key)) {
            None => foreseen.added += 1,
            Some(known) if says_the_same(kind, known, row) => foreseen.same += 1,
            Some(_) => foreseen.changed += 1,
        }
    }
    match publication.mode {
        Mode::Replace => foreseen.gone = old.len() as u64,
        Mode::Add => foreseen.same += old.len() as u64,
    }
    Ok(foreseen)
}

/// The documents of the version in force, such as rule packs, by name.
///
/// # Errors
/// [`PublishError`], where it cannot be read.
pub async fn documents<S: HubStore>(
    hub: &Hub<S>,
    publication: &Publication<'_>,
) -> Result<Vec<DocumentRow>, PublishError> {
    let before = Before::read(hub, publication).await?;
    Ok(before.rows().filter_map(|row| read_body(row).ok()).collect())
}
