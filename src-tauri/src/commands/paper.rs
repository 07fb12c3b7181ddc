//! Papers: issued, opened in the system's viewer, saved as files.

use counter_core::document_issue::{DocumentKind, IssuedDocument};
use counter_desk::{
    paper::{
        issue::{
            HandoverInput, NoRecordInput, issue_authorization, issue_case_paper, issue_commitment,
            issue_continuation_receipt, issue_handover, issue_no_record_slip, issue_slip, issue_visit_receipt,
            paper_bytes,
        },
        place::{Place, place, save_place},
        reprint::{PaperOf, reprint},
        sheet::recovery_sheet_pdf,
    },
    permission::Permission,
};
use serde::Serialize;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_opener::OpenerExt;

use crate::{
    app::{App, blocking},
    error::CommandError,
    papers,
};

/// A paper that was issued.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Paper {
    kind: DocumentKind,
    title: &'static str,
    number: String,
    sha256: String,
    file_name: String,
}

impl From<IssuedDocument> for Paper {
    fn from(issued: IssuedDocument) -> Self {
        Self {
            kind: issued.kind,
            title: issued.kind.title(),
            number: issued.number,
            sha256: issued.file.sha256,
            file_name: issued.file.name,
        }
    }
}

/// 咨询单.
#[tauri::command]
#[specta::specta]
pub async fn advice_print(app: State<'_, App>, record: String, visit: Option<String>) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_slip(desk, actor, &record, DocumentKind::AdviceSlip, visit.as_deref())
    })
    .await
    .map(Paper::from)
}

/// 转介单.
#[tauri::command]
#[specta::specta]
pub async fn referral_print(app: State<'_, App>, record: String, visit: Option<String>) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_slip(desk, actor, &record, DocumentKind::ReferralSlip, visit.as_deref())
    })
    .await
    .map(Paper::from)
}

/// 信用承诺书, before there is a case.
#[tauri::command]
#[specta::specta]
pub async fn commitment_print(
    app: State<'_, App>,
    record: String,
    visit: Option<String>,
) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_commitment(desk, actor, &record, visit.as_deref())
    })
    .await
    .map(Paper::from)
}

/// 授权委托书 for whoever came without authority.
#[tauri::command]
#[specta::specta]
pub async fn authorization_print(
    app: State<'_, App>,
    visit: String,
    records: Vec<String>,
) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_authorization(desk, actor, &visit, &records)
    })
    .await
    .map(Paper::from)
}

/// 收件回执.
#[tauri::command]
#[specta::specta]
pub async fn visit_receipt_print(app: State<'_, App>, visit: String) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_visit_receipt(desk, actor, &visit)
    })
    .await
    .map(Paper::from)
}

/// A paper about a case.
#[tauri::command]
#[specta::specta]
pub async fn case_print(app: State<'_, App>, no: String, kind: DocumentKind) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_case_paper(desk, actor, &no, kind)
    })
    .await
    .map(Paper::from)
}

/// 咨询单 that says what was not found.
#[tauri::command]
#[specta::specta]
pub async fn no_record_print(app: State<'_, App>, input: NoRecordInput) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_no_record_slip(desk, actor, &input)
    })
    .await
    .map(Paper::from)
}

/// 续办回执.
#[tauri::command]
#[specta::specta]
pub async fn continuation_print(app: State<'_, App>, visit: String) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_continuation_receipt(desk, actor, &visit)
    })
    .await
    .map(Paper::from)
}

/// 交接单.
#[tauri::command]
#[specta::specta]
pub async fn handover_print(app: State<'_, App>, input: HandoverInput) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_handover(desk, actor, &input)
    })
    .await
    .map(Paper::from)
}

/// Where the counter is.
#[tauri::command]
#[specta::specta]
pub async fn place_view(app: State<'_, App>) -> Result<Place, CommandError> {
    app.act(Permission::Read, |desk, _| place(desk)).await
}

/// Changes where the counter is.
#[tauri::command]
#[specta::specta]
pub async fn place_save(app: State<'_, App>, place: Place) -> Result<(), CommandError> {
    app.act(Permission::Administer, move |desk, _| save_place(desk, &place))
        .await
}

/// Opens a paper or a scan in the system's viewer, under the name it was issued or taken in with.
#[tauri::command]
#[specta::specta]
pub async fn paper_open(
    handle: AppHandle,
    app: State<'_, App>,
    sha256: String,
    file_name: String,
) -> Result<(), CommandError> {
    let name = plain_name(&file_name);
    let wanted = sha256.clone();
    let bytes = app
        .act(Permission::Read, move |desk, _| paper_bytes(desk, &wanted))
        .await?;
    // The hash was found among the papers, so it is one and no way out of the folder.
    show(&handle, &sha256, &name, &bytes)
}

/// 重印: writes down why, and opens the paper as it was issued.
#[tauri::command]
#[specta::specta]
pub async fn paper_reprint(
    handle: AppHandle,
    app: State<'_, App>,
    of: PaperOf,
    sha256: String,
    reason: String,
) -> Result<(), CommandError> {
    let reprinted = app
        .act(Permission::Receive, move |desk, actor| {
            reprint(desk, actor, &of, &sha256, &reason)
        })
        .await?;
    let file = &reprinted.paper.file;
    show(&handle, &file.sha256, &plain_name(&file.name), &reprinted.pdf)
}

/// Saves a paper as a file.
#[tauri::command]
#[specta::specta]
pub async fn paper_save(app: State<'_, App>, sha256: String, path: String) -> Result<(), CommandError> {
    let bytes = app
        .act(Permission::Read, move |desk, _| paper_bytes(desk, &sha256))
        .await?;
    std::fs::write(&path, bytes).map_err(|error| CommandError::new("file_not_written", format!("{path}: {error}")))
}

/// Opens the page with the recovery words. It is the one paper that is not kept.
#[tauri::command]
#[specta::specta]
pub async fn recovery_sheet_print(
    handle: AppHandle,
    app: State<'_, App>,
    words: Vec<String>,
) -> Result<(), CommandError> {
    let (desk, administrator) = app.new_counter()?;
    let bytes =
        blocking(move || recovery_sheet_pdf(&desk, &administrator, words).map_err(|error| CommandError::of(&error)))
            .await?;
    show(&handle, "recovery-sheet", "recovery-sheet.pdf", &bytes)
}

/// What may be opened besides papers: scans that were taken in.
const PICTURES: [&str; 6] = ["png", "jpg", "jpeg", "tif", "tiff", "webp"];

/// A name that stays in its folder on every system, and that no system takes for a program.
fn plain_name(name: &str) -> String {
    let (stem, kind) = match name.rsplit_once('.') {
        Some((stem, kind)) if PICTURES.contains(&kind.to_ascii_lowercase().as_str()) => (stem, kind),
        _ => (name.trim_end_matches(".pdf"), "pdf"),
    };
    let stem: String = stem
        .chars()
        .filter(|c| !c.is_control() && !r#"/\:*?"<>|"#.contains(*c))
        .take(60)
        .collect();
    match stem.trim_matches([' ', '.']) {
        "" => format!("paper.{kind}"),
        stem => format!("{stem}.{kind}"),
    }
}

/// Lays the file out under its name and opens it in the system's viewer.
pub fn show(handle: &AppHandle, content: &str, name: &str, bytes: &[u8]) -> Result<(), CommandError> {
    let path = papers::lay_out(&handle.state::<App>().papers(), content, name, bytes)
        .map_err(|error| CommandError::new("file_not_written", error.to_string()))?;
    handle
        .opener()
        .open_path(path.to_string_lossy(), None::<&str>)
        .map_err(|error| CommandError::new("no_viewer", error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn a_paper_is_opened_under_its_own_name_and_never_outside_its_folder() {
        for (name, plain) in [
            ("转介单-YX-W03-2026-S000002.pdf", "转介单-YX-W03-2026-S000002.pdf"),
            ("../../.bashrc", "bashrc.pdf"),
            ("a/b\\c:d.pdf", "abcd.pdf"),
            ("决定书.PNG", "决定书.PNG"),
            ("setup.exe", "setup.exe.pdf"),
            ("..", "paper.pdf"),
            ("", "paper.pdf"),
        ] {
            assert_eq!(plain_name(name), plain, "{name}");
        }
    }
}
