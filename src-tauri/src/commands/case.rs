//! Cases.

use counter_core::case::MaterialMark;
use counter_desk::{
    case::{
        case_board::{self, CaseBoard},
        case_detail::{CaseDetail, case_detail},
        case_list::{self, CasePage, CaseQuery},
        enter_act::{EnterAct, enter_act},
        mark_material::mark_material,
        take_over_brought::take_over_brought,
    },
    permission::Permission,
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// Some of the cases.
#[tauri::command]
#[specta::specta]
pub async fn case_page(app: State<'_, App>, query: CaseQuery) -> Result<CasePage, CommandError> {
    app.act(Permission::Read, move |desk, _| case_list::case_page(desk, &query))
        .await
}

/// 期限看板.
#[tauri::command]
#[specta::specta]
pub async fn case_board(app: State<'_, App>) -> Result<CaseBoard, CommandError> {
    app.act(Permission::Read, |desk, _| case_board::case_board(desk)).await
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

/// Puts to a case what another window took in for it; answers how many papers.
#[tauri::command]
#[specta::specta]
pub async fn case_take_over_brought(app: State<'_, App>, no: String) -> Result<u32, CommandError> {
    let papers = app
        .act(Permission::Receive, move |desk, actor| {
            take_over_brought(desk, actor, &no)
        })
        .await?;
    Ok(u32::try_from(papers).unwrap_or(u32::MAX))
}
