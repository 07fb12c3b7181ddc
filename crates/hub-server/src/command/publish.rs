//! Publishing reference data from a file.

use hub_api::dataset::DatasetKind;
use publicity_file::{ReadLimits, Source};
use serde_json::json;

use super::{Failure, PublishArguments, say};
use crate::{
    clock::day_in_china,
    dataset::{FileError, Mode, Publication, PublishError, publish, rows_of_file},
    hub::Hub,
    store::HubStore,
};

/// Who publishes, as far as the command knows.
const BY_COMMAND: &str = "command";

pub(super) async fn publish_file<S: HubStore>(hub: Hub<S>, arguments: PublishArguments) -> Result<(), Failure> {
    let kind = DatasetKind::from(arguments.kind);
    let source = Source::open(&arguments.file, &ReadLimits::default()).map_err(FileError::from)?;
    let file = rows_of_file(&source, kind, day_in_china(hub.world.now()))?;
    // A pack stands beside the others: what is published is the one, not all there are.
    let mode = if arguments.add || kind == DatasetKind::RulePack {
        Mode::Add
    } else {
        Mode::Replace
    };
    let publication = Publication {
        district: &arguments.site,
        kind,
        source: &source.name,
        data_as_of: arguments.as_of.or(file.data_as_of),
        mode,
        by: BY_COMMAND,
    };
    let published = publish(&hub, &publication, file.rows).await?;
    say(&json!({
        "site": arguments.site,
        "kind": kind.as_str(),
        "version": published.version,
        "is_new": published.is_new,
        "data_as_of": published.data_as_of,
        "rows": published.rows,
        "chunks": published.chunks,
        "bytes": published.bytes,
        "new_chunks": published.new_chunks,
        "new_bytes": published.new_bytes,
        "read": file.counts.read,
        "kept_for_check": file.counts.kept_for_check,
        "duplicates": file.counts.duplicates,
        "skipped": file.counts.skipped,
    }));
    Ok(())
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::refused(
            "file",
            error,
            "hand in the file as the reporting standard or the register has it",
        )
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::Store(error) => error.into(),
            PublishError::Overtaken => Self::other("overtaken", error),
            PublishError::Empty
            | PublishError::SameKey
            | PublishError::RowTooLong
            | PublishError::TooMany
            | PublishError::Before(_) => Self::refused("publish", error, "nothing was published"),
        }
    }
}
