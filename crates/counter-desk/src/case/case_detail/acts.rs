//! What can be entered on a case as it stands. The reducer has the last word.

use counter_core::case::{Case, CaseState, RunningLimit};
use serde::Serialize;

/// An act that can be entered on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// 已提交.
    Submit,
    /// 网站已推送.
    Push,
    /// 认定单位受理.
    Accept,
    /// 认定单位不予受理.
    Decline,
    /// 认定单位要求补充.
    AskSupplement,
    /// 认定单位决定.
    Decide,
    /// 查看网站.
    LookAtSite,
    /// 已撤下.
    TakeDown,
    /// 撤回.
    Withdraw,
    /// 转介.
    Refer,
    /// 结案.
    Close,
    /// 重新办理.
    Reopen,
    /// 当事人坚持提交.
    Insist,
    /// 信用核查.
    Verify,
    /// 延期.
    Extend,
    /// 送达.
    Serve,
    /// 退还原件.
    ReturnOriginal,
}

/// The acts by which the case goes on.
pub(super) fn next_acts(case: &Case) -> Vec<ActKind> {
    use ActKind::{
        Accept, AskSupplement, Close, Decide, Decline, Insist, LookAtSite, Push, Refer, Reopen, Submit, TakeDown,
        Verify, Withdraw,
    };
    let owes_verification = case.owes_verification();
    match case.state() {
        CaseState::Received if owes_verification => vec![Verify, Refer, Withdraw],
        CaseState::GapsOpen if case.insisted.is_some() && owes_verification => vec![Verify, Refer, Withdraw],
        CaseState::Received => vec![Submit, Refer, Withdraw],
        CaseState::GapsOpen if case.insisted.is_some() => vec![Submit, Refer, Withdraw],
        CaseState::GapsOpen => vec![Insist, Refer, Withdraw],
        CaseState::Submitted if case.pushed_on.is_none() => {
            vec![Push, Accept, Decline, AskSupplement, Decide, Withdraw]
        }
        CaseState::Submitted => vec![Accept, Decline, AskSupplement, Decide, Withdraw],
        CaseState::Accepted => vec![Decide, AskSupplement, Withdraw],
        CaseState::Decided if case.is_repaired() => vec![LookAtSite, TakeDown],
        CaseState::Declined | CaseState::Withdrawn | CaseState::Referred => vec![Close, Reopen],
        CaseState::Decided | CaseState::TakenDown => vec![Close],
        CaseState::Closed => vec![Reopen],
        CaseState::Voided => Vec::new(),
    }
}

/// The acts that leave the case where it is.
pub(super) fn acts_beside(case: &Case, due: &[RunningLimit]) -> Vec<ActKind> {
    let mut acts = Vec::new();
    if case.stage == CaseState::Voided {
        return acts;
    }
    let next = next_acts(case);
    let mut offer = |act: ActKind, offered: bool| {
        if offered && !next.contains(&act) {
            acts.push(act);
        }
    };
    let unserved = case
        .documents
        .iter()
        .any(|paper| !case.served.iter().any(|served| served.sha256 == paper.file.sha256));
    let holds = case.materials.iter().any(|material| material.mark.holds_original());
    offer(ActKind::Verify, case.stage != CaseState::Closed);
    offer(ActKind::Extend, !due.is_empty());
    offer(ActKind::LookAtSite, case.submission.is_some());
    offer(ActKind::Serve, unserved);
    offer(ActKind::ReturnOriginal, holds);
    acts
}
