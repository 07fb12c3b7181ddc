//! 到期名单.

use counter_core::record_entry::CallOutcome;
use counter_desk::{
    calls::{
        call_list::{self, CallList},
        call_number,
        print_calls::call_sheet_pdf,
        record_call::record_call,
    },
    permission::Permission,
};
use tauri::{AppHandle, State};

use super::paper::show;
use crate::{app::App, error::CommandError};

/// Who is to be called.
#[tauri::command]
#[specta::specta]
pub async fn call_list(app: State<'_, App>) -> Result<CallList, CommandError> {
    app.act(Permission::Read, |desk, _| call_list::call_list(desk)).await
}

/// Writes down what came of a call.
#[tauri::command]
#[specta::specta]
pub async fn call_record(
    app: State<'_, App>,
    record: String,
    outcome: CallOutcome,
    note: String,
) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        record_call(desk, actor, &record, outcome, &note)
    })
    .await
}

/// Opens the list of today on paper. It is not kept.
#[tauri::command]
#[specta::specta]
pub async fn call_sheet_print(handle: AppHandle, app: State<'_, App>) -> Result<(), CommandError> {
    let bytes = app.act(Permission::Read, call_sheet_pdf).await?;
    show(&handle, "call-sheet", "到期联系单.pdf", &bytes)
}

/// The whole number that was left at a visit.
#[tauri::command]
#[specta::specta]
pub async fn call_number(app: State<'_, App>, visit: String) -> Result<Option<String>, CommandError> {
    app.act(Permission::Receive, move |desk, _| {
        call_number::call_number(desk, &visit)
    })
    .await
}
