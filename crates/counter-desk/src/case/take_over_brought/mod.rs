//! 并入代收材料: papers that another window took in for a case are put to it.

use counter_core::{
    case::{Case, CaseChange, Material, MaterialMark},
    change::ChangeBody,
};
use counter_store::{
    ReadTx, RecordError, StoreError,
    table::brought_paper::{self, BroughtRow},
};
use serde::Serialize;

use crate::{Actor, Coded, Desk, case, coded::from_store_error};

/// A paper brought at another window that the case has not taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BroughtElsewhere {
    /// The visit at which it was brought.
    pub visit: String,
    /// Its code in the pack.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How it was marked there.
    pub mark: MaterialMark,
}

/// Nothing was taken over.
#[derive(Debug, thiserror::Error)]
pub enum TakeOverBroughtError {
    /// No such case.
    #[error("there is no case {0}")]
    Unknown(String),
    /// Nothing was brought for it elsewhere, or all of it is here.
    #[error("nothing was brought for the case {0}")]
    Nothing(String),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(TakeOverBroughtError);

impl Coded for TakeOverBroughtError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not_found",
            Self::Nothing(_) => "nothing_brought",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(no) | Self::Nothing(no) => no.clone(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Puts to the case what was brought for it elsewhere and answers how many papers that were.
///
/// # Errors
/// [`TakeOverBroughtError`]; nothing is taken over then.
pub fn take_over_brought(desk: &Desk, actor: &Actor, no: &str) -> Result<usize, TakeOverBroughtError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let case = case::load(tx, no)?.ok_or_else(|| TakeOverBroughtError::Unknown(no.to_owned()))?;
        let brought = brought_elsewhere(tx, &case)?;
        if brought.is_empty() {
            return Err(TakeOverBroughtError::Nothing(no.to_owned()));
        }
        let papers = brought.len();
        for BroughtElsewhere { code, mark, .. } in brought {
            let body = ChangeBody::Case(CaseChange::MaterialMarked { code, mark });
            tx.record(&act, case::lane(no), body)?;
        }
        Ok(papers)
    })
}

/// What was brought for `case` and is still missing from it, each paper once: as it was marked at the latest visit.
pub(crate) fn brought_elsewhere(tx: &ReadTx<'_>, case: &Case) -> Result<Vec<BroughtElsewhere>, StoreError> {
    let rows = brought_paper::for_case(tx, &case.no)?;
    let awaited = |row: BroughtRow| {
        let is_it = |material: &&Material| material.code == row.code && material.is_gap() && material.mark != row.mark;
        let material = case.materials.iter().find(is_it)?;
        Some(BroughtElsewhere {
            name: material.name.clone(),
            visit: row.visit,
            code: row.code,
            mark: row.mark,
        })
    };
    let mut brought: Vec<BroughtElsewhere> = Vec::new();
    for paper in rows.into_iter().filter_map(awaited) {
        brought.retain(|earlier| earlier.code != paper.code);
        brought.push(paper);
    }
    Ok(brought)
}
