//! The mark of the log's heads: a file beside the hub's key that says how far the hub of one office had come.
//!
//! A database behind its mark was put back from a backup, whoever did it and whether or not anybody says so: it begins
//! a new life, in which counters hand back what is missing. The mark is written after what it tells of is on the disk,
//! so it is never ahead of a database that is only itself. Over PostgreSQL there is none: its processes stand on many
//! machines, and a mark on one of them would lag behind the others.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
    time::Duration,
};

use counter_core::change::ChangeHash;
use hub_api::key::HubIncarnation;

use crate::{
    hand_back::{HandBackError, begin_new_life},
    hub::Hub,
    store::{HubLifeStore, HubStore, HubTransaction, LogHead, LogStore, StoreError},
    trust,
};

/// The file's name beside the key.
pub const FILE: &str = "hub.mark";

/// How often other processes over the database, such as a command, are looked for.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// Between two marks, so that a busy hub does not write one for every batch.
const PAUSE: Duration = Duration::from_millis(100);

/// How far a hub had come.
#[derive(Clone, Debug, PartialEq, Eq)]
struct HeadMark {
    life: HubIncarnation,
    heads: BTreeMap<String, LogHead>,
}

/// What the mark says of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nothing is missing, or there is no mark yet.
    Whole,
    /// The database was put back from a backup; a new life was begun.
    Restored,
}

/// Holds the hub's database against the mark at `path`, begins a new life where it is behind, and marks where it stands.
///
/// # Errors
/// As [`begin_new_life`]. A mark that cannot be read or written is no reason not to serve: the log says so.
pub async fn hold_against<S: HubStore>(hub: &Hub<S>, path: &Path) -> Result<Held, HandBackError> {
    let mark = read(path);
    let is_behind = match &mark {
        Some(mark) => is_behind(hub, mark).await?,
        None => false,
    };
    if is_behind {
        tracing::warn!(mark = %path.display(), "the database is behind its mark");
        begin_new_life(hub).await?;
    }
    // A hub that serves beside a command marks for itself.
    if is_behind || mark.is_none() {
        write_or_say(path, &of(hub).await?);
    }
    Ok(if is_behind { Held::Restored } else { Held::Whole })
}

/// Goes on marking at `path` how far the hub has come, until it is about to end.
pub async fn keep<S: HubStore>(hub: Hub<S>, path: PathBuf) {
    let (mut news, mut stopping) = (hub.news(), hub.stopping());
    let mut written = read(&path);
    loop {
        let is_last = *stopping.borrow();
        match of(&hub).await {
            Ok(now) if written.as_ref() != Some(&now) => {
                write_or_say(&path, &now);
                written = Some(now);
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "how far the log has come is not known"),
        }
        if is_last {
            return;
        }
        tokio::time::sleep(PAUSE).await;
        tokio::select! {
            _ = news.changed() => {}
            _ = stopping.changed() => {}
            () = tokio::time::sleep(LOOK_AGAIN) => {}
        }
    }
}

/// Marks once more where the hub stands, when it has ended.
pub async fn mark<S: HubStore>(hub: &Hub<S>, path: &Path) {
    match of(hub).await {
        Ok(now) => write_or_say(path, &now),
        Err(error) => tracing::warn!(%error, "how far the log has come is not known"),
    }
}

async fn of<S: HubStore>(hub: &Hub<S>) -> Result<HeadMark, StoreError> {
    let districts = trust::districts(hub).await?;
    let mut transaction = hub.store.begin_read().await?;
    let mut heads = BTreeMap::new();
    for district in districts {
        let head = transaction.log_head(&district).await?;
        // A log that was never begun ends in no life.
        if head.index > 0 {
            heads.insert(district, head);
        }
    }
    Ok(HeadMark {
        life: transaction.life_now().await?,
        heads,
    })
}

async fn is_behind<S: HubStore>(hub: &Hub<S>, mark: &HeadMark) -> Result<bool, StoreError> {
    let mut transaction = hub.store.begin_read().await?;
    let life = transaction.life_now().await?;
    for (district, marked) in &mark.heads {
        if mark.life == life {
            let here = transaction.log_head(district).await?;
            let is_another = here.index == marked.index && here.head != marked.head;
            if here.index < marked.index || is_another {
                return Ok(true);
            }
        } else if !has_ended(&mut transaction, district, mark.life).await? {
            // The life the mark knows is not among those this database had: it is from before that one began.
            return Ok(true);
        }
    }
    Ok(false)
}

async fn has_ended(
    transaction: &mut impl HubTransaction,
    district: &str,
    life: HubIncarnation,
) -> Result<bool, StoreError> {
    let ended = transaction.ended_lives(district).await?;
    Ok(ended.iter().any(|ended| ended.hub_incarnation == life))
}

/// Reads the mark; none where the file is not there or was not written whole.
fn read(path: &Path) -> Option<HeadMark> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        Err(error) => {
            tracing::warn!(mark = %path.display(), %error, "the mark cannot be read");
            return None;
        }
    };
    let mark = parse(&text);
    if mark.is_none() {
        tracing::warn!(mark = %path.display(), "the mark cannot be read");
    }
    mark
}

/// One line with the life, one a district with its name, last entry and head, and a last one that says it is whole.
fn parse(text: &str) -> Option<HeadMark> {
    let mut lines = text.lines();
    let life = HubIncarnation::from_hex(lines.next()?.strip_prefix("life ")?)?;
    let mut heads = BTreeMap::new();
    for line in lines {
        if line == "end" {
            return Some(HeadMark { life, heads });
        }
        let mut words = line.split(' ');
        let district = words.next()?.to_owned();
        let index = words.next()?.parse().ok()?;
        let mut head = [0; 32];
        hex::decode_to_slice(words.next()?, &mut head).ok()?;
        let head = ChangeHash(head);
        heads.insert(district, LogHead { index, head });
    }
    None
}

fn written(mark: &HeadMark) -> String {
    let mut text = format!("life {}\n", mark.life);
    for (district, LogHead { index, head }) in &mark.heads {
        text.push_str(&format!("{district} {index} {}\n", hex::encode(head.0)));
    }
    text.push_str("end\n");
    text
}

fn write_or_say(path: &Path, mark: &HeadMark) {
    if let Err(error) = write(path, mark) {
        tracing::warn!(mark = %path.display(), %error, "the mark was not written: a restore may go unnoticed");
    }
}

/// Beside the target first, so that a reader never sees half a mark; one name a process, since commands mark too.
fn write(path: &Path, mark: &HeadMark) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    // Not synced: a mark that a power cut takes back is only an older one.
    options.open(&beside)?.write_all(written(mark).as_bytes())?;
    std::fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_written_and_half_a_mark_is_none() {
        let head = LogHead {
            index: 17,
            head: ChangeHash([7; 32]),
        };
        let mark = HeadMark {
            life: HubIncarnation([3; 16]),
            heads: [("440104".to_owned(), head), ("440105".to_owned(), head)].into(),
        };
        let text = written(&mark);
        assert_eq!(parse(&text), Some(mark));
        for end in 0..text.len() - 1 {
            assert_eq!(parse(&text[..end]), None, "{end}");
        }
    }
}
