//! A case and its limits: late and said so, waiting for its submission, moved, looked after until both sites were seen,
//! closed, and opened again.

use std::path::Path;

use super::{acts, looks, prepared::Counter, sheet::days_ago};
use crate::{Failure, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::for_practice(folder)?;
    let received = days_ago(20)?.to_string();
    let case = counter.take_first_in_without("fulfilment_proof", &["--now", &format!("{received}T10:00:00+08:00")])?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    gaps_not_named_in_time(&mut window, &case).await?;
    complete(&mut window, &case).await?;
    submitted_and_pushed(&mut window, &case).await?;
    decided_and_taken_down(&mut window, &case).await?;
    closed_and_opened_again(&mut window, &case).await?;
    window.close().await
}

/// Nobody printed the notice of the gaps: its limit is over, and stands first.
async fn gaps_not_named_in_time(window: &mut Window, case: &str) -> Result<(), Failure> {
    board(window).await?;
    window.says(&row(case, "one_time_notice"), "超期 15 天").await?;
    looks::look_twice(window, "看板-已超期").await?;
    window.click(&row(case, "one_time_notice")).await?;
    window.says("case-state", "待补正").await?;
    window.click("case-print-supplement_notice").await?;
    window.says("case-papers", "一次性告知书").await?;
    board(window).await?;
    if window.shows(&row(case, "one_time_notice")).await? {
        return Err("the gaps were named on paper, and their limit still runs".into());
    }
    Ok(())
}

/// The missing paper is brought: its questions are asked, the original stays here for now.
async fn complete(window: &mut Window, case: &str) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.choose_radio("paper-fulfilment_proof-stand-received").await?;
    window.says("case-state", "已收件").await?;
    window.says("paper-fulfilment_proof-hint-0", "决定书文号").await?;
    window.click("paper-fulfilment_proof-hint-0-no").await?;
    window.says("paper-fulfilment_proof-hint-0", "补注文号").await?;
    looks::look_twice(window, "材料-退件原因提示").await?;
    window.click("paper-fulfilment_proof-hint-0-yes").await?;
    window.click("paper-fulfilment_proof-held").await?;
    window.says("case-register", "原件在窗口").await?;
    board(window).await?;
    window.says(&row(case, "submit"), "已等 20 天").await?;
    looks::look_twice(window, "看板-待网上提交").await
}

/// No day is claimed from what is not entered; what is late can be moved, with a reason.
async fn submitted_and_pushed(window: &mut Window, case: &str) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.click("case-act-verify").await?;
    window.click("act-enter").await?;
    window.says("case-acts", "请写明看了什么").await?;
    looks::look_twice(window, "核查-缺项").await?;
    window.fill("act-seen", "到经营场所查看，标签已更换").await?;
    window.choose_radio("act-result-confirmed").await?;
    window.click("act-enter").await?;
    window.says("register-verification", "属实").await?;
    for (kind, title) in [
        ("application_form", "信用修复申请表"),
        ("representative_identity", "法定代表人身份证明书"),
        ("material_list", "材料清单"),
    ] {
        print(window, kind, title).await?;
    }
    handed_over(window, case).await?;
    acts::open(window, case).await?;

    enter(
        window,
        "submit",
        &[("number", "XYZG-2026-0001"), ("on", &days_ago(19)?.to_string())],
    )
    .await?;
    window.says("case-state", "已提交").await?;
    window.says("due-acceptance", "该日还没有登记").await?;
    window.says("due-acceptance", "由认定单位办理").await?;
    board(window).await?;
    window.says("board-undated", "起算日未登记").await?;

    acts::open(window, case).await?;
    enter(window, "push", &[("on", &days_ago(18)?.to_string())]).await?;
    window.says("due-acceptance", "超期").await?;
    window.click("case-act-extend").await?;
    window.choose("act-limit", "acceptance").await?;
    window.fill("act-until", &days_ago(0)?.to_string()).await?;
    window.fill("act-reason", "案情复杂，已告知申请人").await?;
    looks::look_twice(window, "延期").await?;
    window.click("act-enter").await?;
    window.says("due-acceptance", "今天到期").await?;
    window.says("due-acceptance", "案情复杂").await?;
    board(window).await?;
    window.says("board-today", case).await?;
    looks::look_twice(window, "看板-今天到期").await
}

/// What the authority does is told on paper as its act. Gone from one site is not gone.
async fn decided_and_taken_down(window: &mut Window, case: &str) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.click("case-act-ask_supplement").await?;
    window.fill("act-reason", "补交罚款缴纳凭证原件").await?;
    window.fill("act-on", &days_ago(3)?.to_string()).await?;
    window.click("act-enter").await?;
    print(window, "correction_notice", "补正告知").await?;
    enter(window, "accept", &[("on", &days_ago(2)?.to_string())]).await?;
    window.says("case-state", "认定单位受理").await?;
    print(window, "authority_acceptance", "受理通知书").await?;
    window.click("case-act-decide").await?;
    window.choose_radio("act-outcome-repaired").await?;
    window.fill("act-on", &days_ago(1)?.to_string()).await?;
    window.click("act-enter").await?;
    window.says("case-state", "已决定").await?;
    window.element("due-take_down").await?;

    window.click("case-act-look_at_site").await?;
    window.choose("act-site", "信用中国").await?;
    window.choose_radio("act-shown-still").await?;
    window.click("act-enter").await?;
    window.says("register-site", "仍在显示").await?;

    window.click("case-act-take_down").await?;
    window.click("act-site-0").await?;
    window.click("act-enter").await?;
    window.says("case-acts", "两个网站都看过").await?;
    looks::look_twice(window, "撤下-只看了一个网站").await?;
    window.click("act-site-1").await?;
    window.click("act-enter").await?;
    window.says("case-state", "已撤下").await?;
    Ok(())
}

async fn closed_and_opened_again(window: &mut Window, case: &str) -> Result<(), Failure> {
    window.click("case-act-return_original").await?;
    window.fill("act-to", "李明").await?;
    window.click("act-enter").await?;
    window.says("register-original", "已退还").await?;

    window.click("case-paper-supplement_notice-reprint").await?;
    window.click("confirm-act").await?;
    window.says("confirm-dialog", "请写明为什么重印").await?;
    window
        .fill("case-paper-supplement_notice-reprint-reason", "当事人遗失")
        .await?;
    window.click("confirm-act").await?;
    window.says("case-papers", "重印 1 次").await?;

    print(window, "closing_notice", "办结通知").await?;
    print(window, "service_return", "送达回证").await?;
    window.click("case-act-close").await?;
    window.click("act-enter").await?;
    window.click("confirm-act").await?;
    window.says("case-state", "已办结").await?;
    looks::look_twice(window, "办件-已办结").await?;
    archived(window).await?;
    enter(window, "reopen", &[("reason", "网站重新显示")]).await?;
    window.says("case-state", "已决定").await?;
    board(window).await?;
    window.element(&row(case, "take_down")).await?;
    window.says("second-visits", "其中 0 件").await?;
    Ok(())
}

/// Where the volume is kept is asked, and it is bound.
async fn archived(window: &mut Window) -> Result<(), Failure> {
    window.click("archive-bind").await?;
    window.says("case-archive", "请填写盒号").await?;
    window.fill("archive-box", "2026-信修-03").await?;
    window.choose_radio("archive-kept-30").await?;
    looks::look_at(window, "case-archive", "归档-盒号和期限").await?;
    window.click("archive-bind").await?;
    window.says("case-volume", "盒号 2026-信修-03，保管期限 30 年").await?;
    window.click("case-volume-open").await?;
    window.says("toasts", "卷宗").await?;
    looks::look_at(window, "case-archive", "归档-已装订").await
}

/// Prints a paper of the case and finds it among those issued.
async fn print(window: &Window, kind: &str, title: &str) -> Result<(), Failure> {
    window.click(&format!("case-print-{kind}")).await?;
    window.element(&format!("case-paper-{kind}-open")).await?;
    window.says("toasts", title).await?;
    Ok(())
}

/// The case goes to other hands with what lies in it, on a list that it keeps.
async fn handed_over(window: &mut Window, case: &str) -> Result<(), Failure> {
    window.click("rail-cases").await?;
    window.click("look-handover").await?;
    window.click("handover-print").await?;
    window.says("screen-handover", "请填写接收的窗口或班次").await?;
    window.says("screen-handover", "请至少选一个办件").await?;
    looks::look_twice(window, "交接-缺项").await?;
    window.fill("handover-to", "夜班窗口").await?;
    window.click(&format!("handover-{case}")).await?;
    window.click("handover-print").await?;
    window.says("toasts", "交接单").await?;
    acts::open(window, case).await?;
    window.element("case-paper-handover_list-open").await?;
    looks::look_at(window, "case-papers", "办件-文书").await
}

async fn board(window: &Window) -> Result<(), Failure> {
    window.click("rail-cases").await?;
    window.click("look-case-board").await?;
    window.element("screen-case-board").await?;
    window.element("second-visits").await?;
    Ok(())
}

fn row(case: &str, limit: &str) -> String {
    format!("board-row-{case}-{limit}")
}

/// Opens the form of an act, fills fields and enters it.
async fn enter(window: &Window, act: &str, fields: &[(&str, &str)]) -> Result<(), Failure> {
    window.click(&format!("case-act-{act}")).await?;
    for (field, text) in fields {
        window.fill(&format!("act-{field}"), text).await?;
    }
    window.click("act-enter").await
}
