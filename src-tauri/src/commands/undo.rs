//! 撤销.

use counter_core::change::LaneKind;
use counter_desk::{
    permission::Permission,
    undo::{self, UndoableView},
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// The last act on a visit, a case or an objection, if it can be taken back.
#[tauri::command]
#[specta::specta]
pub async fn act_undoable(
    app: State<'_, App>,
    kind: LaneKind,
    no: String,
) -> Result<Option<UndoableView>, CommandError> {
    app.act(Permission::Receive, move |desk, _| undo::undoable(desk, kind, &no))
        .await
}

/// Takes that act back.
#[tauri::command]
#[specta::specta]
pub async fn act_undo(app: State<'_, App>, kind: LaneKind, no: String, act: String) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        undo::undo(desk, actor, kind, &no, &act)
    })
    .await
}
