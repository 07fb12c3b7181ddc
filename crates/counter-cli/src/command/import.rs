//! `import`: 双公示 rows of a file.

use counter_core::publicity::RowKind;
use counter_desk::{
    import::{GoOn, ImportError, ImportOptions, import_file, save_report},
    permission::Permission,
};

use super::shape::snake;
use crate::{
    arguments::{Common, Import, Kind},
    failure::Failure,
    say::Answer,
};

pub fn import(common: &Common, wanted: &Import) -> Result<Answer, Failure> {
    let (desk, actor) = common.acting(Permission::Import)?;
    let options = ImportOptions {
        kind: match wanted.kind {
            Kind::Penalty => Some(RowKind::Penalty),
            Kind::Permit => Some(RowKind::Permit),
            Kind::Auto => None,
        },
        ..ImportOptions::default()
    };
    let outcome = import_file(&desk, &actor, &wanted.file, &options, &mut |progress| {
        tracing::info!(rows = progress.rows, permille = progress.permille, "reading");
        GoOn::Yes
    })
    .map_err(|error| of_import(&error))?;
    if let Some(report) = &wanted.report {
        let name = wanted.file.file_name().unwrap_or_default().to_string_lossy();
        save_report(&outcome, &name, report).map_err(|error| of_import(&error))?;
    }
    let text = format!(
        "读取 {} 行：采纳 {}，采纳但有提醒 {}，待核记录 {}，重复 {}，更新 {}，跳过 {}。",
        outcome.read,
        outcome.accepted,
        outcome.accepted_with_warnings,
        outcome.kept_for_check,
        outcome.duplicates,
        outcome.updated,
        outcome.skipped
    );
    Ok(Answer::new(snake(&outcome)?, text))
}

/// Imports have their own sentences, which say what to do with the file.
fn of_import(error: &ImportError) -> Failure {
    Failure {
        message: error.sentence(),
        ..Failure::of(error)
    }
}
