//! How a command failed, with the sentence a person reads. The sentences of the window are used here too.

use std::{collections::BTreeMap, sync::OnceLock};

use counter_desk::Coded;

/// The window's sentences by code.
const SENTENCES: &str = include_str!("../../../ui/src/i18n/zh-CN/refusal.json");

/// A command that did not do what was asked.
#[derive(Debug)]
pub struct Failure {
    /// The exit status.
    pub status: u8,
    /// The stable word.
    pub code: String,
    /// What is wrong, in Chinese.
    pub message: String,
    /// What to do, in Chinese; empty where the message says it.
    pub hint: String,
}

impl Failure {
    /// A use case's error.
    pub fn of(error: &dyn Coded) -> Self {
        Self::coded(error.code(), &error.detail())
    }

    /// The error named by `code`, about `detail`.
    pub fn coded(code: &str, detail: &str) -> Self {
        Self {
            status: if is_not_about_the_request(code) { 1 } else { 3 },
            code: code.to_owned(),
            message: sentence(code, detail),
            hint: hint(code).to_owned(),
        }
    }

    /// Arguments that cannot be meant.
    pub fn arguments(message: impl Into<String>) -> Self {
        Self {
            status: 2,
            code: "arguments".to_owned(),
            message: message.into(),
            hint: String::new(),
        }
    }
}

impl<E: Coded> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::of(&error)
    }
}

/// Codes that tell of a machine, a disk or a network, not of the request.
fn is_not_about_the_request(code: &str) -> bool {
    matches!(
        code,
        "hub_unreachable"
            | "database"
            | "migration"
            | "io"
            | "disk_full"
            | "too_little_space"
            | "read_only_media"
            | "old_sqlite"
            | "internal"
            | "busy"
            | "no_network"
            | "file_not_written"
            | "paper_not_made"
            | "stick_io"
            | "stick_no_room"
            | "stick_read_only"
    )
}

fn sentence(code: &str, detail: &str) -> String {
    static KNOWN: OnceLock<BTreeMap<String, String>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| serde_json::from_str(SENTENCES).unwrap_or_default());
    match own_sentence(code).or_else(|| known.get(code).map(String::as_str)) {
        Some(sentence) => sentence.replace("{detail}", detail),
        None if detail.is_empty() => format!("没有办成（{code}）。"),
        None => format!("没有办成（{code}）：{detail}"),
    }
}

fn own_sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "no_database" => "这个数据文件夹里还没有窗口数据。",
        "hub_unreachable" => "联系不上区信用平台，本机内容没有变化。",
        "not_permitted" => "账号 {detail} 不能做这件事。",
        "now_not_allowed" => "只有练习用的数据文件夹才能指定时间来登记。",
        "demo_not_empty" => "数据文件夹里已有主体数据，演示数据只能装进空的文件夹。",
        "no_class" => "没有找到培训班：{detail}",
        _ => return None,
    })
}

fn hint(code: &str) -> &'static str {
    match code {
        "in_use" => "assess、search、verify、check、backup 可以与窗口同时运行。",
        "no_database" => "请先运行 init，或用 --data-dir 指明文件夹。",
        "no_such_key" | "wrong_key" | "keyring" => "请在环境变量 CREDIT_COUNTER_PASSPHRASE 中给出口令。",
        "unknown_account" => "请用 --as 指明账号。",
        "now_not_allowed" => "请去掉 --now，或用 init --test 建一个练习用的文件夹。",
        "not_enrolled" => "请先运行 enrol。",
        _ => "",
    }
}

/// An unreadable file that a person named.
pub fn unreadable(path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::coded("file_unreadable", &format!("{}（{error}）", path.display()))
}
