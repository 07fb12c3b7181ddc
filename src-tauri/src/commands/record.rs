//! Records.

use counter_desk::{
    permission::Permission,
    record::{
        authority_choices::{self as choices, AuthorityChoice},
        enter_record::{EnterRecord, EnteredRecordView, enter_record},
        facts::Facts,
        record_view::{RecordView, record_view},
        state_facts::state_facts,
    },
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// One record with its verdict today.
#[tauri::command]
#[specta::specta]
pub async fn record_open(app: State<'_, App>, record: String) -> Result<RecordView, CommandError> {
    app.act(Permission::Read, move |desk, _| record_view(desk, &record))
        .await
}

/// Keeps what a clerk found out; answers the verdict under it.
#[tauri::command]
#[specta::specta]
pub async fn record_state_facts(app: State<'_, App>, record: String, facts: Facts) -> Result<RecordView, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        state_facts(desk, actor, &record, &facts)
    })
    .await
}

/// Keeps a decision typed in from its paper.
#[tauri::command]
#[specta::specta]
pub async fn record_enter(app: State<'_, App>, input: EnterRecord) -> Result<EnteredRecordView, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        enter_record(desk, actor, &input)
    })
    .await
}

/// The bodies to choose from.
#[tauri::command]
#[specta::specta]
pub async fn authority_choices(app: State<'_, App>) -> Result<Vec<AuthorityChoice>, CommandError> {
    Ok(choices::authority_choices(&*app.desk()?))
}
