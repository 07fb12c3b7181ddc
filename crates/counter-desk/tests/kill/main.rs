//! Killed at any moment: a process works through a script of the counter's operations, says of each that it is done,
//! and is killed without warning, again and again, in one data folder. After each kill the folder is opened and
//! everything that was said to be done must be there, and nothing by halves.
//!
//! 20 kills by default. `KILLS=1000 cargo nextest run -p counter-desk --test kill --no-capture` does a thousand; a run
//! prints its seed, and `KILL_SEED=…` begins the same script with the same moments again.

#![cfg(test)]

mod ledger;
mod script;

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use counter_store::{Access, Custody, EntropySource, Environment, NewCounter, Passphrase, Store, Unlock};
use ledger::Ledger;

const FOLDER: &str = "KILL_FOLDER";
const CHILD_SEED: &str = "KILL_CHILD_SEED";
/// The folder is begun anew after so many kills, so that looking at everything stays quick.
const KILLS_A_FOLDER: u64 = 20;

/// SplitMix64: chance that can be had again.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound
    }
}

#[test]
fn killed_at_any_moment_nothing_that_was_acknowledged_is_lost() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let kills = asked("KILLS").unwrap_or(20);
    let seed = asked("KILL_SEED").unwrap_or_else(|| {
        let mut bytes = [0; 8];
        EntropySource::system().fill(&mut bytes);
        u64::from_le_bytes(bytes)
    });
    let again = format!("KILL_SEED={seed} KILLS={kills} cargo nextest run -p counter-desk --test kill --no-capture");
    print_line(&format!("again: {again}"));
    let mut chance = Chance::new(seed);
    let (begin, mut done, mut told) = (Instant::now(), 0, 0);
    while done < kills {
        let folder = tempfile::tempdir().unwrap();
        let words = make_counter(&folder.path().join("data"));
        let mut ledger = Ledger::new(folder.path(), words);
        for _ in 0..KILLS_A_FOLDER.min(kills - done) {
            work_and_kill(folder.path(), &mut chance, &mut ledger);
            let faults = ledger.faults();
            assert!(
                faults.is_empty(),
                "after kill {}: {faults:#?}\nlast: {:?}\nagain: {again}",
                done + 1,
                ledger.last
            );
            done += 1;
        }
        told += ledger.told;
    }
    print_line(&format!(
        "{done} kills, {told} acknowledgements, none lost, in {:.0?}",
        begin.elapsed()
    ));
}

/// Starts the process, takes its lines into the ledger, and kills it at a moment chosen by chance: some lines and some
/// thousandths of a second later.
fn work_and_kill(folder: &Path, chance: &mut Chance, ledger: &mut Ledger) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_child", "--nocapture"])
        .env(FOLDER, folder)
        .env(CHILD_SEED, chance.number().to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let (line, lines) = mpsc::channel();
    let reader = thread::spawn(move || {
        for text in output.lines().map_while(Result::ok) {
            if line.send(text).is_err() {
                return;
            }
        }
    });
    // One time in eight before it has opened the folder.
    let wanted = if chance.below(8) == 0 { 0 } else { 1 + chance.below(40) };
    let mut seen = 0;
    while seen < wanted {
        match lines.recv() {
            Ok(text) => seen += u64::from(ledger.take(&text)),
            Err(_) => panic!("the child ended by itself: {:?}", child.wait()),
        }
    }
    let moment = Instant::now() + Duration::from_micros(chance.below(if wanted == 0 { 400_000 } else { 25_000 }));
    loop {
        match lines.recv_timeout(moment.saturating_duration_since(Instant::now())) {
            Ok(text) => drop(ledger.take(&text)),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => panic!("the child ended by itself: {:?}", child.wait()),
        }
    }
    child.kill().unwrap();
    child.wait().unwrap();
    // What it said before it died and nobody had read yet was said all the same.
    for text in lines {
        ledger.take(&text);
    }
    reader.join().unwrap();
}

/// Does nothing unless it is started by the test above; then it works until it is killed.
#[test]
fn the_child() {
    let (Ok(folder), Ok(seed)) = (std::env::var(FOLDER), std::env::var(CHILD_SEED)) else {
        return;
    };
    script::work(Path::new(&folder), Chance::new(seed.parse().unwrap()));
}

fn make_counter(data: &Path) -> String {
    let counter = NewCounter {
        site: "440104".into(),
        counter: counter_core::change::CounterCode("W03".into()),
        prefix: "YX".into(),
        test: true,
    };
    let (_, words) = Store::create(data, &counter, &Custody::Passphrase(passphrase()), &environment()).unwrap();
    words.words().join(" ")
}

pub fn open(data: &Path) -> Store {
    Store::open(
        data,
        &Unlock::Passphrase(passphrase()),
        Access::ReadWrite,
        &environment(),
    )
    .unwrap()
}

fn passphrase() -> Passphrase {
    Passphrase::new("correct horse battery staple")
}

fn environment() -> Environment {
    Environment {
        entropy: EntropySource::system(),
        now_at: script::MORNING,
    }
}

/// A line of output, at once: what is said and not flushed was not said.
pub fn print_line(text: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).unwrap();
}
