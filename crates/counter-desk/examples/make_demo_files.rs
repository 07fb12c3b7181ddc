//! Writes the sample files of `assets/demo`: `cargo run -p counter-desk --example make_demo_files`.

use std::{fs, path::Path};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/demo");
    fs::create_dir_all(&folder)?;
    for file in counter_desk::demo::sample_files(jiff::civil::date(2026, 11, 20))? {
        fs::write(folder.join(&file.name), &file.bytes)?;
    }
    Ok(())
}
