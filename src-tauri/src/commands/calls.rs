//! 到期名单.

use counter_core::record_entry::CallOutcome;
use counter_desk::{
    calls::{
        call_list::{self, CallList},
        call_number,
        record_call::record_call,
    },
    permission::Permission,
};
use tauri::State;

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

/// The whole number that was left at a visit.
#[tauri::command]
#[specta::specta]
pub async fn call_number(app: State<'_, App>, visit: String) -> Result<Option<String>, CommandError> {
    app.act(Permission::Receive, move |desk, _| {
        call_number::call_number(desk, &visit)
    })
    .await
}
