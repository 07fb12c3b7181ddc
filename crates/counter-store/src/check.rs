//! The whole check: pages, chains, receipts, lanes, files. The quick one at the start is part of opening.

use counter_core::change::{ChangeBytes, ChangeHash, IncarnationId};
use rusqlite::{Connection, params};

use crate::{
    ReadTx, Store, StoreError, rebuild,
    table::{column, lane},
};

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// No problem at all.
    pub ok: bool,
    /// Each problem.
    pub problems: Vec<Problem>,
}

/// One thing that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A stable word: `page`, `foreign_key`, `hash`, `chain`, `envelope`, `receipt`, `lane`, `attachment`, `missing_attachment`.
    pub code: &'static str,
    /// Where.
    pub detail: String,
}

/// The word for a file that a change cites and that is not there.
pub const MISSING_ATTACHMENT: &str = "missing_attachment";

impl Store {
    /// Looks at everything. Takes as long as reading all of it; works beside a writer.
    ///
    /// # Errors
    /// When the store cannot be read at all; what is wrong inside it is in the report.
    pub fn check(&self) -> Result<CheckReport, StoreError> {
        // Connections of their own: one that was used would answer for some pages out of its memory.
        let database = self.reader_of_its_own()?;
        let attachments = self.attachments().reader_of_its_own()?;
        let moment = database.unchecked_transaction()?;
        let problems = everything(&moment, &attachments)?;
        moment.finish()?;
        Ok(CheckReport {
            ok: problems.is_empty(),
            problems,
        })
    }
}

/// Whether any change cites a file.
pub(crate) fn cites_files(database: &Connection) -> Result<bool, StoreError> {
    let question = "SELECT EXISTS (SELECT 1 FROM cited_attachment)";
    Ok(database.query_row(question, [], |row| row.get(0))?)
}

/// All that can be looked at: what was recorded, and every lane against its changes.
pub(crate) fn everything(database: &Connection, attachments: &Connection) -> Result<Vec<Problem>, StoreError> {
    let mut problems = what_was_recorded(database, attachments)?;
    let found = lanes(&ReadTx::new(database), &mut problems);
    as_far_as_can_be_read(found, &mut problems)?;
    Ok(problems)
}

/// Pages, chains, receipts and files: what cannot be made again from anything else.
pub(crate) fn what_was_recorded(database: &Connection, attachments: &Connection) -> Result<Vec<Problem>, StoreError> {
    let mut problems = pages_of(database, attachments)?;
    let reading = ReadTx::new(database);
    for question in [chains, receipts] {
        let found = question(&reading, &mut problems);
        as_far_as_can_be_read(found, &mut problems)?;
    }
    let found = files(database, attachments, &mut problems);
    as_far_as_can_be_read(found, &mut problems)?;
    Ok(problems)
}

/// A page that cannot be read ends a question; that is an answer too.
fn as_far_as_can_be_read(found: Result<(), StoreError>, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    match found {
        Err(StoreError::Damaged(detail)) => {
            problems.push(Problem { code: "page", detail });
            Ok(())
        }
        found => found,
    }
}

/// Every file is what its hash says, and every file that a change cites is there.
fn files(database: &Connection, attachments: &Connection, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let damaged = crate::attachments::damaged(attachments)?;
    problems.extend(damaged.into_iter().map(|sha256| Problem {
        code: "attachment",
        detail: sha256,
    }));
    // What came back from the hub and is still being fetched is not missing.
    let cited = texts(
        database,
        "SELECT DISTINCT sha256 FROM cited_attachment JOIN change c ON c.id = change_id AND c.origin = 'own'
         WHERE sha256 NOT IN (SELECT sha256 FROM wanted_blob)",
    )?;
    for sha256 in cited {
        if !crate::attachments::holds(attachments, &sha256)? {
            problems.push(Problem {
                code: MISSING_ATTACHMENT,
                detail: sha256,
            });
        }
    }
    Ok(())
}

/// Every page of both files.
pub(crate) fn pages_of(database: &Connection, attachments: &Connection) -> Result<Vec<Problem>, StoreError> {
    let mut problems = Vec::new();
    pages(database, "counter.db", &mut problems)?;
    pages(attachments, "attachments.db", &mut problems)?;
    Ok(problems)
}

/// Every page in use authenticates, the trees hold together, nothing points to nowhere.
///
/// The pages are read as any reader reads them. `cipher_integrity_check` reads the file past SQLite instead: it takes a
/// page that the log is just being written over, or was when the power went, for a damaged one.
fn pages(connection: &Connection, file: &str, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    for (question, code) in [
        ("PRAGMA integrity_check", "page"),
        ("PRAGMA foreign_key_check", "foreign_key"),
    ] {
        let found = match texts(connection, question) {
            // As in `as_far_as_can_be_read`.
            Err(StoreError::Damaged(detail)) => vec![detail],
            found => found?,
        };
        problems.extend(found.into_iter().filter(|detail| detail != "ok").map(|detail| Problem {
            code,
            detail: format!("{file}: {detail}"),
        }));
    }
    Ok(())
}

fn texts(connection: &Connection, question: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(question)?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Bytes have their hash, columns say what the bytes say, and each change names the one before it.
fn chains(tx: &ReadTx<'_>, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let heads = parents(tx)?;
    let mut statement = tx.connection().prepare(
        "SELECT counter, incarnation, seq, lane_kind, lane_id, kind, actor, made_at, bytes, hash, origin = 'own', returned
         FROM change ORDER BY counter, incarnation, seq",
    )?;
    let mut rows = statement.query([])?;
    let mut before: Option<(String, IncarnationId, u64, ChangeHash)> = None;
    while let Some(row) = rows.next()? {
        let (counter, incarnation): (String, _) = (row.get(0)?, column::incarnation(row, 1)?);
        let (seq, hash): (u64, _) = (column::count(row, 2)?, column::hash(row, 9)?);
        let (own, returned): (bool, bool) = (row.get(10)?, row.get(11)?);
        let place = format!("{counter} {incarnation} {seq}");
        let stored = ChangeBytes::from_stored(row.get(8)?);
        let mut found = |code| {
            problems.push(Problem {
                code,
                detail: place.clone(),
            })
        };
        if stored.hash != hash {
            found("hash");
        }
        if let Ok(change) = stored.decode() {
            let columns_say_the_same = change.counter.0 == counter
                && change.incarnation == incarnation
                && change.seq == seq
                && change.lane.kind.as_str() == row.get::<_, String>(3)?
                && change.lane.id == row.get::<_, String>(4)?
                && change.body.kind() == row.get::<_, String>(5)?
                && change.actor == row.get::<_, String>(6)?
                && change.made_at == row.get::<_, i64>(7)?;
            if !columns_say_the_same {
                found("envelope");
            }
            let same_life = before.as_ref().filter(|(c, i, ..)| *c == counter && *i == incarnation);
            let expected = match same_life {
                Some((.., last_seq, last_hash)) if last_seq + 1 == seq => Some(*last_hash),
                // Of others' chains we hold only what the hub passes on, and of our own lost work what it gave back. What
                // was made in this database has no holes.
                Some(_) | None if !own || returned => None,
                Some(_) => Some(ChangeHash::ORIGIN),
                None if seq == 1 => Some(
                    heads
                        .iter()
                        .find(|(id, _)| *id == incarnation)
                        .map_or(ChangeHash::ORIGIN, |(_, hash)| *hash),
                ),
                None => Some(ChangeHash::ORIGIN),
            };
            if expected.is_some_and(|expected| expected != change.prev_hash) {
                found("chain");
            }
        } else if own {
            found("envelope");
        }
        before = Some((counter, incarnation, seq, hash));
    }
    Ok(())
}

/// What the first change of each later life names as its predecessor.
fn parents(tx: &ReadTx<'_>) -> Result<Vec<(IncarnationId, ChangeHash)>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare("SELECT id, parent_hash FROM incarnation WHERE parent_hash IS NOT NULL")?;
    let rows = statement.query_map([], |row| Ok((column::incarnation(row, 0)?, column::hash(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The last change of every receipt is the one the hub signed for.
fn receipts(tx: &ReadTx<'_>, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let broken = texts(
        tx.connection(),
        "SELECT r.counter || ' ' || lower(hex(r.incarnation)) || ' ' || r.from_seq || '-' || r.to_seq FROM receipt r
         LEFT JOIN change c ON c.counter = r.counter AND c.incarnation = r.incarnation AND c.seq = r.to_seq
         WHERE c.hash IS NOT r.hash AND NOT EXISTS (SELECT 1 FROM forked_change f
            WHERE f.counter = r.counter AND f.incarnation = r.incarnation AND f.seq = r.to_seq AND f.hash = r.hash)",
    )?;
    problems.extend(broken.into_iter().map(|detail| Problem {
        code: "receipt",
        detail,
    }));
    Ok(())
}

/// Every lane is what its changes make of it.
fn lanes(tx: &ReadTx<'_>, problems: &mut Vec<Problem>) -> Result<(), StoreError> {
    let mut statement = tx
        .connection()
        .prepare("SELECT lane_kind, lane_id FROM change UNION SELECT kind, id FROM lane")?;
    let named = statement
        .query_map(params![], |row| {
            Ok(counter_core::change::Lane::new(
                column::word(row, 0, counter_core::change::LaneKind::from_word)?,
                row.get::<_, String>(1)?,
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    for lane in named {
        let stands = match lane::load(tx, &lane) {
            Ok(stands) => stands.map(|row| row.state),
            Err(StoreError::Damaged(_)) => None,
            Err(error) => return Err(error),
        };
        if stands != rebuild::reduce(tx, &lane)?.map(|row| row.state) {
            problems.push(Problem {
                code: "lane",
                detail: lane.to_string(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use counter_core::{
        account::AccountChange,
        change::{ActId, ChangeBody, CounterCode, Lane, LaneKind},
    };

    use crate::{
        ActContext, Custody, EntropySource, Environment, NewCounter, NewReceipt, Passphrase, RecordError, Store,
        StoreError,
        connection::{self, Mode},
    };

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment {
            entropy: EntropySource::system(),
            now_at: 0,
        };
        let counter = NewCounter {
            site: "440104".into(),
            counter: CounterCode("W03".into()),
            prefix: "YX".into(),
            test: true,
        };
        let custody = Custody::Passphrase(Passphrase::new("x"));
        let (store, _) = Store::create(folder.path(), &counter, &custody, &environment).unwrap();
        for name in ["a", "b"] {
            store
                .write::<_, RecordError>(|tx| {
                    let act = ActContext {
                        act_id: ActId([1; 16]),
                        actor: "li".into(),
                        made_at: 1,
                    };
                    let body = AccountChange::Created {
                        display_name: "李".into(),
                        roles: vec![],
                    };
                    tx.record(&act, Lane::new(LaneKind::Account, name), ChangeBody::Account(body))
                })
                .unwrap();
        }
        store.attachments().put("a", "text/plain", b"content").unwrap();
        let identity = store.identity();
        store
            .write::<_, StoreError>(|tx| {
                let hash = tx.head.hash;
                tx.store_receipt(&NewReceipt {
                    hub_incarnation: &[9; 16],
                    counter: &identity.counter,
                    incarnation: identity.incarnation,
                    from: 1,
                    to: 3,
                    hash,
                    log_index: 3,
                    head: [1; 32],
                    recorded_at: 1,
                    missing_blobs: &[],
                    bytes: b"receipt",
                })
            })
            .unwrap();
        (folder, store)
    }

    /// What somebody with the key could do, and the words the check has for it.
    #[test]
    fn tampering_with_what_is_stored_is_found() {
        // Bytes and hash replaced by those of another, well-formed change: the chain does not fit any more.
        let forged = "UPDATE change SET bytes = (SELECT bytes FROM change WHERE seq = 3),
            hash = (SELECT hash FROM change WHERE seq = 3) WHERE seq = 2";
        for (tampering, words) in [
            (
                "UPDATE change SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'00' AS BLOB) WHERE seq = 2",
                &["hash"][..],
            ),
            ("UPDATE change SET actor = 'wang' WHERE seq = 2", &["envelope"]),
            (forged, &["envelope", "chain"]),
            ("DELETE FROM change WHERE seq = 2", &["chain"]),
            ("DELETE FROM change WHERE seq = 3", &["receipt"]),
            (
                "UPDATE lane SET state = (SELECT state FROM lane WHERE id = 'b') WHERE id = 'a'",
                &["lane"],
            ),
            ("DELETE FROM lane WHERE id = 'a'", &["lane"]),
            ("UPDATE receipt SET hash = zeroblob(32)", &["receipt"]),
        ] {
            let (_folder, store) = store();
            assert!(store.check().unwrap().ok, "{:?}", store.check());
            store
                .write::<_, StoreError>(|tx| {
                    assert_eq!(tx.connection().execute(tampering, [])?, 1);
                    Ok(())
                })
                .unwrap();
            let found = store.check().unwrap();
            for word in words {
                assert!(
                    found.problems.iter().any(|problem| problem.code == *word),
                    "{tampering}: {found:?}"
                );
            }
        }
    }

    /// One page after the other, of all that was not read when the file was opened.
    #[test]
    fn a_page_that_cannot_be_read_is_found_whichever_it_is() {
        const PAGE: usize = 4096;
        let (folder, store) = store();
        store.note_orderly_end();
        let whole = std::fs::read(store.database_path()).unwrap();
        let copy = folder.path().join("copy.db");
        let attachments = store.attachments().reader().unwrap();
        let mut looked_at = 0;
        for page in 1..whole.len() / PAGE {
            let mut spoilt = whole.clone();
            spoilt[page * PAGE + 1024..][..64].fill(0x5a);
            std::fs::write(&copy, spoilt).unwrap();
            let Ok(database) = connection::open(&copy, store.key(), Mode::Immutable) else {
                continue;
            };
            let problems = super::everything(&database, &attachments).unwrap();
            assert!(
                problems.iter().any(|problem| problem.code == "page"),
                "page {page}: {problems:?}"
            );
            looked_at += 1;
        }
        assert!(looked_at > 20, "{looked_at}");
    }

    #[test]
    fn a_copy_of_data_that_do_not_hold_together_never_becomes_a_backup() {
        let place = tempfile::tempdir().unwrap();
        let good = place.path().join("good.backup");
        for tampering in [
            "DELETE FROM change WHERE seq = 2",
            "UPDATE receipt SET hash = zeroblob(32)",
        ] {
            let (_folder, store) = store();
            store.backup(&good).unwrap();
            store
                .write::<_, StoreError>(|tx| Ok(tx.connection().execute(tampering, [])?))
                .unwrap();
            let refused = store.backup(&place.path().join("bad.backup"));
            assert!(
                matches!(refused, Err(StoreError::Damaged(_))),
                "{tampering}: {refused:?}"
            );
        }
        let (_folder, store) = store();
        let files = connection::open(store.attachments().path(), store.key(), Mode::Write).unwrap();
        files.execute("UPDATE attachment_chunk SET bytes = x'00'", []).unwrap();
        let refused = store.backup(&place.path().join("bad.backup"));
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");
        assert_eq!(
            std::fs::read_dir(place.path()).unwrap().count(),
            1,
            "the good one alone"
        );
    }
}
