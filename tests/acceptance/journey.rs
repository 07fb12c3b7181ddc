//! Promises of the real window. One window at a time has the display: the focus is one, and some promises are about it.

use std::fs::File;

use acceptance_tests::{
    Failure,
    hub::Hub,
    journey::{self, keyboard_alone, long_import, screens},
};

#[tokio::test]
async fn journey_of_one_case_from_a_spreadsheet_to_proof_of_delivery() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    let mut hub = Hub::start(&folder.path().join("hub"), "127.0.0.1:0")?;
    journey::walk(&folder.path().join("counter"), &mut hub, &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_long_import_that_is_cancelled_and_leaves_nothing_behind() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    long_import::cancel(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_visit_with_the_keyboard_alone() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    keyboard_alone::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_round_the_screens_in_a_small_window_where_nothing_is_cut_off() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    screens::fit_a_small_window(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_round_the_screens_in_the_dark_where_all_can_be_read() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    screens::keep_their_contrast_in_the_dark(folder.path(), &folder.path().join("out")).await
}

/// Waits until no other test has a window on this display; it is free again when the answer is dropped.
fn the_display() -> Result<File, Failure> {
    let name = std::env::var("DISPLAY").unwrap_or_default().replace(['/', ':'], "-");
    let file = File::create(std::env::temp_dir().join(format!("credit-counter-display{name}.lock")))?;
    file.lock()?;
    Ok(file)
}
