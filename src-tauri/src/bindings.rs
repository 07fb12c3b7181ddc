//! The list of commands, and the TypeScript that a test generates from it.

use tauri_specta::{Builder, collect_commands};

use crate::commands::{
    app, backup, calls, case, certificate, class, delivery, device, draft, exam, import, objection, office, paper,
    parked, record, rules, stick, subject, undo, visit,
};

/// Every command of the window.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new().commands(collect_commands![
        app::app_status,
        app::app_set_up,
        app::app_words_kept,
        app::app_unlock,
        app::app_sign_in,
        app::app_sign_out,
        app::app_closing,
        app::app_close_now,
        backup::app_open_read_only,
        backup::store_status,
        backup::backup_plan,
        backup::backup_now,
        backup::backup_list,
        backup::backup_save,
        backup::backup_restore,
        backup::drill_hold,
        delivery::delivery_status,
        delivery::hub_enrol,
        delivery::sync_now,
        delivery::reference_status,
        delivery::hub_line,
        stick::stick_write,
        stick::stick_read,
        stick::stick_stop,
        draft::draft_save,
        draft::draft_load,
        draft::draft_discard,
        draft::attach_file,
        import::import_start,
        import::import_cancel,
        import::import_runs,
        import::import_findings,
        import::import_findings_save,
        subject::subject_search,
        subject::subject_open,
        record::record_open,
        record::record_state_facts,
        record::record_enter,
        record::authority_choices,
        visit::visit_open,
        visit::visit_view,
        visit::visits_open,
        visit::visit_register,
        visit::visit_book,
        visit::visit_arrive,
        visit::visit_cancel_booking,
        visit::visit_agents_before,
        visit::scan_read,
        visit::visit_continue,
        visit::visit_receive,
        visit::visit_end,
        case::case_page,
        case::case_board,
        case::case_view,
        case::case_mark_material,
        case::case_enter_act,
        case::case_take_over_brought,
        case::case_guide,
        case::case_guide_value,
        case::case_package_save,
        case::case_last_shelving,
        case::case_archive,
        device::attach_content,
        device::scan_folder_view,
        device::scan_folder_watch,
        device::devices_view,
        device::devices_save,
        device::id_card_read,
        device::camera_take,
        calls::call_list,
        calls::call_sheet_print,
        calls::call_record,
        calls::call_number,
        objection::objection_rules,
        objection::objection_receive,
        objection::objection_list,
        objection::objection_view,
        objection::objection_mark_material,
        objection::objection_enter_act,
        objection::objection_print,
        office::office_list,
        office::office_save,
        office::office_remove,
        office::bankruptcy_view,
        office::bankruptcy_print,
        parked::parked_list,
        parked::parked_amend,
        parked::parked_withdraw,
        undo::act_undoable,
        undo::act_undo,
        paper::advice_print,
        paper::referral_print,
        paper::commitment_print,
        paper::authorization_print,
        paper::visit_receipt_print,
        paper::case_print,
        paper::no_record_print,
        paper::continuation_print,
        paper::handover_print,
        paper::place_view,
        paper::place_save,
        paper::paper_open,
        paper::paper_save,
        paper::paper_reprint,
        paper::recovery_sheet_print,
        class::class_list,
        class::class_template,
        class::class_open,
        class::class_view,
        class::class_enrol,
        class::class_withdraw,
        class::class_attendance,
        class::class_close,
        exam::exam_draw,
        exam::exam_room,
        exam::exam_sitting,
        exam::exam_start,
        exam::exam_resume,
        exam::exam_running,
        exam::exam_answer,
        exam::exam_mark_review,
        exam::exam_incident,
        exam::exam_tick,
        exam::exam_hand_in,
        exam::question_bank,
        certificate::certificate_issue,
        certificate::certificate_list,
        certificate::certificate_open,
        certificate::verify_text,
        certificate::verify_pdf,
        rules::pack_list,
        rules::pack_view,
        rules::calendar_reach,
        rules::calendar_import,
    ])
}

#[cfg(test)]
mod tests {
    use specta_typescript::semantic::Configuration;
    use tauri_specta::{Casing, ErrorHandlingMode};

    use super::*;

    /// The committed file is what the commands are; where it is not, it is written anew and the test fails once.
    #[test]
    fn the_committed_bindings_are_those_of_the_commands() -> Result<(), Box<dyn std::error::Error>> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/ipc/bindings.ts");
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        // The screens name a command as Rust does, and a refusal is thrown. Both directions share one shape, since an
        // absent value is sent as null. Every `f64` stands for a whole number, which is never NaN and so never null.
        builder()
            .function_casing(Casing::SnakeCase)
            .error_handling(ErrorHandlingMode::Throw)
            .disable_serde_phases()
            .semantic_types(Configuration::empty().enable_lossless_floats())
            .export(
                specta_typescript::Typescript::default()
                    .header("// Generated from src-tauri by `cargo nextest run -p credit-counter`; do not edit.\n"),
                path,
            )?;
        let current = std::fs::read_to_string(path)?;
        assert!(
            committed == current,
            "ui/src/ipc/bindings.ts was not current; it has been written anew, look at it and commit it"
        );
        Ok(())
    }

    #[test]
    fn every_command_is_permitted_by_one_readable_file_and_no_file_permits_more()
    -> Result<(), Box<dyn std::error::Error>> {
        let bindings = include_str!("bindings.rs");
        let list = bindings
            .split("collect_commands![")
            .nth(1)
            .and_then(|rest| rest.split(']').next())
            .unwrap_or_default();
        let mut commands: Vec<&str> = list
            .split(',')
            .filter_map(|entry| entry.trim().rsplit("::").next())
            .filter(|name| !name.is_empty())
            .collect();
        commands.sort_unstable();
        let mut permitted = Vec::new();
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src-tauri/permissions"))? {
            let text = std::fs::read_to_string(entry?.path())?;
            let names = text.split("commands.allow = [").nth(1).unwrap_or_default();
            permitted.extend(names.split('"').skip(1).step_by(2).map(str::to_owned));
        }
        permitted.sort_unstable();
        assert_eq!(permitted, commands);
        Ok(())
    }
}
