//! Reference data between a hub and its counters: first load of a district, refresh after a change of one in a hundred,
//! and a hundred counters at once. HTTP over loopback, the hub's embedded store, encrypted counters.
//!
//! What counts at a counter: fetched, each chunk held against its name and kept, then taken over into the tables and
//! the index of names.

#![allow(clippy::print_stdout)] // figures are printed

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use counter_benches::{Aim, Failure, NOW, Office, beside, clock_of_today, folder, timed, word};
use counter_core::publicity::ContentHash;
use counter_desk::{
    demo::{DemoScale, register_file, reporting_files},
    reference::take_over,
};
use counter_sync::{Clock, HttpTransport, enrol, sync_once};
use hub_api::dataset::{
    ChunkRow, DatasetKind, KnownChunks, Manifest, NewVersion, PublicityRow, RowNames, SubjectRow, read_body,
};
use hub_server::{
    clock::World,
    dataset::{Mode, Publication, Published, publish, rows_of_file},
    enrolment::print_code,
    http,
    hub::Hub,
    store::sqlite::SqliteStore,
};
use jiff::civil::date;
use publicity_file::{ReadLimits, Source};
use rusqlite::{Connection, params};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SITE: &str = "440104";
const ROUNDS: usize = 3;
const COUNTERS: usize = 100;
const ROWS_EACH: usize = 10_000;

fn main() -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let district = District::made_up()?;
    println!(
        "{} subjects, {} rows",
        district.subjects.len(),
        district.penalties.len() + district.permits.len()
    );
    first_load(&runtime, &district)?;
    refresh(&runtime, &district, "a day's change", District::after_a_day)?;
    refresh(&runtime, &district, "scattered anywhere", District::scattered)?;
    hundred_counters(&runtime, &district)
}

/// The rows of a district, in the order of their keys.
#[derive(Clone)]
struct District {
    subjects: Vec<ChunkRow>,
    penalties: Vec<ChunkRow>,
    permits: Vec<ChunkRow>,
}

impl District {
    fn made_up() -> Result<Self, Failure> {
        let today = date(2026, 11, 24);
        let read = |name: String, bytes: Vec<u8>, kind: DatasetKind| {
            let source = Source::from_bytes(name, bytes, &ReadLimits::default())?;
            let mut rows = rows_of_file(&source, kind, today)?.rows;
            rows.sort_by(|a, b| a.key.cmp(&b.key));
            Ok::<_, Failure>(rows)
        };
        let mut files = reporting_files(DemoScale::District, today)?.into_iter().skip(1);
        let (penalties, permits) = (files.next().ok_or("no file")?, files.next().ok_or("no file")?);
        let register = register_file(DemoScale::District);
        Ok(Self {
            subjects: read(register.name, register.bytes, DatasetKind::Subject)?,
            penalties: read(penalties.name, penalties.bytes, DatasetKind::Penalty)?,
            permits: read(permits.name, permits.bytes, DatasetKind::Permit)?,
        })
    }

    fn kinds(&self) -> [(DatasetKind, &Vec<ChunkRow>); 3] {
        [
            (DatasetKind::Subject, &self.subjects),
            (DatasetKind::Penalty, &self.penalties),
            (DatasetKind::Permit, &self.permits),
        ]
    }

    /// One in a hundred: half new at the end, a quarter gone from the beginning, a quarter corrected in the last tenth.
    /// Of the subjects four in five are new registrations, which stand together, and one in five is renamed anywhere.
    fn after_a_day(&self) -> Self {
        let rows = |rows: &[ChunkRow]| {
            let all = rows.len();
            let (new, gone, corrected) = (all / 200, all / 400, all / 400);
            let mut after = rows[gone..].to_vec();
            let from = after.len() - after.len() / 10;
            let step = (after.len() / 10 / corrected.max(1)).max(1);
            for at in (from..after.len()).step_by(step) {
                after[at] = corrected_row(&after[at]);
            }
            after.extend((0..new).map(|at| new_row(&rows[all - 1], at)));
            after
        };
        let mut subjects = self.subjects.clone();
        for at in (0..subjects.len()).step_by(500) {
            subjects[at] = renamed(&subjects[at]);
        }
        let last = subjects[subjects.len() - 1].clone();
        subjects.extend((0..self.subjects.len() / 125).map(|at| new_subject(&last, at)));
        Self {
            subjects,
            penalties: rows(&self.penalties),
            permits: rows(&self.permits),
        }
    }

    /// One in a hundred, wherever it stands: the worst a change of that size can do.
    fn scattered(&self) -> Self {
        let mut after = self.clone();
        for at in (0..after.subjects.len()).step_by(100) {
            after.subjects[at] = renamed(&after.subjects[at]);
        }
        for rows in [&mut after.penalties, &mut after.permits] {
            for at in (0..rows.len()).step_by(100) {
                rows[at] = corrected_row(&rows[at]);
            }
        }
        after
    }
}

fn publicity(row: &ChunkRow) -> PublicityRow {
    read_body(row).expect("a row made here")
}

fn corrected_row(row: &ChunkRow) -> ChunkRow {
    let row = publicity(row);
    let names = RowNames {
        key: row.key(),
        content: ContentHash(row.key().0),
    };
    let cells = row.cells.replace("演示数据", "演示数据（更正）");
    copy_of(row, names, cells)
}

fn new_row(like: &ChunkRow, number: usize) -> ChunkRow {
    let row = publicity(like);
    let mut key = row.key();
    key.0[..8].copy_from_slice(&(number as u64).to_be_bytes());
    let names = RowNames {
        key,
        content: ContentHash(key.0),
    };
    let cells = row.cells.replace("号", &format!("号之{number}"));
    copy_of(row, names, cells)
}

fn copy_of(row: PublicityRow, names: RowNames, cells: String) -> ChunkRow {
    let mut copy = PublicityRow::new(names, row.identity, row.name, cells);
    copy.uscc = row.uscc;
    copy.document_no = row.document_no;
    copy.decided_on = row.decided_on;
    copy.to_chunk_row()
}

fn renamed(row: &ChunkRow) -> ChunkRow {
    let mut subject: SubjectRow = read_body(row).expect("a row made here");
    let name = format!("{}（更名）", subject.name);
    subject.former_names.push(std::mem::replace(&mut subject.name, name));
    subject.to_chunk_row()
}

fn new_subject(like: &ChunkRow, number: usize) -> ChunkRow {
    let mut subject: SubjectRow = read_body(like).expect("a row made here");
    subject.identity = format!("{}{number:05}", subject.identity);
    subject.uscc = None;
    subject.name = format!("{}第{number}分店", subject.name);
    subject.to_chunk_row()
}

/// A hub that answers on a port of its own.
struct Serving {
    hub: Hub<SqliteStore>,
    url: String,
    _folder: TempDir,
}

impl Serving {
    fn start(runtime: &Runtime) -> Result<Self, Failure> {
        let folder = folder()?;
        let world = World::system();
        let key = hub_server::hub_key::load_or_make(folder.path(), &folder.path().join("hub.db"), &world)?;
        let store = SqliteStore::open(&folder.path().join("hub.db"))?;
        runtime.block_on(async {
            let hub = Hub::open(store, key, world).await?;
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
            let url = format!("http://{}", listener.local_addr()?);
            let router = http::router(hub.clone());
            tokio::spawn(async move { axum::serve(listener, router).await });
            Ok(Self {
                hub,
                url,
                _folder: folder,
            })
        })
    }

    fn publish(&self, runtime: &Runtime, kind: DatasetKind, rows: &[ChunkRow]) -> Result<Published, Failure> {
        let publication = Publication {
            district: SITE,
            kind,
            source: "测量.csv",
            data_as_of: Some(date(2026, 11, 24)),
            mode: Mode::Replace,
            by: "bench",
        };
        // As in a hub that works: on a thread of the runtime.
        let (hub, rows) = (self.hub.clone(), rows.to_vec());
        let published = runtime
            .block_on(async move { tokio::spawn(async move { publish(&hub, &publication, rows).await }).await })?;
        Ok(published?)
    }

    /// A new counter, bound.
    fn counter(&self, runtime: &Runtime, code: &str) -> Result<Counter, Failure> {
        let office = Office::open_as(code)?;
        let (transport, clock) = (HttpTransport::new()?, clock_of_today());
        runtime.block_on(async {
            let code = print_code(&self.hub, SITE, code).await?.code.to_string();
            enrol(office.desk.store(), &transport, &clock, &self.url, &code).await?;
            Ok::<_, Failure>(())
        })?;
        Ok(Counter {
            office,
            transport,
            clock,
        })
    }
}

struct Counter {
    office: Office,
    transport: HttpTransport,
    clock: Clock,
}

impl Counter {
    /// Fetches all there is; answers what it weighed.
    fn fetch(&self, runtime: &Runtime) -> Result<u64, Failure> {
        let store = self.office.desk.store();
        let outcome = runtime.block_on(sync_once(store, &self.transport, &self.clock))?;
        if let Some(code) = outcome.reference.code {
            return Err(code.into());
        }
        Ok(outcome.reference.bytes)
    }
}

fn first_load(runtime: &Runtime, district: &District) -> Result<(), Failure> {
    let serving = Serving::start(runtime)?;
    let begin = Instant::now();
    let mut bytes = 0;
    for (kind, rows) in district.kinds() {
        let published = serving.publish(runtime, kind, rows)?;
        bytes += published.bytes;
        println!(
            "published {}: {} rows, {} chunks, {} kB",
            kind.as_str(),
            published.rows,
            published.chunks,
            published.bytes / 1000
        );
    }
    println!(
        "published in {:.2} s, {:.2} MB",
        begin.elapsed().as_secs_f64(),
        bytes as f64 / 1e6
    );
    let codes = Mutex::new(0);
    let fetched = Mutex::new(Vec::new());
    let ours = || {
        let code = {
            let mut codes = codes.lock().unwrap_or_else(PoisonError::into_inner);
            *codes += 1;
            format!("W{codes:02}")
        };
        let counter = serving.counter(runtime, &code)?;
        let begin = Instant::now();
        let bytes = counter.fetch(runtime)?;
        let fetch = begin.elapsed();
        let taken = take_over(&counter.office.desk)?;
        assert_eq!(taken.len(), 3);
        fetched
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((fetch, bytes));
        Ok(begin.elapsed())
    };
    beside(
        "first load beside bare inserts",
        Aim::None,
        ROUNDS,
        || bare_inserts(district),
        ours,
    )?;
    let fetched = fetched.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (fetch, bytes) in &fetched {
        println!(
            "  of it fetched in {:.2} s, {:.2} MB",
            fetch.as_secs_f64(),
            *bytes as f64 / 1e6
        );
    }
    unpacking(district)
}

/// The same rows into a database that is not encrypted, with the keys they are found by and nothing else.
fn bare_inserts(district: &District) -> Result<Duration, Failure> {
    let folder = folder()?;
    let mut connection = Connection::open(folder.path().join("floor.db"))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE subject (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;
         CREATE TABLE row (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, body BLOB NOT NULL) STRICT;",
    )?;
    timed(|| {
        let transaction = connection.transaction()?;
        for (table, rows) in [
            ("subject", &district.subjects),
            ("row", &district.penalties),
            ("row", &district.permits),
        ] {
            let mut insert = transaction.prepare(&format!("INSERT INTO {table} (key, body) VALUES (?, ?)"))?;
            for row in rows {
                insert.execute(params![row.key, row.body])?;
            }
        }
        transaction.commit()?;
        Ok::<_, Failure>(())
    })
}

/// How long the chunks alone take to unpack, and what they weigh when nothing is packed.
fn unpacking(district: &District) -> Result<(), Failure> {
    let (mut took, mut raw, mut packed_bytes) = (Duration::ZERO, 0, 0);
    for (kind, rows) in district.kinds() {
        let new = NewVersion {
            site: SITE,
            kind,
            version: 1,
            data_as_of: None,
            source: "",
            published_at: 0,
        };
        let (manifest, packed) = Manifest::build(new, rows, &KnownChunks::new());
        for (chunk, (_, bytes)) in manifest.chunks.iter().zip(&packed) {
            raw += chunk.raw_bytes as usize;
            packed_bytes += bytes.len();
            took += timed(|| miniz_oxide::inflate::decompress_to_vec(bytes).map_err(|error| error.to_string()))?;
        }
    }
    println!(
        "floor: unpacking {:.1} MB to {:.1} MB takes {:.0} ms",
        packed_bytes as f64 / 1e6,
        raw as f64 / 1e6,
        took.as_secs_f64() * 1e3
    );
    Ok(())
}

fn refresh(
    runtime: &Runtime,
    district: &District,
    name: &str,
    change: fn(&District) -> District,
) -> Result<(), Failure> {
    let serving = Serving::start(runtime)?;
    for (kind, rows) in district.kinds() {
        serving.publish(runtime, kind, rows)?;
    }
    let counter = serving.counter(runtime, "W03")?;
    counter.fetch(runtime)?;
    take_over(&counter.office.desk)?;
    let after = change(district);
    let (mut chunks, mut new) = (0, 0);
    for (kind, rows) in after.kinds() {
        let published = serving.publish(runtime, kind, rows)?;
        chunks += published.chunks;
        new += published.new_chunks;
    }
    let begin = Instant::now();
    let bytes = counter.fetch(runtime)?;
    let fetched = begin.elapsed();
    let taken = take_over(&counter.office.desk)?;
    let rows: u64 = taken.iter().map(|taken| taken.put + taken.gone).sum();
    println!(
        "refresh, {name}: {:.2} s (fetched in {:.2} s), {:.2} MB, {new} of {chunks} chunks, {rows} rows",
        begin.elapsed().as_secs_f64(),
        fetched.as_secs_f64(),
        bytes as f64 / 1e6,
    );
    Ok(())
}

fn hundred_counters(runtime: &Runtime, district: &District) -> Result<(), Failure> {
    let serving = Serving::start(runtime)?;
    let rows: Vec<ChunkRow> = district.permits.iter().take(ROWS_EACH).cloned().collect();
    serving.publish(runtime, DatasetKind::Permit, &rows)?;
    let counters = (0..COUNTERS)
        .map(|at| serving.counter(runtime, &format!("C{at:03}")).map(Arc::new))
        .collect::<Result<Vec<_>, _>>()?;
    let begin = Instant::now();
    let bytes = runtime.block_on(async {
        let fetching: Vec<_> = counters
            .iter()
            .map(|counter| {
                let counter = Arc::clone(counter);
                tokio::spawn(async move {
                    let store = counter.office.desk.store();
                    sync_once(store, &counter.transport, &counter.clock).await
                })
            })
            .collect();
        let mut bytes = 0;
        for one in fetching {
            bytes += one.await??.reference.bytes;
        }
        Ok::<_, Failure>(bytes)
    })?;
    let fetched = begin.elapsed();
    let next = Mutex::new(counters.iter());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let one = next.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some(counter) = one else { return Ok(()) };
                        take_over(&counter.office.desk)?;
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(Failure::from("a worker gave up"))))
    })?;
    let all = begin.elapsed();
    println!(
        "{COUNTERS} counters × {ROWS_EACH} rows from one hub: {:.1} s (fetched and kept in {:.1} s, {:.1} MB in all); aim ≤ 60 s: {}",
        all.as_secs_f64(),
        fetched.as_secs_f64(),
        bytes as f64 / 1e6,
        word(all <= Duration::from_secs(60)),
    );
    println!(
        "(every counter, its encrypted database and the hub on this one computer; the counters' desks stand at {NOW})"
    );
    Ok(())
}
