//! From every released schema to this program's: what an older program kept is all there, and the lanes are what the
//! changes make of them.
//!
//! The fixtures are the rows of a counter that an older program worked at, as SQL beside the migrations that made its
//! tables. A new one is written out of a data folder of that program's schema:
//! `SCHEMA_FIXTURE_FROM=folder CREDIT_COUNTER_PASSPHRASE=… cargo nextest run -p counter-store fixture`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use counter_core::{
    account::AccountChange,
    change::{ActId, ChangeBody, Lane, LaneKind},
};
use refinery::Target;
use rusqlite::{Connection, types::ValueRef};

use super::{Schema, version};
use crate::{
    Access, ActContext, EntropySource, Environment, Passphrase, ReadTx, RecordError, RecoveryWords, Store, Unlock,
    connection,
    connection::Mode,
    folder::Folder,
    head_mark::HeadMark,
    incarnation,
    key::{DatabaseKey, KeyFile},
    projection, table,
};

/// The schemas that were released, with the rows of a counter of theirs.
const RELEASED: [i64; 2] = [1, 3];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/schema")
        .join(name)
}

fn environment() -> Environment {
    Environment {
        entropy: EntropySource::system(),
        now_at: 1_795_485_600_000,
    }
}

fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery staple")
}

/// A data folder as a program of schema `reached` leaves it that began with `released`: the rows were written under the
/// one, and every migration up to the other has run over them.
fn folder_of(released: i64, reached: i64) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let environment = environment();
    let key = DatabaseKey::generate(&environment.entropy);
    let mut keys = KeyFile::new(
        &key,
        &RecoveryWords::generate(&environment.entropy),
        &environment.entropy,
    );
    keys.add_passphrase(&key, &passphrase(), &environment.entropy).unwrap();
    keys.write(place.path()).unwrap();
    let load = |path: &Path, schema: Schema, released: i64, reached: i64, rows: &str| {
        let mut connection = connection::open(path, &key, Mode::Write).unwrap();
        let to = |connection: &mut Connection, version: i64| {
            let target = Target::Version(version.try_into().unwrap());
            schema
                .runner()
                .set_grouped(true)
                .set_target(target)
                .run(connection)
                .unwrap();
        };
        to(&mut connection, released);
        connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        connection
            .execute_batch(&fs::read_to_string(fixture(rows)).unwrap())
            .unwrap();
        to(&mut connection, reached);
        connection
    };
    let rows = format!("counter-V{released:04}.sql");
    let database = load(&folder.database(), Schema::Counter, released, reached, &rows);
    load(
        &folder.attachments(),
        Schema::Attachments,
        1,
        1,
        "attachments-V0001.sql",
    );
    let reading = ReadTx::new(&database);
    let head = table::change::head(&reading, &incarnation::identity(&reading).unwrap()).unwrap();
    HeadMark::create(&folder, None).unwrap().set(head).unwrap();
    place
}

#[test]
fn a_counter_of_every_released_schema_opens_with_all_it_held() {
    for released in RELEASED {
        for reached in released..=Schema::Counter.supported() {
            let place = folder_of(released, reached);
            let what = format!("released as {released}, last used at {reached}");
            let (shapes_before, before) = {
                let key_file = KeyFile::read(place.path()).unwrap();
                let key = crate::key::unlock(&key_file, &Unlock::Passphrase(passphrase())).unwrap();
                let database = connection::open(&place.path().join("counter.db"), &key, Mode::Read).unwrap();
                let shapes = still_kept(shapes(&database));
                let rows = rows_of(&database, &shapes);
                (shapes, rows)
            };
            assert!(
                before.contains("INSERT INTO change"),
                "{what}: the fixture holds changes"
            );
            let store = open(place.path());
            assert!(!store.was_restored(), "{what}");
            let report = store.check().unwrap();
            assert!(report.ok, "{what}: {:?}", report.problems);
            let reader = store.reader().unwrap();
            assert_eq!(version(&reader).unwrap(), Schema::Counter.supported(), "{what}");
            // A row of a table that is gone would be missed below like any other.
            let now = shapes(&reader);
            let kept: Vec<Shape> = shapes_before
                .into_iter()
                .filter(|(table, _)| now.iter().any(|(still, _)| still == table))
                .collect();
            let after = rows_of(&reader, &kept);
            let after: BTreeSet<&str> = after.lines().collect();
            for line in before.lines() {
                assert!(after.contains(line), "{what}: lost or changed: {line}");
            }
            let is_projected = |shape: &&Shape| projection::TABLES.iter().any(|(table, _)| *table == shape.0);
            let projected: Vec<Shape> = now.iter().filter(is_projected).cloned().collect();
            let lanes = rows_of(&reader, &projected);
            drop(reader);
            store.rebuild_projections().unwrap();
            assert_eq!(rows_of(&store.reader().unwrap(), &projected), lanes, "{what}");
            write_something(&store).unwrap();
            drop(store);
            assert!(open(place.path()).check().unwrap().ok, "{what}, opened again");
        }
    }
}

fn open(folder: &Path) -> Store {
    let unlock = Unlock::Passphrase(passphrase());
    Store::open(folder, &unlock, Access::ReadWrite, &environment()).unwrap()
}

fn write_something(store: &Store) -> Result<(), RecordError> {
    store.write(|tx| {
        let act = ActContext {
            act_id: ActId([7; 16]),
            actor: "chen".into(),
            made_at: 1_795_485_600_000,
        };
        let body = AccountChange::Created {
            display_name: "升级后".into(),
            roles: vec![],
        };
        let lane = Lane::new(LaneKind::Account, "after-upgrade");
        tx.record(&act, lane, ChangeBody::Account(body)).map(|_| ())
    })
}

/// Where a folder is named, its fixtures are written before they are read back.
#[test]
fn a_fixture_is_the_rows_of_its_folder() {
    if let Ok(folder) = std::env::var("SCHEMA_FIXTURE_FROM") {
        let unlock = Unlock::from_environment();
        let store = Store::open(Path::new(&folder), &unlock, Access::ReadOnly, &environment()).unwrap();
        write_fixture(&store.reader().unwrap(), "counter");
        write_fixture(&store.attachments().reader().unwrap(), "attachments");
    }
    for released in RELEASED {
        let place = folder_of(released, released);
        let key_file = KeyFile::read(place.path()).unwrap();
        let key = crate::key::unlock(&key_file, &Unlock::Passphrase(passphrase())).unwrap();
        let database = connection::open(&place.path().join("counter.db"), &key, Mode::Read).unwrap();
        let kept = fs::read_to_string(fixture(&format!("counter-V{released:04}.sql"))).unwrap();
        assert_eq!(rows_of(&database, &shapes(&database)), kept, "V{released:04}");
    }
}

fn write_fixture(connection: &Connection, name: &str) {
    let name = format!("{name}-V{:04}.sql", version(connection).unwrap());
    fs::write(fixture(&name), rows_of(connection, &shapes(connection))).unwrap();
}

/// A table and its columns.
type Shape = (String, Vec<String>);

/// The tables with rows of their own: not the history of the migrations, not what the next start has to do, and not the index of names, which keeps no
/// rows and is made of them.
fn shapes(connection: &Connection) -> Vec<Shape> {
    let mut statement = connection
        .prepare(
            "SELECT t.name, group_concat(c.name) FROM sqlite_schema t JOIN pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT IN ('refinery_schema_history', 'stale_projection')
             AND t.name NOT LIKE 'subject_search%' GROUP BY t.name ORDER BY t.name",
        )
        .unwrap();
    let split = |columns: String| columns.split(',').map(str::to_owned).collect();
    let found = statement
        .query_map([], |row| Ok((row.get(0)?, split(row.get(1)?))))
        .unwrap();
    found.collect::<Result<_, _>>().unwrap()
}

/// Columns that are kept no more, because what they said is reckoned from the rest.
const RECKONED: [(&str, &str); 1] = [("lane", "delivery")];

fn still_kept(shapes: Vec<Shape>) -> Vec<Shape> {
    let kept = |table: &str, column: &str| !RECKONED.contains(&(table, column));
    shapes
        .into_iter()
        .map(|(table, columns)| {
            let columns = columns.into_iter().filter(|column| kept(&table, column)).collect();
            (table, columns)
        })
        .collect()
}

/// The rows of tables as statements, one a line, each naming its columns.
fn rows_of(connection: &Connection, shapes: &[Shape]) -> String {
    let mut text = String::new();
    for (table, columns) in shapes {
        let columns = columns.join(", ");
        let mut statement = connection.prepare(&format!("SELECT {columns} FROM {table}")).unwrap();
        let width = statement.column_count();
        let mut lines = Vec::new();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<String> = (0..width).map(|at| literal(row.get_ref(at).unwrap())).collect();
            lines.push(format!(
                "INSERT INTO {table} ({columns}) VALUES ({});\n",
                values.join(", ")
            ));
        }
        lines.sort_unstable();
        text.extend(lines);
    }
    text
}

fn literal(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => format!("{number:?}"),
        // One row stays one line.
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text).replace('\'', "''");
            format!("'{}'", text.replace('\n', "'||char(10)||'"))
        }
        ValueRef::Blob(bytes) => format!("x'{}'", hex::encode(bytes)),
    }
}
