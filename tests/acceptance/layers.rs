//! Which crate may name which: the directions that keep the law, the data and the screens apart.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::Command,
};

use acceptance_tests::{Failure, programs::repository};
use serde_json::Value;

/// What the window and the command may name: the use cases and all below them.
const OURS: &[&str] = &[
    "counter-core",
    "counter-store",
    "counter-documents",
    "counter-desk",
    "counter-sync",
    "hub-api",
];

/// A crate and the crates of ours it may depend on, tests of its own left out.
const ALLOWED: &[(&str, &[&str])] = &[
    ("counter-core", &[]),
    ("hub-api", &["counter-core"]),
    ("publicity-file", &["counter-core"]),
    ("counter-store", &["counter-core"]),
    ("counter-documents", &["counter-core"]),
    (
        "counter-desk",
        &[
            "counter-core",
            "counter-store",
            "counter-documents",
            "hub-api",
            "publicity-file",
        ],
    ),
    ("counter-sync", &["counter-core", "counter-store", "hub-api"]),
    ("hub-server", &["counter-core", "hub-api", "publicity-file"]),
    ("counter-cli", OURS),
    ("credit-counter", OURS),
    // They work on the built programs and on the use cases, and nothing of the product depends on them.
    (
        "acceptance-tests",
        &["counter-desk", "counter-documents", "counter-store", "test-postgres"],
    ),
    // Tests and figures use them; the product never does.
    (
        "test-support",
        &[
            "counter-core",
            "counter-store",
            "counter-sync",
            "hub-api",
            "hub-server",
            "test-postgres",
        ],
    ),
    ("test-postgres", &[]),
    (
        "hostile-input",
        &["counter-core", "counter-documents", "hub-api", "publicity-file"],
    ),
    (
        "counter-benches",
        &[
            "counter-core",
            "counter-store",
            "counter-documents",
            "counter-desk",
            "counter-sync",
            "hub-api",
            "hub-server",
            "publicity-file",
            "acceptance-tests",
            "test-postgres",
            "test-support",
        ],
    ),
];

#[test]
fn crates_depend_on_each_other_only_in_the_agreed_directions() -> Result<(), Failure> {
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(repository())
        .output()?;
    let metadata: Value = serde_json::from_slice(&output.stdout)?;
    let packages = metadata["packages"].as_array().ok_or("no packages")?;
    let allowed: BTreeMap<&str, BTreeSet<&str>> = ALLOWED
        .iter()
        .map(|(name, may)| (*name, may.iter().copied().collect()))
        .collect();
    let names: BTreeSet<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    assert_eq!(
        names,
        allowed.keys().copied().collect(),
        "every crate has its line here"
    );
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        let dependencies = package["dependencies"].as_array().ok_or("no dependencies")?;
        for dependency in dependencies.iter().filter(|dependency| dependency["kind"] != "dev") {
            let on = dependency["name"].as_str().unwrap_or_default();
            if names.contains(on) {
                assert!(allowed[name].contains(on), "{name} must not depend on {on}");
            }
            let shell = on == "tauri" || on.starts_with("tauri-");
            assert!(!shell || name == "credit-counter", "{name} must not name {on}");
        }
    }
    Ok(())
}
