//! What the data does not say about a record and a clerk can find out by asking or looking at a paper.

use counter_core::record::{ChosenClass, Domain, Procedure, Record};
use serde::{Deserialize, Serialize};

/// The facts of a record that decide its verdict. Null is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Facts {
    /// 处罚义务是否已履行.
    pub fulfilled: Option<bool>,
    /// 违法行为是否已改正.
    pub rectified: Option<bool>,
    /// 是否已作出信用承诺.
    pub committed: Option<bool>,
    /// 是否正在公示.
    pub published: Option<bool>,
    /// 是否列入严重失信主体名单.
    pub listed_serious: Option<bool>,
    /// 决定书或法律是否认定情节严重.
    pub serious_by_authority: Option<bool>,
    /// 处罚程序: `simple` or `ordinary`.
    pub procedure: Option<String>,
    /// 领域, one of the words of the assessment's `domain`.
    pub domain: Option<String>,
    /// 类别, where a person chose it, and what that rests on.
    pub class_chosen: Option<ChosenClass>,
}

impl Facts {
    /// What `record` says.
    pub fn of(record: &Record) -> Self {
        Self {
            fulfilled: record.fulfilled,
            rectified: record.rectified,
            committed: record.committed,
            published: record.published,
            listed_serious: record.listed_serious,
            serious_by_authority: record.serious_by_authority,
            procedure: record.procedure.map(word),
            domain: record.domain.map(word),
            class_chosen: record.class_chosen.clone(),
        }
    }

    /// `record` with these facts in it.
    ///
    /// # Errors
    /// The word that names no procedure or domain.
    pub fn applied_to(&self, record: &Record) -> Result<Record, String> {
        Ok(Record {
            fulfilled: self.fulfilled,
            rectified: self.rectified,
            committed: self.committed,
            published: self.published,
            listed_serious: self.listed_serious,
            serious_by_authority: self.serious_by_authority,
            procedure: self.procedure.as_deref().map(read::<Procedure>).transpose()?,
            domain: self.domain.as_deref().map(read::<Domain>).transpose()?,
            class_chosen: self.class_chosen.clone(),
            ..record.clone()
        })
    }
}

fn word<T: Serialize>(value: T) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn read<T: for<'de> Deserialize<'de>>(word: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).map_err(|_| word.to_owned())
}
