//! How many certificates a second one core makes: `cargo run --release --example certificate_speed`.

use std::io::Write as _;
use std::time::Instant;

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
    let started = Instant::now();
    for number in 0..count {
        renderer.render(&training_certificate(&samples::certificate(number)))?;
    }
    let each = started.elapsed() / count;
    writeln!(
        out,
        "{count} certificates: {each:?} each, {:.0} a second",
        1.0 / each.as_secs_f64()
    )?;
    for document in samples::all() {
        let started = Instant::now();
        for _ in 0..100 {
            renderer.render(&document)?;
        }
        writeln!(out, "{}: {:?} each", document.kind, started.elapsed() / 100)?;
    }
    Ok(())
}
