//! Promises of the real window. One window at a time has the display: the focus is one, and some promises are about it.

use std::{
    fs::File,
    io::{Write, stdout},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use acceptance_tests::{
    Failure,
    hub::Hub,
    journey::{
        self, backups, bad_disk, burnt, calls, closed, closing, continued, damaged_page, doors, insisted,
        keyboard_alone, limits, line, long_import, long_stick, no_key, objection, parked, parked_again, pulled_plug,
        register, scanning, screens, seven, stick, undetermined, undone, verified, week,
    },
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

#[tokio::test]
async fn journey_of_a_case_that_goes_on_by_its_slip_at_a_window_that_does_not_know_it() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    continued::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_through_the_doors_another_office_a_reorganisation_and_a_site() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    doors::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_an_objection_from_its_door_to_its_reply() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    objection::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_subject_called_in_time_and_of_a_new_years_calendar() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    calls::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_scans_from_folder_camera_clipboard_and_drop() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    scanning::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_counter_whose_computer_burnt_back_from_its_backup_and_its_words_on_another() -> Result<(), Failure>
{
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    burnt::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_data_folder_without_its_keyring_entry_opened_by_the_recovery_words() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    no_key::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_backups_planned_made_and_tried_and_of_what_is_said_when_there_is_none() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    backups::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_on_a_full_and_on_a_protected_disk_where_nothing_called_saved_is_lost() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    bad_disk::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_before_data_in_use_damaged_or_of_a_newer_program_where_the_screen_says_what_now() -> Result<(), Failure>
{
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    closed::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_case_delivered_by_stick_after_which_the_network_has_nothing_to_send() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    stick::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_mistakes_taken_back_before_a_print_and_before_a_receipt() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    undone::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_penalty_no_rule_classifies_until_a_class_is_chosen_and_cited() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    undetermined::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_seven_penalties_and_a_name_changed_since_at_one_visit() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    seven::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_week_without_network_after_which_all_is_delivered() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    week::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_district_whose_rules_want_a_check_before_the_submission() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    verified::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_an_applicant_who_insists_until_the_notice_of_the_authority_is_handed_over() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    insisted::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_case_and_its_limits_until_both_sites_were_seen_and_it_is_opened_again() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    limits::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_days_register_with_appointments_and_an_agent_without_authority() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    register::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_along_the_line_to_the_hub_in_each_of_its_states_and_the_reference_data_over_it() -> Result<(), Failure>
{
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    line::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_an_act_the_hub_did_not_take_found_with_its_reason_and_given_up() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    parked::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_an_act_the_hub_did_not_take_done_again_on_another_day_and_taken() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    parked_again::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_of_a_long_outbox_that_is_stopped_and_leaves_nothing_on_the_stick_and_then_is_whole()
-> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    long_stick::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_over_a_damaged_page_that_is_found_and_said_and_the_way_back_at_the_next_start() -> Result<(), Failure>
{
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    damaged_page::walk(folder.path(), &folder.path().join("out")).await
}

#[tokio::test]
async fn journey_to_the_end_of_the_day_where_the_window_waits_for_its_backup_and_says_so() -> Result<(), Failure> {
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    closing::walk(folder.path(), &folder.path().join("out")).await
}

/// 20 kills; `KILLS=1000 KILL_SEED=7` in front of the command that is printed makes a thousand from another seed.
#[tokio::test]
async fn journey_with_the_plug_pulled_again_and_again_where_nothing_acknowledged_is_lost() -> Result<(), Failure> {
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (kills, seed) = (asked("KILLS").unwrap_or(20), asked("KILL_SEED").unwrap_or_else(now_ms));
    let again = format!(
        "KILL_SEED={seed} KILLS={kills} scripts/in-session.sh cargo nextest run -p acceptance-tests pulled_again"
    );
    let _display = the_display()?;
    let folder = tempfile::tempdir()?;
    let begin = Instant::now();
    let acknowledged = pulled_plug::pull(folder.path(), kills, seed)
        .await
        .map_err(|error| format!("{error}\nagain: {again}"))?;
    let took = begin.elapsed();
    writeln!(
        stdout(),
        "{kills} kills, {acknowledged} acknowledgements, none lost, {took:.0?}; again: {again}"
    )?;
    Ok(())
}

fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or_default()
}

/// Waits until no other test has a window on this display; it is free again when the answer is dropped.
fn the_display() -> Result<File, Failure> {
    let name = std::env::var("DISPLAY").unwrap_or_default().replace(['/', ':'], "-");
    let file = File::create(std::env::temp_dir().join(format!("credit-counter-display{name}.lock")))?;
    file.lock()?;
    Ok(file)
}
