//! Cases.

use counter_core::case::{CaseState, MaterialMark};
use counter_desk::{
    case::{
        case_detail::{CaseDetail, case_detail},
        case_list::{self, CaseRow},
        enter_act::{EnterAct, enter_act},
        mark_material::mark_material,
    },
    permission::Permission,
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// The cases in one of the states; all when none is named.
#[tauri::command]
#[specta::specta]
pub async fn case_list(app: State<'_, App>, states: Vec<CaseState>) -> Result<Vec<CaseRow>, CommandError> {
    app.act(Permission::Read, move |desk, _| case_list::case_list(desk, &states))
        .await
}

/// A case with its history.
#[tauri::command]
#[specta::specta]
pub async fn case_view(app: State<'_, App>, no: String) -> Result<Option<CaseDetail>, CommandError> {
    app.act(Permission::Read, move |desk, _| case_detail(desk, &no)).await
}

/// Marks a paper on the checklist.
#[tauri::command]
#[specta::specta]
pub async fn case_mark_material(
    app: State<'_, App>,
    no: String,
    code: String,
    mark: MaterialMark,
) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        mark_material(desk, actor, &no, &code, mark)
    })
    .await
}

/// Enters an act of the counter or of the authority.
#[tauri::command]
#[specta::specta]
pub async fn case_enter_act(app: State<'_, App>, no: String, act: EnterAct) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| enter_act(desk, actor, &no, act))
        .await
}
