//! How many certificates a second one core makes: `cargo run --release --example certificate_speed`.
//!
//! Elapsed time and, on Linux, processor time, which other programs on the machine hardly change.

use std::io::Write as _;
use std::time::{Duration, Instant};

use counter_documents::Renderer;
use counter_documents::paper::training_certificate::training_certificate;

#[path = "../tests/papers/samples.rs"]
#[allow(dead_code, reason = "the papers' samples hold more than a certificate")]
mod samples;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    let opened = Instant::now();
    let renderer = Renderer::new()?;
    writeln!(out, "fonts opened in {:?}", opened.elapsed())?;
    let first = Instant::now();
    let bytes = renderer.render(&training_certificate(&samples::certificate(1)))?.len();
    writeln!(out, "first certificate in {:?}, {bytes} bytes", first.elapsed())?;
    let count = 2_000;
    let (started, used) = (Instant::now(), processor_time());
    for number in 0..count {
        renderer.render(&training_certificate(&samples::certificate(number)))?;
    }
    let elapsed = started.elapsed();
    let used = processor_time().zip(used).map(|(now, before)| now - before);
    for (clock, time) in [("elapsed", Some(elapsed)), ("processor", used)] {
        if let Some(each) = time.map(|time| time / count) {
            let a_second = 1.0 / each.as_secs_f64();
            writeln!(
                out,
                "{count} certificates, {clock} time: {each:?} each, {a_second:.0} a second"
            )?;
        }
    }
    for document in samples::all() {
        let started = Instant::now();
        for _ in 0..100 {
            renderer.render(&document)?;
        }
        writeln!(out, "{}: {:?} each", document.kind, started.elapsed() / 100)?;
    }
    Ok(())
}

/// What this process has used so far outside the kernel, in steps of 10 ms.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let ticks: u64 = stat.rsplit(')').next()?.split_whitespace().nth(11)?.parse().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
