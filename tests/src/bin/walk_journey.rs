//! Walks the journey by itself where nobody sits before a display, and leaves its pictures and papers.
//!
//! `walk-journey DATA OUT` needs an empty or absent folder DATA, a display and WebKitGTK's driver.

use std::{path::PathBuf, process::ExitCode};

use acceptance_tests::{Failure, hub::Hub, journey};

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stderr, clippy::print_stdout)] // a program for the terminal
async fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: walk-journey DATA OUT");
        return ExitCode::from(2);
    };
    match walk(data, out.clone()).await {
        Ok(()) => {
            println!("走完全程，截图和文书在 {}", out.display());
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("the journey stopped: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn walk(data: PathBuf, out: PathBuf) -> Result<(), Failure> {
    let mut hub = Hub::start(&data.join("hub"), "127.0.0.1:0")?;
    journey::walk(&data.join("counter"), &mut hub, &out).await
}
