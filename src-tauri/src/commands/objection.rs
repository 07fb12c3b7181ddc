//! Objections.

use counter_core::{case::MaterialMark, document_issue::DocumentKind};
use counter_desk::{
    objection::{
        enter_objection_act::{EnterObjectionAct, enter_objection_act},
        mark_objection_material::mark_objection_material,
        objection_detail::{ObjectionDetail, objection_detail},
        objection_list::{self, ObjectionHead},
        objection_rules::{self, ObjectionRules},
        receive_objection::{ReceiveObjection, receive_objection},
    },
    paper::issue::issue_objection_paper,
    permission::Permission,
};
use counter_store::StoreError;
use tauri::State;

use super::paper::Paper;
use crate::{app::App, error::CommandError};

/// What a new objection is asked by.
#[tauri::command]
#[specta::specta]
pub async fn objection_rules(app: State<'_, App>) -> Result<Option<ObjectionRules>, CommandError> {
    app.act(Permission::Read, |desk, _| {
        Ok::<_, StoreError>(objection_rules::objection_rules(desk))
    })
    .await
}

/// Takes an objection in; answers its number.
#[tauri::command]
#[specta::specta]
pub async fn objection_receive(app: State<'_, App>, input: ReceiveObjection) -> Result<String, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        receive_objection(desk, actor, &input)
    })
    .await
}

/// Every objection.
#[tauri::command]
#[specta::specta]
pub async fn objection_list(app: State<'_, App>) -> Result<Vec<ObjectionHead>, CommandError> {
    app.act(Permission::Read, |desk, _| objection_list::objection_list(desk))
        .await
}

/// An objection with its history.
#[tauri::command]
#[specta::specta]
pub async fn objection_view(app: State<'_, App>, no: String) -> Result<Option<ObjectionDetail>, CommandError> {
    app.act(Permission::Read, move |desk, _| objection_detail(desk, &no))
        .await
}

/// Marks a paper on the checklist.
#[tauri::command]
#[specta::specta]
pub async fn objection_mark_material(
    app: State<'_, App>,
    no: String,
    code: String,
    mark: MaterialMark,
) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        mark_objection_material(desk, actor, &no, &code, mark)
    })
    .await
}

/// Enters an act of the counter or of others.
#[tauri::command]
#[specta::specta]
pub async fn objection_enter_act(app: State<'_, App>, no: String, act: EnterObjectionAct) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        enter_objection_act(desk, actor, &no, act)
    })
    .await
}

/// A paper about an objection.
#[tauri::command]
#[specta::specta]
pub async fn objection_print(app: State<'_, App>, no: String, kind: DocumentKind) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_objection_paper(desk, actor, &no, kind)
    })
    .await
    .map(Paper::from)
}
