//! 到期名单: a record whose day comes near is called about, and a new year's calendar lets days be reckoned further.

use std::path::Path;

use super::{ENTERPRISE, credit, looks, prepared::Counter, sheet::days_ago};
use crate::{Failure, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    counter.take_other_in()?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    a_day_comes_near(&mut window).await?;
    called(&mut window).await?;
    a_new_year(&mut window, folder).await?;
    window.close().await
}

async fn a_day_comes_near(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-calls").await?;
    window.says("screen-calls", "可申请").await?;
    credit::open_record(window, "88号").await?;
    window.click("record-enter").await?;
    window.fill("enter-doc", "穗越城管罚〔2026〕900号").await?;
    window
        .fill("enter-authority", "广州市越秀区城市管理和综合执法局")
        .await?;
    window.fill("enter-date", &days_ago(80)?.to_string()).await?;
    window.click("enter-kind-fine").await?;
    window.fill("enter-fine", "2000").await?;
    window.fill("enter-content", "罚款2000元").await?;
    window.click("enter-save").await?;
    window.says("verdict-word", "未到可申请日").await?;
    // Whoever is told a day at the counter stands before the others.
    window.click("record-advice").await?;
    window.says("toasts", "咨询单").await?;
    Ok(())
}

async fn called(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-calls").await?;
    window.says("screen-calls", ENTERPRISE).await?;
    window.says("screen-calls", "告知过").await?;
    window.click("calls-print").await?;
    window.says("toasts", "到期联系单").await?;
    window.click("toast-close").await?;
    looks::look_twice(window, "到期名单").await?;
    let open = "document.querySelector('[data-testid$=-open][data-testid^=call-]').click()";
    window.script(open, Vec::new()).await?;
    window.says("screen-calls", "你单位的行政处罚信息").await?;
    looks::look_twice(window, "到期名单-登记结果").await?;
    let told = "document.querySelector('[data-testid$=-told][data-testid^=call-]').click()";
    window.script(told, Vec::new()).await?;
    window.says("call-before", "已告知").await?;
    Ok(())
}

/// A year that leaves a gap is refused with what is missing; one that follows holds from the next start on.
async fn a_new_year(window: &mut Window, folder: &Path) -> Result<(), Failure> {
    let year = |year: i16| format!("date,kind\n{year}-01-01,off\n{year}-10-01,off\n");
    let (gap, next) = (folder.join("2028.csv"), folder.join("2027.csv"));
    std::fs::write(&gap, year(2028))?;
    std::fs::write(&next, year(2027))?;
    window.click("rail-rules").await?;
    window.says("rules-calendar", "2026-12-31").await?;
    window.fill("calendar-path", &gap.to_string_lossy()).await?;
    window.click("calendar-take").await?;
    window.says("rules-calendar", "日历缺少 2027 年").await?;
    looks::look_at(window, "rules-calendar", "日历-缺一年").await?;
    window.fill("calendar-path", &next.to_string_lossy()).await?;
    window.click("calendar-take").await?;
    window.says("calendar-next", "2027-12-31").await?;
    Ok(())
}
