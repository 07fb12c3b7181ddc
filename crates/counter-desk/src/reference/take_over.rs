//! Putting versions that are whole in the place of those before.

use std::collections::{BTreeSet, HashSet};

use counter_core::publicity::RowKind;
use counter_store::{
    ActContext, StoreError, WriteTx,
    table::{
        dataset::{self, Dataset},
        hub_dataset::{self, TakenOver as Standing},
        hub_row,
        import_run::{self, ImportRun, RowCounts},
        publicity_row,
        subject_register::SubjectRegister,
        topic_record,
    },
};
use hub_api::{
    blob::BlobHash,
    dataset::{ChunkRow, DatasetKind, Manifest, PublicityRow, SubjectRow, TopicRow, read_body},
};
use serde::Serialize;

use super::{
    TakeOverError,
    difference::{difference, named_rows},
    pending::{Pending, pending},
    rows::Rows,
    subjects, topics,
};
use crate::{Desk, import::merge::TypedIn};

/// The account under which the counter acts by itself.
const SYSTEM_ACTOR: &str = "system";
/// Where rows of the hub came from, as the list of imports names it.
const LAYOUT: &str = "hub";

/// A version that was taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TakenOver {
    /// Such as `penalty`.
    pub kind: String,
    /// Its number at the hub.
    #[specta(type = f64)]
    pub version: u64,
    /// 数据截至.
    pub data_as_of: Option<String>,
    /// Its rows.
    #[specta(type = f64)]
    pub rows: u64,
    /// Rows that were new or said something else.
    #[specta(type = f64)]
    pub put: u64,
    /// Rows the hub no longer publishes.
    #[specta(type = f64)]
    pub gone: u64,
    /// Cases whose record says something else now.
    #[specta(type = f64)]
    pub flagged: u64,
}

/// Takes over every version that has come whole and is newer than what stands: all of them in one transaction, so that
/// a reader sees the ones before or the new ones.
///
/// # Errors
/// [`TakeOverError`]; what stood stands then.
pub fn take_over(desk: &Desk) -> Result<Vec<TakenOver>, TakeOverError> {
    let site = desk.store().identity().site;
    let prepared = desk.store().read(|tx| {
        let pending = pending(tx, &site)?;
        let whole = pending.iter().filter_map(|pending| Some((pending, pending.whole()?)));
        whole
            .map(|(pending, manifest)| {
                let standing = pending.standing.as_ref().map(|(_, manifest)| manifest);
                let difference = difference(tx, pending.kind, manifest, standing)?;
                Ok(Prepared {
                    kind: pending.kind,
                    named: pending.named.manifest,
                    manifest: manifest.clone(),
                    standing: pending.standing.as_ref().map(|(taken, _)| taken.clone()),
                    old_chunks: old_chunks(pending, manifest),
                    put: Bodies::read(pending.kind, &difference.put)?,
                    gone: Bodies::read(pending.kind, &difference.gone)?,
                })
            })
            .collect::<Result<Vec<_>, TakeOverError>>()
    })?;
    if prepared.is_empty() {
        return Ok(Vec::new());
    }
    desk.store().write(|tx| {
        publicity_row::keep_in_memory(tx, true)?;
        let taken = write(desk, tx, &prepared);
        publicity_row::keep_in_memory(tx, false)?;
        taken
    })
}

/// A version, read and compared, on its way into the tables.
struct Prepared {
    kind: DatasetKind,
    named: BlobHash,
    manifest: Manifest,
    standing: Option<Standing>,
    old_chunks: BTreeSet<BlobHash>,
    put: Bodies,
    gone: Bodies,
}

/// Rows by what they are about.
enum Bodies {
    Subjects(Vec<SubjectRow>),
    Rows(RowKind, Vec<PublicityRow>),
    Topics(Vec<TopicRow>),
    /// Rule packs are read where they stand, when the rules are put together.
    Documents(usize),
}

impl Bodies {
    fn read(kind: DatasetKind, rows: &[ChunkRow]) -> Result<Self, TakeOverError> {
        Ok(match kind {
            DatasetKind::Subject => Self::Subjects(rows.iter().map(read_body).collect::<Result<_, _>>()?),
            DatasetKind::Penalty | DatasetKind::Permit => {
                let kind = if kind == DatasetKind::Penalty {
                    RowKind::Penalty
                } else {
                    RowKind::Permit
                };
                Self::Rows(kind, rows.iter().map(read_body).collect::<Result<_, _>>()?)
            }
            DatasetKind::Topic => Self::Topics(rows.iter().map(read_body).collect::<Result<_, _>>()?),
            DatasetKind::RulePack => Self::Documents(rows.len()),
        })
    }

    fn len(&self) -> usize {
        match self {
            Self::Subjects(rows) => rows.len(),
            Self::Rows(_, rows) => rows.len(),
            Self::Topics(rows) => rows.len(),
            Self::Documents(rows) => *rows,
        }
    }
}

/// The chunks that only the version that stands names, and its manifest.
fn old_chunks(pending: &Pending, new: &Manifest) -> BTreeSet<BlobHash> {
    let Some((taken, manifest)) = &pending.standing else {
        return BTreeSet::new();
    };
    let mut old: BTreeSet<BlobHash> = manifest.chunks.iter().map(|chunk| chunk.sha256).collect();
    old.insert(BlobHash(taken.manifest));
    for chunk in &new.chunks {
        old.remove(&chunk.sha256);
    }
    old
}

fn write(desk: &Desk, tx: &mut WriteTx<'_>, prepared: &[Prepared]) -> Result<Vec<TakenOver>, TakeOverError> {
    let act = ActContext {
        act_id: desk.entropy().act_id(),
        actor: SYSTEM_ACTOR.to_owned(),
        made_at: desk.clock().now_ms(),
    };
    let mut register = SubjectRegister::open(tx, false)?;
    let mut typed_in = TypedIn::load(tx)?;
    let mut taken = Vec::new();
    for version in prepared {
        let manifest = &version.manifest;
        let mut run_id = None;
        let mut flagged = 0;
        match (&version.put, &version.gone) {
            (Bodies::Rows(kind, put), Bodies::Rows(_, gone)) => {
                let run = put_run(tx, version, *kind, act.made_at)?;
                run_id = Some(run);
                let rows = Rows {
                    kind: *kind,
                    act: &act,
                    run,
                    source: &manifest.source,
                    data_as_of: manifest.data_as_of,
                    today: desk.clock().today(),
                    may_exist: hub_row::any(tx, *kind)?,
                };
                let again = overridden(tx, version, *kind)?;
                for row in gone {
                    flagged += rows.remove(tx, row)?;
                }
                for row in put.iter().chain(&again) {
                    flagged += rows.put(tx, &mut register, &mut typed_in, row)?;
                }
            }
            (Bodies::Subjects(put), _) => {
                for subject in put {
                    subjects::put(tx, &mut register, subject, manifest.data_as_of)?;
                }
            }
            (Bodies::Topics(put), Bodies::Topics(gone)) => {
                for row in gone {
                    topic_record::remove(tx, &row.key())?;
                }
                for row in put {
                    topics::put(tx, &mut register, row, desk.clock().today())?;
                }
            }
            (Bodies::Documents(_) | Bodies::Rows(..) | Bodies::Topics(_), _) => {}
        }
        put_in_force(tx, version, run_id, act.made_at)?;
        taken.push(TakenOver {
            kind: version.kind.as_str().to_owned(),
            version: manifest.version,
            data_as_of: manifest.data_as_of.map(|day| day.to_string()),
            rows: manifest.rows,
            put: version.put.len() as u64,
            gone: version.gone.len() as u64,
            flagged,
        });
    }
    register.finish(tx)?;
    Ok(taken)
}

/// The rows that a newer file stood in for, so that they are weighed against the new version.
fn overridden(tx: &WriteTx<'_>, version: &Prepared, kind: RowKind) -> Result<Vec<PublicityRow>, TakeOverError> {
    let wanted: HashSet<Vec<u8>> = hub_row::overridden(tx, kind)?
        .into_iter()
        .map(|key| key.0.to_vec())
        .collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows = named_rows(tx, version.kind, &version.manifest, &wanted)?;
    Ok(rows.iter().map(read_body).collect::<Result<_, _>>()?)
}

/// What the rows name as where they came from: one run, which moves with the versions.
fn put_run(tx: &WriteTx<'_>, version: &Prepared, kind: RowKind, now: i64) -> Result<i64, TakeOverError> {
    let id = match version.standing.as_ref().and_then(|standing| standing.run_id) {
        Some(id) => id,
        None => import_run::next_id(tx)?,
    };
    let manifest = &version.manifest;
    let run = ImportRun {
        id,
        file_name: manifest.source.clone(),
        sha256: version.named.to_string(),
        kind: kind.into(),
        layout: LAYOUT.to_owned(),
        data_as_of: manifest.data_as_of,
        late_before: None,
        counts: RowCounts {
            read: manifest.rows,
            accepted: manifest.rows,
            ..RowCounts::default()
        },
        imported_by: SYSTEM_ACTOR.to_owned(),
        imported_at: now,
    };
    import_run::replace(tx, &run)?;
    Ok(id)
}

fn put_in_force(tx: &WriteTx<'_>, version: &Prepared, run_id: Option<i64>, now: i64) -> Result<(), StoreError> {
    let (kind, manifest) = (version.kind.as_str().to_owned(), &version.manifest);
    hub_dataset::put_taken_over(
        tx,
        &Standing {
            kind: kind.clone(),
            version: manifest.version,
            manifest: version.named.0,
            run_id,
            taken_over_at: now,
        },
    )?;
    for chunk in &version.old_chunks {
        hub_dataset::forget_chunk(tx, &chunk.0)?;
    }
    dataset::put(
        tx,
        &Dataset {
            kind,
            source: manifest.source.clone(),
            data_as_of: manifest.data_as_of,
            rows: manifest.rows,
            loaded_at: now,
        },
    )
}
