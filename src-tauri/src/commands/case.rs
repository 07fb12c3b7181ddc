//! Cases.

use counter_core::{
    case::{ArchiveVolume, MaterialMark},
    submission_guide::FieldValue,
};
use counter_desk::{
    case::{
        archive_case::{Shelving, archive_case, last_shelving},
        case_board::{self, CaseBoard},
        case_detail::{CaseDetail, case_detail},
        case_list::{self, CasePage, CaseQuery},
        enter_act::{EnterAct, enter_act},
        mark_material::mark_material,
        submission_guide::{GuideView, field_value, submission_guide},
        submission_package::submission_package,
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
pub async fn case_board(app: State<'_, App>, shown: u32) -> Result<CaseBoard, CommandError> {
    app.act(Permission::Read, move |desk, _| {
        case_board::case_board(desk, shown as usize)
    })
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

/// What goes into each field of the site's form.
#[tauri::command]
#[specta::specta]
pub async fn case_guide(app: State<'_, App>, no: String) -> Result<Option<GuideView>, CommandError> {
    app.act(Permission::Read, move |desk, _| submission_guide(desk, &no))
        .await
}

/// The whole of a field that is to be copied.
#[tauri::command]
#[specta::specta]
pub async fn case_guide_value(
    app: State<'_, App>,
    no: String,
    kind: FieldValue,
) -> Result<Option<String>, CommandError> {
    app.act(Permission::Receive, move |desk, _| field_value(desk, &no, kind))
        .await
}

/// Saves the package of a case as a file.
#[tauri::command]
#[specta::specta]
pub async fn case_package_save(app: State<'_, App>, no: String, path: String) -> Result<(), CommandError> {
    let package = app
        .act(Permission::Receive, move |desk, actor| {
            submission_package(desk, actor, &no)
        })
        .await?;
    std::fs::write(&path, package.bytes)
        .map_err(|error| CommandError::new("file_not_written", format!("{path}: {error}")))
}

/// Where the last volume was put, to be offered again.
#[tauri::command]
#[specta::specta]
pub async fn case_last_shelving(app: State<'_, App>) -> Result<Shelving, CommandError> {
    app.act(Permission::Read, |desk, _| last_shelving(desk)).await
}

/// 归档.
#[tauri::command]
#[specta::specta]
pub async fn case_archive(app: State<'_, App>, no: String, shelving: Shelving) -> Result<ArchiveVolume, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        archive_case(desk, actor, &no, &shelving)
    })
    .await
}
