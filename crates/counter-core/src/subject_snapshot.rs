//! A credit subject as it was known at the moment of an act.

use serde::{Deserialize, Serialize};

/// 信用主体 as known when the act was done; the act stays readable when the subject changes its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SubjectSnapshot {
    /// 统一社会信用代码, where there is one.
    pub uscc: Option<String>,
    /// The name then.
    pub name: String,
}
