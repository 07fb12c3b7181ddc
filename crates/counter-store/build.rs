//! Builds the crate again when a migration is added; the macro that embeds them only sees files that change.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/counter");
    println!("cargo:rerun-if-changed=../../migrations/counter-attachments");
}
