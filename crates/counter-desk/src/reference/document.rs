//! Rule packs of the hub, beside those that come with the program.

use std::sync::Arc;

use counter_core::pack::{RuleBook, RulePack};
use counter_store::Store;
use hub_api::dataset::{DatasetKind, DocumentRow, read_body};

use crate::rules::import_calendar::with_imported_years;

use super::{TakeOverError, difference::rows_of, pending::standing};

/// The rules that come with the program, and those the hub has published. A pack of the hub takes the place of one of the
/// same id. What cannot be read as a pack, as one of a newer program, is left out.
///
/// They are put together when the counter is opened: a pack that comes meanwhile is there from the next time on, so that
/// the rules do not change in the middle of a visit.
pub fn rule_book(store: &Store) -> Arc<RuleBook> {
    let packs = published(store).unwrap_or_else(|error| {
        tracing::error!(%error, "the rule packs of the hub cannot be read");
        Vec::new()
    });
    let packs = packs.iter().filter_map(|pack| match RulePack::parse(&pack.text) {
        Ok(read) => Some(read),
        Err(error) => {
            tracing::warn!(pack = pack.name, %error, "a rule pack of the hub is left out");
            None
        }
    });
    Arc::new(with_imported_years(store, RuleBook::shipped().with_packs(packs)))
}

fn published(store: &Store) -> Result<Vec<DocumentRow>, TakeOverError> {
    store.read(|tx| {
        let Some((_, manifest)) = standing(tx, DatasetKind::RulePack)? else {
            return Ok(Vec::new());
        };
        let mut packs = Vec::new();
        for (chunk, next) in manifest.ranges() {
            for row in rows_of(tx, chunk, next)? {
                packs.push(read_body(&row)?);
            }
        }
        Ok(packs)
    })
}
