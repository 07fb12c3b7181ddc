//! Builds the crate again when a migration is added; the macro that embeds them only sees files that change.

#[expect(clippy::print_stdout, reason = "cargo reads a build script's standard output")]
fn main() {
    println!("cargo:rerun-if-changed=../../migrations/counter");
    println!("cargo:rerun-if-changed=../../migrations/counter-attachments");
}
