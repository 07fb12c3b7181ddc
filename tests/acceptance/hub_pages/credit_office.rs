//! The credit office's day: who is silent, what was not taken, a month closed and what came late, a certificate revoked.

use acceptance_tests::{
    Failure,
    browser::{Browser, Light},
    programs::repository,
};
use serde_json::json;

use super::district::{District, Submitted};
use crate::{certificate::certified, office::Office};

#[tokio::test]
async fn the_credit_office_sees_who_is_silent_and_what_no_lane_took() -> Result<(), Failure> {
    let district = District::new()?;
    let Submitted { no, .. } = district.taken_in(None)?;
    district.sync()?;
    // A second counter is bound, and nothing was heard of it yet.
    let other = Office::of("W04")?;
    let code = district.hub.enrolment_code_for("W04")?;
    other.done(&["enrol", "--hub", &district.hub.url, "--code", &code])?;
    let mut browser = district.browser("silent", Light::Day).await?;
    district.sign_in(&browser, "wu", "credit-office", &[]).await?;
    browser.visit(&district.address("/counters")).await?;
    let silent = browser.says("silent", "W04").await?;
    assert!(!silent.contains("W03"), "{silent}");
    browser.look("a-silent-counter").await?;
    other.done(&["sync"])?;
    browser.visit(&district.address("/counters")).await?;
    browser.says("counters", "W04").await?;
    assert!(!browser.shows("silent").await?, "it was heard of");

    // Both act on the case; the second knows nothing of the first's act.
    let refer = json!({"act": "refer", "office": "越秀区人民法院", "reason": "由法院执行", "on": district.case(&no)?["received_on"]});
    let withdraw = json!({"act": "withdraw", "reason": "申请人不再需要", "on": district.case(&no)?["received_on"]});
    other.done(&[
        "act",
        &no,
        &other.file("refer.json", &refer.to_string())?,
        "--as",
        "admin",
    ])?;
    district.office.done(&[
        "act",
        &no,
        &district.office.file("withdraw.json", &withdraw.to_string())?,
        "--as",
        "chen",
    ])?;
    district.sync()?;
    let told = other.done(&["sync"])?;
    assert_eq!(told["refused"].as_array().map(Vec::len), Some(1), "{told}");
    browser.visit(&district.address("/conflicts")).await?;
    let shown = browser.says("conflicts", &no).await?;
    for said in ["转介", "窗口 W04", "未采纳", "请窗口在“待处理”里重新办理"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    browser.look("conflict").await?;
    browser.close().await
}

#[tokio::test]
async fn a_closed_month_stays_as_it_was_and_what_comes_late_is_shown_where_it_arrived() -> Result<(), Failure> {
    let district = District::new()?;
    district.submitted(Some("2026-10-20T10:00:00+08:00"))?;
    district.sync()?;
    let mut browser = district.browser("month", Light::Day).await?;
    district.sign_in(&browser, "wu", "credit-office", &[]).await?;
    browser.visit(&district.address("/reports?month=2026-10")).await?;
    browser.says("month-state", "未结账").await?;
    let open = browser.says("by-counter", "W03").await?;
    browser.click("close-month").await?;
    browser.says("closed", "wu").await?;
    browser.look("closed-month").await?;

    district.submitted(Some("2026-10-28T10:00:00+08:00"))?;
    district.sync()?;
    browser.visit(&district.address("/reports?month=2026-10")).await?;
    assert_eq!(
        browser.says("by-counter", "W03").await?,
        open,
        "a closed month does not move"
    );
    browser.visit(&district.address("/reports")).await?;
    let late = browser.says("late", "2026-10").await?;
    assert!(late.contains("上月补报"), "{late}");
    browser.look("late-figures").await?;
    browser.click("workbook").await?;
    let link = browser
        .element("workbook")
        .await?
        .attr("href")
        .await?
        .unwrap_or_default();
    let month = link.split('/').nth(2).ok_or("the link names no month")?;
    let workbook = browser.downloaded(&format!("report-440104-{month}.xlsx")).await?;
    assert!(workbook.starts_with(b"PK"));
    browser.close().await
}

#[tokio::test]
async fn a_revoked_certificate_is_revoked_for_everybody_at_once() -> Result<(), Failure> {
    let district = District::new()?;
    let (no, text) = certified(&district.office)?;
    district.sync()?;
    let mut browser = district.browser("revoked", Light::Day).await?;
    browser.visit(&district.address("/c/")).await?;
    browser.fill("text", &text).await?;
    browser.click("verify").await?;
    browser.css("[data-testid=verdict][data-status=final]").await?;
    browser.look("final").await?;

    district.sign_in(&browser, "wu", "credit-office", &[]).await?;
    browser.visit(&district.address("/revocations")).await?;
    browser.click("revoke").await?;
    browser.says("faults", "请填写证明编号").await?;
    browser.fill("number", &no).await?;
    browser.fill("reason", "冒名顶替参加培训").await?;
    browser.click("sure").await?;
    browser.click("revoke").await?;
    browser.says("revoked", &no).await?;
    browser.look("revoked").await?;

    browser.visit(&district.address("/c/")).await?;
    browser.fill("text", &text).await?;
    browser.click("verify").await?;
    browser.css("[data-testid=verdict][data-status=revoked]").await?;
    browser.look("revoked-for-everybody").await?;
    let at_counter = district.office.run(&["verify", &text])?;
    district.sync()?;
    let later = district.office.run(&["verify", &text])?;
    assert_eq!(
        (&at_counter.json["status"], &later.json["status"]),
        (&json!("final"), &json!("revoked"))
    );
    browser.close().await
}

#[tokio::test]
async fn a_file_is_published_in_the_browser_and_searched_at_the_counter() -> Result<(), Failure> {
    let district = District::new()?;
    let mut browser = district.browser("published", Light::Dark).await?;
    district.sign_in(&browser, "wu", "credit-office", &[]).await?;
    browser.visit(&district.address("/publishing")).await?;
    look_penalties_through(&mut browser, "synthetic_xzcf_2021_gb18030.csv").await?;
    browser.look("findings").await?;
    browser.click("publish").await?;
    browser.says("published", "已发布").await?;
    browser.look("published").await?;
    browser
        .says("versions-penalty", "synthetic_xzcf_2021_gb18030.csv")
        .await?;

    let pack = std::fs::read_to_string(repository().join("assets/rulepacks/ndrc-36-2026.toml"))?;
    let pack = pack.replacen("value = \"2026-04-01\"", "value = \"2026-05-01\"", 1);
    let pack = district.office.file("ndrc-36-2026.toml", &pack)?;
    browser.choose("kind", "rule_pack").await?;
    browser.element("file").await?.send_keys(&pack).await?;
    browser.click("look-through").await?;
    let changes = browser.says("pack-changes", "将改变 1 个值").await?;
    assert!(
        changes.contains("2026-04-01") && changes.contains("2026-05-01"),
        "{changes}"
    );
    browser.look("pack").await?;
    browser.close().await?;

    let synced = district.sync()?;
    assert_eq!(synced["reference"]["taken_over"][0]["kind"], "penalty", "{synced}");
    let found = district.office.done(&["search", "测试样例01号"])?;
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1), "{found}");
    Ok(())
}

#[tokio::test]
async fn a_workbook_is_published_as_a_text_with_the_same_rows_is() -> Result<(), Failure> {
    let district = District::new()?;
    let mut browser = district.browser("published-workbook", Light::Day).await?;
    district.sign_in(&browser, "wu", "credit-office", &[]).await?;
    browser.visit(&district.address("/publishing")).await?;
    look_penalties_through(&mut browser, "penalty_2021.xlsx").await?;
    browser.look("findings").await?;
    browser.click("publish").await?;
    browser.says("published", "已发布").await?;
    browser.says("versions-penalty", "penalty_2021.xlsx").await?;

    let synced = district.sync()?;
    assert_eq!(synced["reference"]["taken_over"][0]["kind"], "penalty", "{synced}");
    let found = district.office.done(&["search", "测试样例01号"])?;
    assert_eq!(found["hits"].as_array().map(Vec::len), Some(1), "{found}");
    browser.close().await
}

/// Chooses a file of penalties among those the import is tried with, and has it looked through.
async fn look_penalties_through(browser: &mut Browser, name: &str) -> Result<(), Failure> {
    let file = repository().join("tests/fixtures/import").join(name);
    browser.choose("kind", "penalty").await?;
    browser
        .element("file")
        .await?
        .send_keys(&file.display().to_string())
        .await?;
    browser.look("chosen").await?;
    browser.click("look-through").await?;
    browser.says("findings", "校验位不符").await?;
    Ok(())
}

#[tokio::test]
async fn what_a_lost_computer_still_sent_is_claimed_in_the_browser() -> Result<(), Failure> {
    let district = District::new()?;
    district.sync()?;
    let office = &district.office;
    let backup = office.path("counter.backup").display().to_string();
    office.done(&["backup", &backup])?;
    let words = office.file("words.txt", &office.recovery_words.join(" "))?;
    let elsewhere = office.path("elsewhere");
    for arguments in [&["restore", &backup, "--recovery-words", &words][..], &["sync"]] {
        let ended = office.run_in(&elsewhere, arguments)?;
        assert_eq!(ended.status, 0, "{ended:?}");
    }
    // The old computer is found and goes on as if nothing had happened.
    let Submitted { no, .. } = district.submitted(None)?;
    district.sync()?;
    let mut browser = district.browser("claimed", Light::Day).await?;
    district.sign_in(&browser, "wu", "credit-office", &[]).await?;
    browser.visit(&district.address("/conflicts")).await?;
    browser.says("claims", &no).await?;
    browser.look("to-claim").await?;
    browser.click("claim-W03").await?;
    browser.says("claimed", "已认领").await?;
    browser.look("claimed").await?;
    browser.visit(&district.address("/queue?group=all")).await?;
    browser.says("queue", &no).await?;
    browser.visit(&district.address("/counters")).await?;
    browser.says("program-W03", env!("CARGO_PKG_VERSION")).await?;
    browser.close().await
}
