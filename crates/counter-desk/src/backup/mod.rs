//! Backups by plan: where to, how many are kept, when one is due; and the drill that proves one can be come back from.
//!
//! The plan and what became of it are choices of this computer and stand outside the chain.

pub mod drill;
pub mod make_backup;
pub mod plan;
mod retention;
pub mod status;

use counter_store::{CounterIdentity, ReadTx, StoreError, WriteTx, table::setting};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// The last backup that was made and found good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MadeBackup {
    /// When, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
    /// The file.
    pub file: String,
    /// Its length in bytes.
    #[specta(type = f64)]
    pub length: u64,
    /// How many changes are in it.
    #[specta(type = f64)]
    pub changes: u64,
    /// Files that changes cite and this counter has lost.
    #[specta(type = f64)]
    pub missing_attachments: u64,
}

/// A backup that was not made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FailedBackup {
    /// When, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
    /// Why, as a stable word.
    pub code: String,
    /// What it is about.
    pub detail: String,
}

/// What is filed among the settings of this computer.
#[derive(Clone, Copy)]
enum Filed {
    Plan,
    Made,
    Failed,
    Drill,
}

impl Filed {
    fn key(self) -> &'static str {
        match self {
            Self::Plan => "backup_plan",
            Self::Made => "backup_made",
            Self::Failed => "backup_failed",
            Self::Drill => "backup_drill",
        }
    }

    fn read<T: DeserializeOwned>(self, tx: &ReadTx<'_>) -> Result<Option<T>, StoreError> {
        let text = setting::get(tx, self.key())?.filter(|text| !text.is_empty());
        // What another version filed and this one cannot read counts as not filed.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    fn write(self, tx: &WriteTx<'_>, value: &impl Serialize) -> Result<(), StoreError> {
        let text = serde_json::to_string(value).expect("plain fields");
        setting::set(tx, self.key(), &text)
    }

    fn clear(self, tx: &WriteTx<'_>) -> Result<(), StoreError> {
        setting::set(tx, self.key(), "")
    }
}

/// What the names of this counter's backups begin with; the moment follows.
fn name_stem(identity: &CounterIdentity) -> String {
    format!("{}-{}-{}-", identity.prefix, identity.site, identity.counter)
}

#[cfg(test)]
mod tests;
