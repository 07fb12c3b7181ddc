#![no_main]

use std::panic::take_hook;

// A panic of the spreadsheet library that the reader catches is a damaged file, not a find: the fuzzer's own hook,
// which ends the process at every panic, goes, and what is not caught still ends it.
libfuzzer_sys::fuzz_target!(
    init: drop(take_hook()),
    |bytes: &[u8]| hostile_input::read_spreadsheet(bytes)
);
