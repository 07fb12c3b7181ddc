//! The kept inputs are read again each time; what once broke a promise never does again.

#![allow(clippy::print_stderr)] // what was being read when a promise broke

use std::collections::BTreeSet;

use hostile_input::{TARGETS, corpus};

#[test]
fn every_kept_input_is_read_or_refused_and_no_promise_breaks() -> Result<(), std::io::Error> {
    for target in &TARGETS {
        let files = corpus(target)?;
        assert!(files.len() >= 4, "{} has inputs to begin from", target.name);
        for (path, bytes) in files {
            eprintln!("{}", path.display()); // the last one named is the one that broke
            (target.read)(&bytes);
        }
    }
    Ok(())
}

#[test]
fn every_kept_input_cut_short_anywhere_is_refused_and_no_promise_breaks() -> Result<(), std::io::Error> {
    for target in &TARGETS {
        for (_, bytes) in corpus(target)? {
            let step = (bytes.len() / 64).max(1);
            for end in (0..bytes.len()).step_by(step) {
                (target.read)(&bytes[..end]);
            }
        }
    }
    Ok(())
}

#[test]
fn every_folder_of_inputs_has_a_reader_and_a_fuzz_target() -> Result<(), std::io::Error> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: std::path::PathBuf| -> Result<BTreeSet<String>, std::io::Error> {
        std::fs::read_dir(folder)?
            .map(|entry| {
                Ok(entry?
                    .path()
                    .file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned())
            })
            .collect()
    };
    let readers: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(names(root.join("corpus"))?, readers);
    assert_eq!(names(root.join("../../fuzz/fuzz_targets"))?, readers);
    Ok(())
}
