//! One change, durable: on the disk before the screen says 已保存.
//! Floor: SQLite alone committing a row of the same length with the same pragmas and the same cipher.

use std::{cell::RefCell, hint::black_box, time::Duration};

use counter_benches::{Aim, Failure, Office, beside, folder, timed};
use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    record::Record,
    record_entry::RecordChange,
};
use counter_store::RecordError;
use divan::Bencher;
use rusqlite::Connection;
use tempfile::TempDir;

const ROUNDS: usize = 1_000;
/// About what the change comes to, with its hash.
const ROW: usize = 640;

/// A counter, and a bare database beside it.
struct Desks {
    office: Office,
    record: Record,
    saved: u32,
    floor: Connection,
    row: Vec<u8>,
    _folder: TempDir,
}

thread_local! {
    static DESKS: RefCell<Desks> = RefCell::new(Desks::open().expect("a folder can be made"));
}

fn main() -> Result<(), Failure> {
    divan::main();
    DESKS.with_borrow_mut(|desks| {
        let desks = RefCell::new(desks);
        beside(
            "save of one change",
            Aim::Times(1.3),
            ROUNDS,
            || desks.borrow_mut().floor(),
            || desks.borrow_mut().save(),
        )
    })
}

#[divan::bench(name = "floor: commit of one row", sample_count = 300, sample_size = 1)]
fn floor(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| DESKS.with_borrow_mut(Desks::floor).expect("the disk takes it"));
}

#[divan::bench(name = "save of one change", sample_count = 300, sample_size = 1)]
fn ours(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| DESKS.with_borrow_mut(Desks::save).expect("the disk takes it"));
}

impl Desks {
    fn open() -> Result<Self, Failure> {
        let office = Office::open()?;
        let record = Record {
            subject_name: Some("广州市穗安诚样例装饰工程有限公司".into()),
            document_no: Some("穗越建罚〔2026〕12号".into()),
            authority_name: Some("广州市越秀区住房和建设局".into()),
            penalty_kinds: Some("罚款".into()),
            penalty_content: Some("罚款30000元".into()),
            ..Record::default()
        };
        let folder = folder()?;
        let floor = Connection::open(folder.path().join("floor.db"))?;
        floor.execute_batch(&format!(
            "PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\"; PRAGMA journal_mode = WAL; \
             PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST; PRAGMA cache_size = -16000; \
             CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT",
            "5a".repeat(32)
        ))?;
        Ok(Self {
            office,
            record,
            saved: 0,
            floor,
            row: vec![0x5a; ROW],
            _folder: folder,
        })
    }

    fn floor(&mut self) -> Result<Duration, Failure> {
        timed(|| {
            self.floor
                .prepare_cached("INSERT INTO bare (bytes) VALUES (?)")?
                .execute([&self.row])?;
            Ok(())
        })
    }

    /// A clerk types a decision in: the change, its lane and the table people read. Each time another record, as at
    /// the counter, where no record has a thousand changes.
    fn save(&mut self) -> Result<Duration, Failure> {
        self.saved += 1;
        let lane = Lane::new(LaneKind::Record, format!("YX-JL-W03-2026-{:06}", self.saved));
        let entered = RecordChange::Entered {
            record: Box::new(self.record.clone()),
            scan: None,
        };
        let act = self.office.act();
        timed(|| {
            self.office
                .desk
                .store()
                .write(|tx| tx.record(&act, lane, ChangeBody::Record(entered)))
                .map(black_box)
                .map_err(|error: RecordError| Failure::from(error))
        })
    }
}
