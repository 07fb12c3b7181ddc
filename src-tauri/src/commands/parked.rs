//! 待处理: what the hub did not take, and the ways out.

use counter_desk::{
    parked::{
        amend_parked::amend_parked,
        parked_list::{self, ParkedList},
        withdraw_parked::withdraw_parked,
    },
    permission::Permission,
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// What stands in 待处理, whoever made it, and what was settled of late.
#[tauri::command]
#[specta::specta]
pub async fn parked_list(app: State<'_, App>) -> Result<ParkedList, CommandError> {
    app.act(Permission::Read, |desk, _| parked_list::parked_list(desk))
        .await
}

/// 重新办理, on another day where one is given.
#[tauri::command]
#[specta::specta]
pub async fn parked_amend(app: State<'_, App>, id: String, on: Option<String>) -> Result<(), CommandError> {
    app.act(Permission::Read, move |desk, actor| {
        amend_parked(desk, actor, &id, on.as_deref())
    })
    .await
}

/// 不再办理, with the reason.
#[tauri::command]
#[specta::specta]
pub async fn parked_withdraw(app: State<'_, App>, id: String, reason: String) -> Result<(), CommandError> {
    app.act(Permission::Read, move |desk, actor| {
        withdraw_parked(desk, actor, &id, &reason)
    })
    .await
}
