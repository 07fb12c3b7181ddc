//! The doors: a court's record with the office's address on its slip, a subject under reorganisation, and a request entered at
//! a site from the guide, with its package of scans.

use std::{io::Read, path::Path};

use super::{acts, credit, looks, prepared::Counter, workbook::COURT_NUMBER};
use crate::{Failure, programs::repository, window::Window};

/// Walks it.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn walk(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::with_records(folder)?;
    let scans = [repository().join("assets/icons/icon.png")];
    let case = counter.take_first_in_with(&scans)?;
    let mut window = counter.open(out).await?;
    looks::small(&window).await?;
    another_office(&mut window).await?;
    reorganisation(&mut window).await?;
    guide(&mut window, &case, folder).await?;
    window.close().await
}

/// What nobody has looked up is printed nowhere, and the screen says how to enter it.
async fn another_office(window: &mut Window) -> Result<(), Failure> {
    credit::open_record(window, COURT_NUMBER).await?;
    window.says("record-sent-to", "还没有登记").await?;
    window.click("record-enter-office").await?;
    window.click("office-save").await?;
    window.says("toasts", "地址和电话至少填一项").await?;
    window.fill("office-address", "广州市越秀区（示例地址）").await?;
    window.fill("office-phone", "020-0000 0001").await?;
    window.click("toast-close").await?;
    looks::look_at(window, "settings-offices", "设置-转介机关").await?;
    window.click("office-save").await?;
    window.says("toasts", "转介单照此打印").await?;
    credit::open_record(window, COURT_NUMBER).await?;
    window.says("record-sent-to", "示例地址").await?;
    looks::look_at(window, "record-sent-to", "转介-去处").await?;
    window.click("record-referral").await?;
    window.says("toasts", "转介单").await?;
    Ok(())
}

async fn reorganisation(window: &mut Window) -> Result<(), Failure> {
    window
        .script(
            "document.querySelector('[data-testid=record-bankruptcy] summary').click()",
            Vec::new(),
        )
        .await?;
    window.says("record-bankruptcy", "裁定书").await?;
    window.says("record-bankruptcy", "待核").await?;
    looks::look_at(window, "record-bankruptcy", "破产重整").await?;
    window.click("bankruptcy-print").await?;
    window.says("toasts", "转介单").await?;
    Ok(())
}

/// Every field is ready to copy; a person's number is whole only in the clipboard; the package holds pages.
async fn guide(window: &mut Window, case: &str, folder: &Path) -> Result<(), Failure> {
    acts::open(window, case).await?;
    window.element("case-guide").await?;
    window
        .script(
            "document.querySelector('[data-testid=case-guide] summary').click()",
            Vec::new(),
        )
        .await?;
    let guide = window.says("case-guide", "138****8000").await?;
    if guide.contains("13800138000") {
        return Err("the guide shows a person's number whole".into());
    }
    window.says("case-guide", "待核").await?;
    for field in 0..3 {
        window.click(&format!("guide-copy-{field}")).await?;
    }
    window.says("guide-copy-2", "再复制").await?;
    looks::look_at(window, "case-guide", "网上填报").await?;
    looks::look_at(window, "guide-package-ask", "网上填报-附件").await?;
    window.click("guide-package-ask").await?;
    let package = folder.join("材料.zip");
    window.fill("guide-package-path", &package.to_string_lossy()).await?;
    window.click("guide-package-now").await?;
    window.says("toasts", "已打包 1 个附件").await?;
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&package)?)?;
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    if names.len() != 2 || !names[0].contains("填报指引") || !names[1].ends_with(".pdf") {
        return Err(format!("the package holds {names:?}").into());
    }
    for name in names {
        let mut head = [0; 4];
        zip.by_name(&name)?.read_exact(&mut head)?;
        if &head != b"%PDF" {
            return Err(format!("{name} is no page").into());
        }
    }
    Ok(())
}
