//! `restore`: a data folder out of a backup, on any machine, with the recovery words.

use std::path::Path;

use counter_store::{OldData, Passphrase, RecoveryWords, Unlock};
use serde_json::json;

use crate::{arguments::Common, failure::Failure, file, say::Answer};

pub fn restore(common: &Common, backup: &Path, words: Option<&Path>, set_aside: bool) -> Result<Answer, Failure> {
    let unlock = match words {
        Some(path) => {
            let words = RecoveryWords::parse(&file::text(path)?);
            Unlock::RecoveryWords(words.map_err(|error| Failure::coded("bad_recovery_words", &error.to_string()))?)
        }
        None => Unlock::from_environment(),
    };
    let old = if set_aside { OldData::SetAside } else { OldData::Refuse };
    let store = counter_store::restore(backup, &common.folder()?, &unlock, old, &common.environment())?;
    if words.is_some() {
        // The words open it once; from now on this machine opens it as every other.
        match Passphrase::from_environment() {
            Some(passphrase) => store.set_passphrase(&passphrase)?,
            None => store.keep_key_in_keyring()?,
        }
    }
    let report = store.check()?;
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|problem| json!({"code": problem.code, "detail": problem.detail}))
        .collect();
    let identity = store.identity();
    let json = json!({
        "ok": report.ok, "problems": problems,
        "counter": identity.counter.to_string(), "incarnation": identity.incarnation.to_string(),
    });
    let text = format!(
        "已恢复窗口 {}，发现问题 {} 个。",
        identity.counter,
        report.problems.len()
    );
    Ok(Answer {
        status: if report.ok { 0 } else { 3 },
        ..Answer::new(json, text)
    })
}
