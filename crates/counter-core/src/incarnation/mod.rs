//! The life of a counter's database: each incarnation names the one it grew out of.

use serde::{Deserialize, Serialize};

use crate::{
    change::{Change, ChangeHash, IncarnationId},
    refusal::{Refusal, RefusalCode},
};

/// What happens in a counter's own lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CounterChange {
    /// A database begins to write: new, or restored from a copy.
    IncarnationOpened {
        /// The division code of the district, such as `440104`.
        site: String,
        /// What every number begins with, such as `YX`.
        prefix: String,
        /// The last known change of the life before, if this one is restored.
        parent: Option<ParentHead>,
        /// Distinguishes the numbers of this life; empty in the first.
        number_tag: String,
    },
}

/// Where the life before ended, as far as this database knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParentHead {
    /// The life before.
    pub incarnation: IncarnationId,
    /// Its last sequence number known here.
    pub seq: u64,
    /// The hash of that change.
    pub hash: ChangeHash,
}

impl CounterChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::IncarnationOpened { .. } => "incarnation_opened",
        }
    }
}

/// A counter and the lives its database had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterLife {
    /// The division code of the district.
    pub site: String,
    /// What every number begins with.
    pub prefix: String,
    /// Every life, oldest first, with the tag of its numbers.
    pub incarnations: Vec<(IncarnationId, String)>,
}

/// Applies a change to a counter's own lane.
///
/// # Errors
/// When the incarnation is already open or the tag is taken.
pub fn apply(state: Option<CounterLife>, change: &Change, body: &CounterChange) -> Result<CounterLife, Refusal> {
    let CounterChange::IncarnationOpened {
        site,
        prefix,
        number_tag,
        ..
    } = body;
    let mut life = state.unwrap_or_else(|| CounterLife {
        site: site.clone(),
        prefix: prefix.clone(),
        incarnations: Vec::new(),
    });
    if life
        .incarnations
        .iter()
        .any(|(id, tag)| *id == change.incarnation || tag == number_tag)
    {
        return Err(Refusal::new(RefusalCode::AlreadyExists, change.incarnation.to_string()));
    }
    life.incarnations.push((change.incarnation, number_tag.clone()));
    Ok(life)
}
