//! A day's register: an appointment agreed on, one called off, an applicant who comes, an agent without authority who takes
//! the form of the power along, and a visit that is over.

use std::path::Path;

use super::{
    ENTERPRISE, looks,
    prepared::Counter,
    sheet::{self, HOUSING, Penalty, days_ago},
};
use crate::{Failure, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    counter.take_first_in()?;
    one_agent_for_many(&counter, folder)?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    busy_agent(&mut window).await?;
    appointments(&mut window).await?;
    agent_without_authority(&mut window).await?;
    nobody_found(&mut window).await?;
    window.close().await
}

/// The person who came for the first enterprise comes for two more.
fn one_agent_for_many(counter: &Counter, folder: &Path) -> Result<(), Failure> {
    let (name, code) = ("广州市越秀样例建材有限公司", "91440104MADJC00111");
    let row = Penalty {
        name,
        code,
        number: "穗越建罚〔2026〕51号",
        act: "擅自占用场地",
        kinds: "罚款",
        content: "罚款5000元",
        fine: "0.5",
        on: days_ago(150)?,
        office: HOUSING,
    };
    let file = sheet::write(folder, 3, &[row])?;
    counter.done(&["import", &file.to_string_lossy()])?;
    counter.take_other_in()?;
    counter.take_in_all(code, "51号", &[])?;
    Ok(())
}

/// One agent for many subjects is a hint to the lead, and no more than that.
async fn busy_agent(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-visit").await?;
    let hint = window.says("visits-busy-agents", "李明").await?;
    if !hint.contains('3') || hint.contains("19491231") {
        return Err(format!("the hint says something else: {hint}").into());
    }
    looks::look_at(window, "visits-busy-agents", "登记簿-代办多家").await
}

async fn appointments(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-visit").await?;
    book(window).await?;
    // What is missing is said where it is missing, and nothing is entered.
    window.click("confirm-act").await?;
    window.says("confirm-dialog", "请填写联系人").await?;
    looks::look_twice(window, "预约-缺项").await?;
    fill_booking(window, 0, "陈先生").await?;
    window.says("visits-expected", ENTERPRISE).await?;
    window.says("visits-expected", "09:30").await?;
    book(window).await?;
    fill_booking(window, -7, "何女士").await?;
    // What is agreed on for another day is not among those who are expected today.
    window.says("visits-expected-later", ENTERPRISE).await?;
    window.click("toast-close").await?;
    looks::look_twice(window, "登记簿-预约未到").await?;
    let later = "document.querySelector('[data-testid=visits-expected-later] [data-testid^=cancel-booking-]').click(); return true";
    window.holds(later, Vec::new()).await?;
    window.click("confirm-act").await?;
    window.says("confirm-dialog", "请填写理由").await?;
    window.fill("cancel-booking-reason", "改为下周").await?;
    window.click("confirm-act").await?;
    let one_left = "return document.querySelectorAll('[data-testid^=arrive-]').length === 1";
    window.holds(one_left, Vec::new()).await?;
    window.click_first("arrive-").await?;
    window.element("screen-visit").await?;
    Ok(())
}

async fn book(window: &Window) -> Result<(), Failure> {
    window.fill("visit-search", ENTERPRISE).await?;
    window.click_first("visit-book-").await
}

async fn fill_booking(window: &Window, ago: i64, contact: &str) -> Result<(), Failure> {
    window.fill("book-on", &days_ago(ago)?.to_string()).await?;
    window.fill("book-time", "09:30").await?;
    window.fill("book-contact", contact).await?;
    window.fill("book-phone", "13800138000").await?;
    window.fill("book-about", "一条处罚").await?;
    window.click("confirm-act").await
}

/// Whoever came before is offered; without authority nothing is taken in and nothing of cases is told.
async fn agent_without_authority(window: &mut Window) -> Result<(), Failure> {
    window.choose_radio("visit-step-agent").await?;
    window.click("agent-before-李明").await?;
    window.says("screen-visit", "与上次相同").await?;
    window.choose_radio("agent-identity-yes").await?;
    window.choose_radio("agent-authority-not_shown").await?;
    window.says("agent-no-authority", "空白授权委托书").await?;
    looks::look_twice(window, "经办人-没有授权").await?;
    window.click("agent-print-authorization").await?;
    window.says("toasts", "授权委托书").await?;
    window.click("visit-next").await?;
    window.says("records-no-authority", "不告知办件情况").await?;
    let records = window.says("visit-records", "咨询单").await?;
    if records.contains("YX-W03") {
        return Err(format!("a case is told to somebody without authority: {records}").into());
    }
    looks::look_twice(window, "记录-没有授权").await?;
    window.click("visit-next").await?;
    window.says("screen-visit", "没有出示授权的经办人不能提交材料").await?;
    window.click("visit-end").await?;
    window.click("confirm-act").await?;
    window.says("visits-over", "咨询").await?;
    looks::look_twice(window, "登记簿-今天已结束").await
}

/// Who is not in the data leaves with a slip that says what to do, and the window says where that comes from.
async fn nobody_found(window: &mut Window) -> Result<(), Failure> {
    window.click("rail-settings").await?;
    window.fill("place-address", "东风中路 1 号").await?;
    window.fill("place-phone", "020-0000 0000").await?;
    window.click("place-save").await?;
    window.says("toasts", "窗口信息已保存").await?;
    looks::look_at(window, "settings-place", "设置-窗口信息").await?;
    window.click("rail-visit").await?;
    window.fill("visit-search", "查无此家有限公司").await?;
    window.click("visit-no-record").await?;
    window.fill("no-record-uscc", "9144010").await?;
    window.click("confirm-act").await?;
    window.says("confirm-dialog", "18 位").await?;
    window.fill("no-record-uscc", "9144030071526726XG").await?;
    window.fill("no-record-document", "穗越市监处罚〔2026〕77号").await?;
    looks::look_twice(window, "无记录-填写").await?;
    window.click("confirm-act").await?;
    window.says("toasts", "咨询单").await?;
    window.says("visits-over", "查无此家有限公司").await?;
    window.says("visits-over", "没有查到记录").await?;
    Ok(())
}
