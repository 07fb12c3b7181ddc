//! Every screen once in a small window and once in the dark: nothing is cut off, nothing is too faint to read.

use std::path::Path;

use serde_json::json;

use super::{
    CODE, ENTERPRISE,
    prepared::{Counter, OTHER, word},
    visit, workbook,
};
use crate::{Failure, fit, window::Window};

/// A screen: the name of its picture, its address, what is pressed there, and what shows that it stands.
struct Stop {
    name: &'static str,
    address: String,
    press: Option<&'static str>,
    shows: &'static str,
    says: &'static str,
}

/// Looks at every screen in a window of 1280×720, in letters of every day and in the largest.
///
/// # Errors
/// The first screen on which something is cut off, cannot be reached or fails an axe check.
pub async fn fit_a_small_window(folder: &Path, out: &Path) -> Result<(), Failure> {
    let (mut window, stops) = furnish(folder, out).await?;
    window.resize(1280, 720).await?;
    window
        .holds("return innerWidth === 1280 && innerHeight === 720", Vec::new())
        .await?;
    // The largest letters first: an exam that was begun lets nobody go back to the settings.
    write_in(&window, "130").await?;
    for stop in stops.iter().filter(|stop| !stop.address.starts_with("/exam/")) {
        reach(&window, stop).await?;
        fit::check(&window, &format!("{} at 130 %", stop.name)).await?;
    }
    write_in(&window, "100").await?;
    for stop in &stops {
        reach(&window, stop).await?;
        fit::check(&window, stop.name).await?;
        window.look(stop.name).await?;
    }
    window.close().await
}

/// Looks at every screen in the dark colours, chosen as a clerk chooses them.
///
/// # Errors
/// The first screen that fails an axe check.
pub async fn keep_their_contrast_in_the_dark(folder: &Path, out: &Path) -> Result<(), Failure> {
    let (mut window, stops) = furnish(folder, out).await?;
    wear(&window, "dark").await?;
    for stop in &stops {
        reach(&window, stop).await?;
        window.look(stop.name).await?;
    }
    window.click("exam-hand-in").await?;
    window.look("考试-交卷").await?;
    window.click("confirm-act").await?;
    window.element("exam-result").await?;
    window.look("考试-结果").await?;
    window.click("exam-back").await?;
    // How the window looks is kept for the next start.
    wear(&window, "light").await?;
    window.close().await
}

async fn wear(window: &Window, theme: &str) -> Result<(), Failure> {
    window.go("/settings").await?;
    window.choose_radio(&format!("settings-theme-{theme}")).await?;
    let script = "return document.documentElement.dataset.theme === arguments[0]";
    window.holds(script, vec![json!(theme)]).await
}

async fn write_in(window: &Window, size: &str) -> Result<(), Failure> {
    window.go("/settings").await?;
    window.choose_radio(&format!("settings-size-{size}")).await?;
    let script = "return document.documentElement.dataset.size === arguments[0]";
    window.holds(script, vec![json!(size)]).await
}

async fn reach(window: &Window, stop: &Stop) -> Result<(), Failure> {
    window.go(&stop.address).await?;
    if let Some(press) = stop.press {
        window.choose_radio(press).await?;
    }
    window.says(stop.shows, stop.says).await?;
    Ok(())
}

/// A counter with something on every screen, open at it, and the way round.
async fn furnish(folder: &Path, out: &Path) -> Result<(Window, Vec<Stop>), Failure> {
    let counter = Counter::with_records(folder)?;
    let case = counter.take_first_in()?;
    let (class, sitting) = counter.open_class()?;
    let other = counter.record(OTHER.0, OTHER.1)?;
    let window = counter.open(out).await?;
    let visit = begin_visit(&window, OTHER.0, &word(&other["id"])?).await?;

    let stop = |name, address: &str, press, shows| Stop {
        name,
        address: address.to_owned(),
        press,
        shows,
        says: "",
    };
    let subject = |name, number| -> Result<Stop, Failure> {
        let id = word(&counter.record(CODE, number)?["id"])?;
        let there = stop(name, &format!("/credit/{CODE}?record={id}"), None, "verdict-card");
        Ok(Stop { says: number, ..there })
    };
    let (visit, class) = (format!("/visit/{visit}"), format!("/training/{class}"));
    let exam = format!("/exam/{sitting}");
    let stops = vec![
        stop("查询", "/credit?q=样例", None, "credit-hit"),
        subject("信用档案-未到可申请日", "〔2026〕88号")?,
        subject("信用档案-严重失信", "〔2026〕3号")?,
        subject("信用档案-由其他机关办理", workbook::COURT_NUMBER)?,
        stop("手工录入", "/credit/enter", None, "screen-record-enter"),
        stop("数据导入", "/imports", None, "import-findings"),
        stop("窗口收件", "/visit", None, "screen-visits"),
        stop("来访-主体", &visit, Some("visit-step-subject"), "visit-task-agent"),
        stop("来访-经办人", &visit, Some("visit-step-agent"), "agent-capacity"),
        stop("来访-记录", &visit, Some("visit-step-records"), "visit-records"),
        stop("来访-材料", &visit, Some("visit-step-materials"), "visit-case-1"),
        stop("来访-核对", &visit, Some("visit-step-check"), "check-case-1"),
        stop("扫码续办", "/visit/continue", None, "continue-scan"),
        stop("期限看板", "/cases/board", None, "second-visits"),
        stop("交接", "/cases/handover", None, "handover-print"),
        stop("到期名单", "/calls", None, "screen-calls"),
        stop("异议", "/objections", None, "screen-objections"),
        stop(
            "提出异议",
            &format!("/objections/new?record={}&subject={ENTERPRISE}", word(&other["id"])?),
            None,
            "objection-receive",
        ),
        stop("帮助", "/help", None, "help-keys"),
        stop("办件", "/cases", None, "cases-find"),
        stop("办件-详情", &format!("/cases/{case}"), None, "case-state"),
        stop("培训考试", "/training", None, "screen-training"),
        stop("培训班-学员", &class, Some("class-tab-trainees"), "class-trainees"),
        stop("培训班-签到", &class, Some("class-tab-attendance"), "screen-class"),
        stop("培训班-考场", &class, Some("class-tab-room"), "class-room"),
        stop("培训班-证明", &class, Some("class-tab-certificates"), "class-issue"),
        stop("核验", "/verify", None, "screen-verify"),
        stop("规则", "/rules", None, "screen-rules"),
        stop("规则-36号令", "/rules/ndrc-36-2026", None, "screen-rule-pack"),
        stop("设置", "/settings", None, "screen-settings"),
        stop("考试-开始", &exam, None, "exam-start-card"),
        stop("考试-答题", &exam, Some("exam-start"), "exam-question"),
    ];
    Ok((window, stops))
}

/// Begins a visit from a record's screen and gives its number.
async fn begin_visit(window: &Window, subject: &str, record: &str) -> Result<String, Failure> {
    window.go(&format!("/credit/{subject}?record={record}")).await?;
    for fact in ["fulfilled-yes", "rectified-yes", "procedure-ordinary"] {
        let fact = format!("fact-{fact}");
        if window.shows(&fact).await? {
            window.click(&fact).await?;
            visit::answered(window, &fact).await?;
        }
    }
    window.click("record-receive").await?;
    window.element("screen-visit").await?;
    let address = window
        .script("return location.hash.slice('#/visit/'.length)", Vec::new())
        .await?;
    word(&address)
}
