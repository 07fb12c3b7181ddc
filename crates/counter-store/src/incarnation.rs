//! The lives of this database: who writes, and how a new life begins.

use counter_core::{
    change::{ChangeBody, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind},
    incarnation::{CounterChange, ParentHead},
    number::NumberSource,
};

use crate::{
    ActContext, NewCounter, ReadTx, RecordError, StoreError, WriteTx,
    table::{self, incarnation::NewIncarnation},
    tx::ChainHead,
};

/// Stands as the actor of what the program does by itself.
pub const SYSTEM_ACTOR: &str = "system";

/// Letters and digits that nobody takes for one another.
const TAG_ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// The counter this database belongs to and the incarnation it writes in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CounterIdentity {
    /// The division code of the district.
    pub site: String,
    /// The code inside the district.
    pub counter: CounterCode,
    /// What every number begins with.
    pub prefix: String,
    /// A folder for practice.
    pub test: bool,
    /// The life that writes.
    pub incarnation: IncarnationId,
    /// What distinguishes its numbers; empty in the first.
    pub number_tag: String,
}

impl CounterIdentity {
    /// What the numbers given out here are made of.
    pub fn number_source(&self) -> NumberSource {
        NumberSource {
            prefix: self.prefix.clone(),
            counter: self.counter.clone(),
            incarnation_tag: self.number_tag.clone(),
        }
    }
}

/// The lane of a counter's own life, unique over all districts.
fn counter_lane(identity: &CounterIdentity) -> Lane {
    Lane::new(LaneKind::Counter, format!("{}-{}", identity.site, identity.counter))
}

pub(crate) fn identity(tx: &ReadTx<'_>) -> Result<CounterIdentity, StoreError> {
    table::counter::identity(tx)
}

/// Begins the first life.
pub(crate) fn open_first(tx: &mut WriteTx<'_>, counter: &NewCounter, now_at: i64) -> Result<(), StoreError> {
    debug_assert_eq!(tx.identity.counter, counter.counter);
    open(tx, None, String::new(), now_at)
}

/// Begins another life, which grows out of the last change known here.
pub(crate) fn open_next(tx: &mut WriteTx<'_>, now_at: i64) -> Result<(), StoreError> {
    let ChainHead { incarnation, seq, hash } = tx.head;
    open_after(tx, ParentHead { incarnation, seq, hash }, now_at)
}

/// Begins another life, which grows out of `parent`.
pub(crate) fn open_after(tx: &mut WriteTx<'_>, parent: ParentHead, now_at: i64) -> Result<(), StoreError> {
    let tag = fresh_tag(tx)?;
    open(tx, Some(parent), tag, now_at)
}

fn open(tx: &mut WriteTx<'_>, parent: Option<ParentHead>, number_tag: String, now_at: i64) -> Result<(), StoreError> {
    let mut id = [0; 16];
    tx.entropy.fill(&mut id);
    let id = IncarnationId(id);
    let mut act = [0; 16];
    tx.entropy.fill(&mut act);
    table::incarnation::insert(
        tx,
        &NewIncarnation {
            id,
            number_tag: &number_tag,
            parent: parent.as_ref(),
            opened_at: now_at,
        },
    )?;
    tx.identity.incarnation = id;
    tx.identity.number_tag = number_tag.clone();
    tx.head = ChainHead {
        incarnation: id,
        seq: 0,
        hash: parent.as_ref().map_or(ChangeHash::ORIGIN, |parent| parent.hash),
    };
    let body = ChangeBody::Counter(CounterChange::IncarnationOpened {
        site: tx.identity.site.clone(),
        prefix: tx.identity.prefix.clone(),
        parent,
        number_tag,
    });
    let act = ActContext {
        act_id: counter_core::change::ActId(act),
        actor: SYSTEM_ACTOR.to_owned(),
        made_at: now_at,
    };
    let lane = counter_lane(&tx.identity);
    tx.record(&act, lane, body).map(|_| ()).map_err(|error| match error {
        RecordError::Store(error) => error,
        RecordError::Refused(refusal) => StoreError::Contradiction(refusal.to_string()),
    })
}

fn fresh_tag(tx: &WriteTx<'_>) -> Result<String, StoreError> {
    loop {
        let mut bytes = [0; 3];
        tx.entropy.fill(&mut bytes);
        let tag: String = bytes
            .iter()
            .map(|byte| char::from(TAG_ALPHABET[usize::from(byte % 32)]))
            .collect();
        if !table::incarnation::has_tag(tx, &tag)? {
            return Ok(tag);
        }
    }
}
