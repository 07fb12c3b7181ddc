//! The network down for a week: every day somebody comes, is received and goes home with papers; what waits is counted by
//! its days; and when the line is back, all of it is delivered in the order it was done.

use std::path::Path;

use super::{
    CODE, acts, looks,
    prepared::{Counter, OTHER},
    set_up,
    sheet::days_ago,
};
use crate::{Failure, hub::Hub, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let mut hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    let counter = Counter::for_practice(&folder.join("W03"))?;
    counter.bind(&hub, "W03")?;
    hub.stop()?;
    let cases = a_week(&counter)?;

    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    what_waits(&mut window, &cases).await?;
    // Somebody pulls the plug on the last day, too.
    let mut window = window.kill_and_open_again(&counter.data).await?;
    set_up::sign_in(&window).await?;
    what_waits(&mut window, &cases).await?;
    hub.start_again()?;
    all_delivered(&mut window, &cases).await?;
    window.close().await
}

/// Each case on its day, by the clock of that day; the last is taken in on the day before today.
fn a_week(counter: &Counter) -> Result<Vec<String>, Failure> {
    let days = [
        (7, CODE, "〔2026〕12号"),
        (4, OTHER.0, OTHER.1),
        (1, OTHER.0, "〔2026〕15号"),
    ];
    days.iter()
        .map(|(ago, subject, number)| {
            let now = format!("{}T00:30:00+08:00", days_ago(*ago)?);
            let offline = counter.run(&["--now", &now, "sync"])?;
            if offline.status == 0 {
                return Err(format!("the line was cut, and something was sent: {offline:?}").into());
            }
            let case = counter.take_in_all(subject, number, &["--now", &now])?;
            let paper = counter.data.with_file_name(format!("{case}.pdf"));
            let out = paper.to_string_lossy();
            counter.done(&["--now", &now, "print", &case, "acceptance_receipt", "--out", &out])?;
            Ok(case)
        })
        .collect()
}

async fn what_waits(window: &mut Window, cases: &[String]) -> Result<(), Failure> {
    window.says("delivery-chip", "7 天").await?;
    window.click("rail-cases").await?;
    window.click("look-case-board").await?;
    let first = format!("board-row-{}-submit", cases[0]);
    window.says(&first, "已等 7 天").await?;
    // 待网上提交, the oldest in front.
    let order = "return [...document.querySelectorAll('[data-testid$=-submit][data-testid^=board-row-]')] \
        .map(row => row.dataset.testid.slice('board-row-'.length, -'-submit'.length)).join() === arguments[0]";
    window.holds(order, vec![cases.join(",").into()]).await?;
    looks::look_at(window, &first, "断网-待网上提交").await?;
    acts::open(window, &cases[0]).await?;
    window.says("case-delivery", "已保存").await?;
    Ok(())
}

async fn all_delivered(window: &mut Window, cases: &[String]) -> Result<(), Failure> {
    acts::sync(window).await?;
    window.says("delivery-chip", "全部已送达").await?;
    looks::look_twice(window, "断网-全部送达").await?;
    for case in cases {
        acts::open(window, case).await?;
        window.says("case-delivery", "已送达区信用平台").await?;
        // A receipt covers it: nothing of it is taken back any more.
        if window.shows("undo").await? {
            return Err(format!("{case} is delivered, and could be taken back").into());
        }
    }
    Ok(())
}
