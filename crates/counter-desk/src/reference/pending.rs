//! Which versions have come and wait to be taken over.

use counter_store::{
    ReadTx, StoreError,
    table::{
        hub_binding,
        hub_dataset::{self, TakenOver},
    },
};
use hub_api::{
    cbor,
    dataset::{DatasetKind, DatasetList, DatasetVersion, Manifest},
    key::PublicKey,
    signed::Signed,
};

use super::TakeOverError;

/// A version that the hub has published and that is newer than what stands.
pub(super) struct Pending {
    /// What it holds.
    pub kind: DatasetKind,
    /// How the signed list names it.
    pub named: DatasetVersion,
    /// Its manifest, once that has come.
    pub manifest: Option<Manifest>,
    /// How many of its chunks have come.
    pub have: usize,
    /// The version that stands, and its manifest.
    pub standing: Option<(TakenOver, Manifest)>,
}

impl Pending {
    /// The manifest, where every chunk of it has come.
    pub fn whole(&self) -> Option<&Manifest> {
        self.manifest
            .as_ref()
            .filter(|manifest| manifest.chunks.len() == self.have)
    }
}

/// The list believed last, checked again against the pinned key; `None` before the first.
pub(super) fn list(tx: &ReadTx<'_>, site: &str) -> Result<Option<DatasetList>, TakeOverError> {
    let (Some(binding), Some(list)) = (hub_binding::get(tx)?, hub_dataset::list(tx)?) else {
        return Ok(None);
    };
    let damaged = |_| StoreError::Damaged("the hub's key in the enrolment".to_owned());
    let hub_key = PublicKey(binding.hub_key.try_into().map_err(damaged)?);
    let signed = Signed::<DatasetList>::from_bytes(list.bytes);
    Ok(Some(signed.believe(&hub_key, site)?))
}

/// What is newer than what stands, in the order it is to be taken over.
pub(super) fn pending(tx: &ReadTx<'_>, site: &str) -> Result<Vec<Pending>, TakeOverError> {
    let Some(list) = list(tx, site)? else {
        return Ok(Vec::new());
    };
    let mut pending = Vec::new();
    for kind in DatasetKind::ALL {
        let Some(named) = list.datasets.iter().find(|dataset| dataset.kind == kind.as_str()) else {
            continue;
        };
        let standing = standing(tx, kind)?;
        if standing
            .as_ref()
            .is_some_and(|(standing, _)| standing.version >= named.version)
        {
            continue;
        }
        let manifest = match hub_dataset::chunk(tx, &named.manifest.0)? {
            Some(bytes) => Some(Manifest::read(&bytes, site, named)?),
            None => None,
        };
        let mut have = 0;
        for chunk in manifest.iter().flat_map(|manifest| &manifest.chunks) {
            have += usize::from(hub_dataset::has_chunk(tx, &chunk.sha256.0)?);
        }
        pending.push(Pending {
            kind,
            named: named.clone(),
            manifest,
            have,
            standing,
        });
    }
    Ok(pending)
}

/// The version that stands, and its manifest as it was believed when it came.
pub(super) fn standing(tx: &ReadTx<'_>, kind: DatasetKind) -> Result<Option<(TakenOver, Manifest)>, TakeOverError> {
    let Some(taken) = hub_dataset::taken_over(tx, kind.as_str())? else {
        return Ok(None);
    };
    let bytes = hub_dataset::chunk(tx, &taken.manifest)?
        .ok_or_else(|| StoreError::Damaged("the manifest of reference data in use".to_owned()))?;
    Ok(Some((taken, cbor::decode(&bytes)?)))
}
