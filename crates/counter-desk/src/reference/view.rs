//! 参考数据 as the screen shows it: what stands, of which day, and what is on its way.

use counter_store::table::{
    dataset::{self, Dataset},
    hub_dataset,
};
use hub_api::dataset::DatasetKind;
use serde::Serialize;

use super::{TakeOverError, pending::pending};
use crate::Desk;

/// One kind of reference data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceDataset {
    /// Such as `penalty`.
    pub kind: String,
    /// Where it came from: a file's name.
    pub source: Option<String>,
    /// 数据截至.
    pub data_as_of: Option<String>,
    /// How many rows.
    #[specta(type = f64)]
    pub rows: u64,
    /// When it was loaded, ms UTC.
    #[specta(type = Option<f64>)]
    pub loaded_at: Option<i64>,
    /// The version of the hub that stands; null where a file was imported here.
    #[specta(type = Option<f64>)]
    pub version: Option<u64>,
    /// The version that is on its way.
    pub arriving: Option<ArrivingVersion>,
}

/// A version that is on its way: 正在更新参考数据.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ArrivingVersion {
    /// Its number at the hub.
    #[specta(type = f64)]
    pub version: u64,
    /// 数据截至.
    pub data_as_of: Option<String>,
    /// The chunks that are here.
    pub have: u32,
    /// The chunks it has; null until its manifest is here.
    pub of: Option<u32>,
}

/// Every kind that is here or on its way.
///
/// # Errors
/// [`TakeOverError`].
pub fn reference_data(desk: &Desk) -> Result<Vec<ReferenceDataset>, TakeOverError> {
    let site = desk.store().identity().site;
    desk.store().read(|tx| {
        let pending = pending(tx, &site)?;
        let loaded = dataset::list(tx)?;
        let mut view = Vec::new();
        for kind in DatasetKind::ALL {
            let standing = loaded.iter().find(|dataset| dataset.kind == kind.as_str());
            let arriving = pending.iter().find(|pending| pending.kind == kind);
            if standing.is_none() && arriving.is_none() {
                continue;
            }
            view.push(ReferenceDataset {
                kind: kind.as_str().to_owned(),
                source: standing.map(|dataset| dataset.source.clone()),
                data_as_of: standing.and_then(day),
                rows: standing.map_or(0, |dataset| dataset.rows),
                loaded_at: standing.map(|dataset| dataset.loaded_at),
                version: hub_dataset::taken_over(tx, kind.as_str())?.map(|taken| taken.version),
                arriving: arriving.map(|pending| ArrivingVersion {
                    version: pending.named.version,
                    data_as_of: pending.named.data_as_of.map(|day| day.to_string()),
                    have: count(pending.have),
                    of: pending.manifest.as_ref().map(|manifest| count(manifest.chunks.len())),
                }),
            });
        }
        Ok(view)
    })
}

fn day(dataset: &Dataset) -> Option<String> {
    dataset.data_as_of.map(|day| day.to_string())
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
