//! The act as the form gives it.

use counter_core::{
    attachment::AttachmentRef,
    case::{DecisionOutcome, ServiceWay, VerificationResult},
};
use serde::{Deserialize, Serialize};

/// The act as typed in. Days are ISO dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "act",
    rename_all = "snake_case",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum EnterAct {
    /// 已提交.
    Submit {
        /// The site, in its own name.
        site: String,
        /// The number the site gave.
        number: String,
        /// The day.
        on: String,
    },
    /// 认定单位受理.
    Accept {
        /// Who accepted.
        by: String,
        /// The day.
        on: String,
        /// Its number.
        number: Option<String>,
    },
    /// 认定单位不予受理.
    Decline {
        /// Who declined.
        by: String,
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 认定单位要求补充.
    AskSupplement {
        /// Who asks.
        by: String,
        /// The day.
        on: String,
        /// For what.
        reason: String,
    },
    /// 认定单位决定.
    Decide {
        /// Who decided.
        by: String,
        /// The day.
        on: String,
        /// How.
        outcome: DecisionOutcome,
        /// Why.
        reason: String,
    },
    /// 已撤下.
    TakeDown {
        /// The sites looked at.
        sites: Vec<String>,
        /// The day of looking.
        on: String,
    },
    /// 撤回.
    Withdraw {
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 转介.
    Refer {
        /// To which office.
        office: String,
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
    /// 结案.
    Close {
        /// The day.
        on: String,
        /// A word on it.
        note: String,
    },
    /// 信用核查, by whoever is signed in.
    Verify {
        /// The day.
        on: String,
        /// What was looked at.
        seen: String,
        /// What came of it.
        result: VerificationResult,
        /// What else to know.
        note: String,
        /// Photographs, screenshots, letters.
        evidence: Vec<AttachmentRef>,
    },
    /// 当事人坚持提交.
    Insist {
        /// The day.
        on: String,
        /// What was told and answered.
        note: String,
    },
    /// 网站已推送认定单位.
    Push {
        /// To whom.
        to: String,
        /// The day.
        on: String,
    },
    /// 延期.
    Extend {
        /// Which limit, by its name in the pack.
        limit: String,
        /// The new last day.
        until: String,
        /// Who moved it.
        by: String,
        /// Why.
        reason: String,
        /// The day it was said.
        on: String,
    },
    /// 查看网站.
    LookAtSite {
        /// The site, in its own name.
        site: String,
        /// The day of looking.
        on: String,
        /// Whether the record still stood there.
        still_shown: bool,
    },
    /// 送达.
    Serve {
        /// The paper by its file.
        sha256: String,
        /// Who took it.
        to: String,
        /// How it came to them.
        way: ServiceWay,
        /// The day.
        on: String,
    },
    /// 退还原件.
    ReturnOriginal {
        /// The paper, by its code in the pack.
        code: String,
        /// To whom.
        to: String,
        /// The day.
        on: String,
    },
    /// 重新办理.
    Reopen {
        /// The day.
        on: String,
        /// Why.
        reason: String,
    },
}
