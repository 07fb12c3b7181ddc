//! 待判定: a penalty that no rule classifies. The clerk chooses the class by the authority's own table and cites it; the
//! verdict rests on that, says so, and comes back to what it was when the choice is taken back.

use std::path::Path;

use super::{
    CODE, ENTERPRISE,
    credit::open_record,
    looks,
    prepared::Counter,
    sheet::{self, HOUSING, Penalty, days_ago},
    visit::all_is_told,
};
use crate::{Failure, window::Window};

const NUMBER: &str = "〔2026〕31号";
const CITATION: &str = "认定单位分类标准第三条";

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::new(folder)?;
    let penalty = Penalty {
        name: ENTERPRISE,
        code: CODE,
        number: "穗越建罚〔2026〕31号",
        act: "扰乱施工现场秩序",
        kinds: "行政拘留",
        content: "行政拘留五日",
        fine: "",
        on: days_ago(200)?,
        office: HOUSING,
    };
    let file = sheet::write(folder, 1, &[penalty])?;
    counter.done(&["import", &file.to_string_lossy()])?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    open_record(&window, NUMBER).await?;
    window.says("verdict-word", "待判定").await?;
    nothing_is_chosen_without_a_citation(&mut window).await?;
    chosen(&mut window).await?;
    taken_back(&mut window).await?;
    window.close().await
}

async fn nothing_is_chosen_without_a_citation(window: &mut Window) -> Result<(), Failure> {
    window.click("class-choose").await?;
    window.says("class-form", "请选一个类别").await?;
    window.says("class-form", "请写明依据").await?;
    looks::look_twice(window, "待判定-请选类别").await
}

async fn chosen(window: &mut Window) -> Result<(), Failure> {
    window.click("class-general").await?;
    window.fill("class-citation", CITATION).await?;
    window.click("class-choose").await?;
    window.says("class-chosen", CITATION).await?;
    all_is_told(window).await?;
    window.says("verdict-word", "可申请修复").await?;
    window.click("pane-tab").await?;
    window.says("screen-subject", "类别由经办人选定为一般").await?;
    looks::look_twice(window, "待判定-已选定").await?;
    window.click("pane-tab").await?;
    window.click("record-advice").await?;
    window.says("toasts", "咨询单").await?;
    // The choice is kept with the record, whoever looks at it next.
    window.click("rail-cases").await?;
    window.element("screen-cases").await?;
    window.click("rail-credit").await?;
    window.element("screen-credit").await?;
    open_record(window, NUMBER).await?;
    window.says("class-chosen", CITATION).await?;
    window.says("verdict-word", "可申请修复").await?;
    Ok(())
}

async fn taken_back(window: &mut Window) -> Result<(), Failure> {
    window.click("class-take-back").await?;
    window.says("verdict-word", "待判定").await?;
    window.element("class-form").await?;
    Ok(())
}
