//! The line to the hub in each of its states, and the reference data that come over it.

use std::{net::TcpListener, path::Path};

use fantoccini::key::Key;

use super::{CODE, ENTERPRISE, acts, looks, prepared::Counter, set_up};
use crate::{Failure, hub::Hub, programs::repository, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let mut hub = Hub::start(&folder.join("hub"), "127.0.0.1:0")?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    window.click("rail-settings").await?;
    stands(&window, "not_enrolled", "未接入区信用平台").await?;
    looks::look_at(&mut window, "settings-hub", "连接-未接入").await?;
    acts::enrol(&window, &hub).await?;
    stands(&window, "connected", "已连接").await?;
    window.says("settings-hub", "没有未送达的内容").await?;
    window.says("delivery-chip", "全部已送达").await?;
    looks::look_at(&mut window, "settings-hub", "连接-已连接").await?;
    reference_data(&mut window, &hub).await?;
    public_lists(&mut window, &hub, folder).await?;

    hub.stop()?;
    acts::ask_for_a_sync(&window).await?;
    stands(&window, "offline", "离线，已保存的会自动送出").await?;
    window.says("line-state", "自动再试").await?;
    looks::look_at(&mut window, "settings-hub", "连接-离线").await?;
    let mut window = before_an_answer(window, &counter, &hub, out).await?;

    // Another hub stands at the address: it does not know this counter.
    let stranger = Hub::start(&folder.join("stranger"), hub.url.trim_start_matches("http://"))?;
    acts::ask_for_a_sync(&window).await?;
    stands(&window, "needs_attention", "需处理").await?;
    window.says("line-state", "平台不认识本窗口").await?;
    window.says("line-state", "unknown_key").await?;
    looks::look_at(&mut window, "settings-hub", "连接-需处理").await?;
    window.click("delivery-open").await?;
    window.element("delivery-panel").await?;
    looks::look_twice(&mut window, "连接-需处理-顶栏").await?;
    window.click("delivery-open").await?;
    drop(stranger);

    hub.start_again()?;
    acts::sync(&window).await?;
    stands(&window, "connected", "已连接").await?;
    in_english(&mut window).await?;
    window.close().await
}

/// What the hub publishes comes by itself and is told with its day, rows and version.
async fn reference_data(window: &mut Window, hub: &Hub) -> Result<(), Failure> {
    window.says("reference-penalty", "本机导入").await?;
    looks::look_at(window, "settings-reference", "参考数据-本机导入").await?;
    let file = repository().join("assets/demo/演示-行政处罚.xlsx");
    let (file, day) = (file.to_string_lossy(), super::sheet::today().to_string());
    let published = hub.command(&[
        "publish", &file, "--site", "440104", "--kind", "penalty", "--as-of", &day,
    ])?;
    if published.status != 0 {
        return Err(format!("nothing was published: {published:?}").into());
    }
    window.says("reference-penalty", "区平台").await?;
    window.says("reference-penalty", &day).await?;
    looks::look_at(window, "settings-reference", "参考数据-区平台").await
}

/// What public lists say of a subject comes with the reference data and stands in its file.
async fn public_lists(window: &mut Window, hub: &Hub, folder: &Path) -> Result<(), Failure> {
    let file = folder.join("专题-20261120.csv");
    let rows = [
        "专题,分组,企业名称,统一社会信用代码,认定单位,文号,列入日期,有效期至,事由".to_owned(),
        format!("纳税信用A级纳税人,守信激励,{ENTERPRISE},{CODE},国家税务总局广州市税务局,,2026-04-28,,"),
        format!(
            "经营异常名录,失信惩戒,{ENTERPRISE},{CODE},越秀区市场监管局,越异〔2026〕1号,2026-03-02,2026-09-01,\
             登记的住所无法联系"
        ),
    ];
    std::fs::write(&file, rows.join("\n"))?;
    let published = hub.command(&[
        "publish",
        &file.to_string_lossy(),
        "--site",
        "440104",
        "--kind",
        "topic",
    ])?;
    if published.status != 0 {
        return Err(format!("nothing was published: {published:?}").into());
    }
    window.says("reference-topic", "2026-11-20").await?;
    window.click("rail-credit").await?;
    window.fill("search-input", CODE).await?;
    window.says("search-hit", ENTERPRISE).await?;
    window.press(&[Key::Enter]).await?;
    window.click("subject-tab-topics").await?;
    window.says("topics", "越异〔2026〕1号").await?;
    window.says("topics", "已到期").await?;
    window.says("topics-from", "数据截至 2026-11-20").await?;
    looks::look_twice(window, "专题记录").await?;
    window.click("rail-settings").await?;
    Ok(())
}

/// Somebody listens at the address and never answers: the window says that it tries.
async fn before_an_answer(window: Window, counter: &Counter, hub: &Hub, out: &Path) -> Result<Window, Failure> {
    window.close().await?;
    let silent = TcpListener::bind(hub.url.trim_start_matches("http://"))?;
    let mut window = Window::open(&counter.data, &out.join("重开")).await?;
    looks::small(&window).await?;
    set_up::sign_in(&window).await?;
    window.click("rail-settings").await?;
    stands(&window, "connecting", "正在连接").await?;
    looks::look_at(&mut window, "settings-hub", "连接-正在连接").await?;
    drop(silent);
    stands(&window, "offline", "离线").await?;
    Ok(window)
}

async fn in_english(window: &mut Window) -> Result<(), Failure> {
    window.choose_radio("settings-language-en").await?;
    window.says("settings-stick", "Deliver by stick").await?;
    for (id, name) in [
        ("settings-hub", "英文-连接"),
        ("settings-stick", "英文-U盘"),
        ("settings-reference", "英文-参考数据"),
        ("settings-backup", "英文-备份"),
        ("settings-drill", "英文-演练"),
    ] {
        looks::look_at(window, id, name).await?;
    }
    window.choose_radio("settings-language-zh-CN").await?;
    window.says("settings-stick", "U 盘送达").await?;
    Ok(())
}

async fn stands(window: &Window, state: &str, word: &str) -> Result<(), Failure> {
    let script = "return document.querySelector('[data-testid=line-state]')?.dataset.state === arguments[0]";
    window.holds(script, vec![state.into()]).await?;
    window.says("line-state", word).await?;
    Ok(())
}
