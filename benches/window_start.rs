//! Cold start of the window: from the program's start to the first screen somebody can use, which is the sign-in of a
//! counter with data. Floor: a Tauri window with one line of text.
//!
//! Both are opened by WebKitGTK's driver, as a new process each time. Divan times what runs in its own process, so the
//! two are only measured in turns here. Needs a display, a keyring and the release build of both:
//!
//! ```text
//! cargo build --release -p credit-counter --bin credit-counter --example empty-window
//! scripts/in-session.sh cargo bench -p counter-benches --bench window_start
//! ```

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use acceptance_tests::driver;
use counter_benches::{Aim, Failure, Office, beside};
use counter_core::account::Role;
use counter_desk::{
    account::add_account::{AddAccount, add_account},
    demo::{DemoScale, fill},
};
use counter_store::Custody;
use fantoccini::{Client, Locator};
use tokio::runtime::Runtime;

const ROUNDS: usize = 15;
const PATIENCE: Duration = Duration::from_secs(20);

fn main() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (empty, counter) = programs()?;
    let data = counter_with_data()?;
    let arguments: [&OsStr; 2] = ["--data-dir".as_ref(), data.path().as_os_str()];
    beside(
        "start of the window",
        Aim::Times(1.3),
        ROUNDS,
        || start(&runtime, &empty, &[], "#ready"),
        || start(&runtime, &counter, &arguments, "[data-testid=\"screen-sign-in\"]"),
    )
}

/// A counter with the small demo and somebody who can sign in; its key is in the session's keyring.
fn counter_with_data() -> Result<tempfile::TempDir, Failure> {
    let office = Office::open_under(&Custody::Keyring)?;
    let administrator = AddAccount {
        name: "li".into(),
        display_name: "李".into(),
        roles: vec![Role::Administrator],
    };
    add_account(&office.desk, None, administrator)?;
    fill(&office.desk, &office.actor, DemoScale::Small)?;
    Ok(office.close())
}

/// The release builds beside this program.
fn programs() -> Result<(PathBuf, PathBuf), Failure> {
    let own = std::env::current_exe()?;
    let release = own.ancestors().nth(2).ok_or("a bench lies in the build's folder")?;
    let found = |path: PathBuf| {
        if path.exists() {
            Ok(path)
        } else {
            Err(format!(
                "{} is missing: cargo build --release -p credit-counter --bin credit-counter --example empty-window",
                path.display()
            ))
        }
    };
    Ok((
        found(release.join("examples/empty-window"))?,
        found(release.join("credit-counter"))?,
    ))
}

/// From asking for the window until `shown` stands in its page. The driver is there already.
fn start(runtime: &Runtime, program: &Path, arguments: &[&OsStr], shown: &str) -> Result<Duration, Failure> {
    runtime.block_on(async {
        let (mut driver, port) = driver::start(&driver::Launch::default())?;
        listening(port).await?;
        let begin = Instant::now();
        let client = driver::open(port, program, arguments).await?;
        until_shown(&client, shown).await?;
        let took = begin.elapsed();
        client.close().await?;
        gone(program).await?;
        driver.kill()?;
        driver.wait()?;
        Ok(took)
    })
}

/// Waits until the driver answers, so that its own start is not counted.
async fn listening(port: u16) -> Result<(), Failure> {
    let begin = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if begin.elapsed() > PATIENCE {
            return Err("the driver does not listen".into());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

async fn until_shown(client: &Client, selector: &str) -> Result<(), Failure> {
    let begin = Instant::now();
    while client.find(Locator::Css(selector)).await.is_err() {
        if begin.elapsed() > PATIENCE {
            return Err(format!("{selector} does not appear").into());
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}

/// Only one program may run in a session: the next start waits for the end of this one.
async fn gone(program: &Path) -> Result<(), Failure> {
    let name = program.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let runs = || {
        std::fs::read_dir("/proc").is_ok_and(|processes| {
            processes.flatten().any(|process| {
                let own = std::fs::read_link(process.path().join("exe")).unwrap_or_default();
                own.file_name().is_some_and(|file| file.to_string_lossy() == name)
            })
        })
    };
    acceptance_tests::until(|| !runs(), "the window is gone").await
}
