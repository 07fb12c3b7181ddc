//! Search over a district's 109,818 subjects, as a clerk types: one, two, three characters, initials.
//! Floor: SQLite's FTS5 alone over the same names, in the clear, answering the numbers of twenty rows.

use std::{collections::HashMap, hint::black_box, sync::LazyLock, time::Duration};

use counter_benches::{Aim, Failure, Office, beside, folder, timed};
use counter_desk::{
    demo::{DemoScale, fill, subject_names},
    search::search,
};
use divan::Bencher;
use pinyin::ToPinyin;
use rusqlite::Connection;
use tempfile::TempDir;

/// What the screen asks for.
const HITS: usize = 20;
/// Questions of each kind.
const QUESTIONS: usize = 2_000;
const KINDS: [Kind; 4] = [
    Kind::Characters(1),
    Kind::Characters(2),
    Kind::Characters(3),
    Kind::Initials(4),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Characters(usize),
    Initials(usize),
}

struct District {
    office: Office,
    floor: Connection,
    questions: HashMap<Kind, Vec<String>>,
    _folder: TempDir,
}

// A connection is of one thread; each thread that measures makes its own district.
thread_local! {
    static DISTRICT: LazyLock<District> = LazyLock::new(|| District::make().expect("a district can be made"));
}

fn main() -> Result<(), Failure> {
    DISTRICT.with(|district| {
        LazyLock::force(district);
    });
    divan::main();
    DISTRICT.with(|district| {
        for kind in KINDS {
            let asked = &district.questions[&kind];
            let (mut floors, mut ours) = (asked.iter().cycle(), asked.iter().cycle());
            beside(
                &format!("search, {}", kind.words()),
                Aim::P99(Duration::from_millis(2)),
                QUESTIONS,
                || district.floor(kind, floors.next().map_or("", String::as_str)),
                || district.search(ours.next().map_or("", String::as_str)),
            )?;
        }
        Ok(())
    })
}

#[divan::bench(name = "floor: FTS5 alone", args = KINDS, sample_count = 500, sample_size = 1)]
fn floor(bencher: Bencher<'_, '_>, kind: Kind) {
    DISTRICT.with(|district| {
        let mut asked = district.questions[&kind].iter().cycle();
        bencher.bench_local(|| {
            district
                .floor(kind, asked.next().map_or("", String::as_str))
                .expect("it answers")
        });
    });
}

#[divan::bench(name = "search", args = KINDS, sample_count = 500, sample_size = 1)]
fn ours(bencher: Bencher<'_, '_>, kind: Kind) {
    DISTRICT.with(|district| {
        let mut asked = district.questions[&kind].iter().cycle();
        bencher.bench_local(|| {
            district
                .search(asked.next().map_or("", String::as_str))
                .expect("it answers")
        });
    });
}

impl Kind {
    fn words(self) -> String {
        match self {
            Self::Characters(length) => format!("{length} characters"),
            Self::Initials(length) => format!("{length} initials"),
        }
    }
}

impl District {
    fn make() -> Result<Self, Failure> {
        let office = Office::open()?;
        fill(&office.desk, &office.actor, DemoScale::District)?;
        let names = subject_names(DemoScale::District);
        let folder = folder()?;
        let floor = Connection::open(folder.path().join("floor.db"))?;
        floor.execute_batch(
            "PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE names USING fts5 (characters, initials, tokenize = 'unicode61'); BEGIN",
        )?;
        {
            let mut insert = floor.prepare("INSERT INTO names (characters, initials) VALUES (?, ?)")?;
            for name in &names {
                insert.execute([apart(name), apart(&initials(name))])?;
            }
        }
        floor.execute_batch("COMMIT")?;
        let questions = KINDS.map(|kind| (kind, questions(&names, kind)));
        Ok(Self {
            office,
            floor,
            questions: questions.into(),
            _folder: folder,
        })
    }

    fn floor(&self, kind: Kind, asked: &str) -> Result<Duration, Failure> {
        let column = match kind {
            Kind::Characters(_) => "characters",
            Kind::Initials(_) => "initials",
        };
        let phrase = format!("{column} : \"{}\"", apart(asked));
        timed(|| {
            let mut statement = self
                .floor
                .prepare_cached("SELECT rowid FROM names WHERE names MATCH ? LIMIT 20")?;
            let rows = statement.query_map([&phrase], |row| row.get::<_, i64>(0))?;
            Ok(black_box(rows.collect::<Result<Vec<_>, _>>()?))
        })
    }

    fn search(&self, asked: &str) -> Result<Duration, Failure> {
        timed(|| Ok(black_box(search(&self.office.desk, asked, HITS)?)))
    }
}

/// Parts of names from all over the register, at every place in the name.
fn questions(names: &[String], kind: Kind) -> Vec<String> {
    let stride = (names.len() / QUESTIONS).max(1);
    let picked = names.iter().step_by(stride).take(QUESTIONS).enumerate();
    picked
        .filter_map(|(nth, name)| {
            let name = name.replace(['（', '）'], "");
            let (text, length) = match kind {
                Kind::Characters(length) => (name, length),
                Kind::Initials(length) => (initials(&name), length),
            };
            let characters: Vec<char> = text.chars().collect();
            let last = characters.len().checked_sub(length)?;
            let from = nth * 7 % (last + 1);
            Some(characters[from..from + length].iter().collect())
        })
        .collect()
}

fn initials(name: &str) -> String {
    name.chars()
        .map(|c| {
            c.to_pinyin()
                .and_then(|reading| reading.plain().chars().next())
                .unwrap_or(c)
        })
        .collect()
}

fn apart(text: &str) -> String {
    text.chars()
        .flat_map(|c| [c, ' '])
        .collect::<String>()
        .trim_end()
        .to_owned()
}
