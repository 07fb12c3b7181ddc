//! 恢复词保管页: rendered and handed out, never kept here.

use counter_documents::{
    RenderError,
    paper::recovery_sheet::{RecoverySheet, recovery_sheet},
};
use counter_store::StoreError;

use super::issue_of;
use crate::{Actor, Coded, Desk};

/// The sheet was not made.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// It cannot be rendered.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for SheetError {
    fn code(&self) -> &'static str {
        match self {
            Self::Render(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Render(error) => error.detail(),
            Self::Store(error) => Coded::detail(error),
        }
    }
}

/// The page with the recovery words.
///
/// # Errors
/// [`SheetError`].
pub fn recovery_sheet_pdf(desk: &Desk, actor: &Actor, words: Vec<String>) -> Result<Vec<u8>, SheetError> {
    let identity = desk.store().identity();
    let issue = desk.store().read(|tx| issue_of(desk, tx, actor, None, None))?;
    let sheet = recovery_sheet(&RecoverySheet {
        issue,
        counter: format!("{}-{}", identity.prefix, identity.counter),
        words,
    });
    Ok(desk.renderer()?.render(&sheet)?)
}
