//! A penalty file as an office reports it: the 2021 layout, CSV in GB18030, with rows that break rules.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::{
    CODE, ENTERPRISE,
    sheet::{HOUSING, Penalty, days_ago, header, today},
};
use crate::{Failure, window::Window};

const FINED_30000: Penalty<'_> = Penalty {
    name: ENTERPRISE,
    code: CODE,
    number: "穗越建罚〔2026〕12号",
    act: "违反施工现场管理规定",
    kinds: "罚款",
    content: "罚款30000元",
    fine: "3",
    on: Date::MIN,
    office: HOUSING,
};

pub(super) fn write(out: &Path) -> Result<PathBuf, Failure> {
    let rows = [
        Penalty {
            on: days_ago(190)?,
            ..FINED_30000
        },
        Penalty {
            number: "穗越建罚〔2026〕88号",
            act: "未按规定报送安全资料",
            content: "罚款20000元",
            fine: "2",
            on: days_ago(30)?,
            ..FINED_30000
        },
        Penalty {
            number: "穗越建罚〔2026〕3号",
            act: "超越资质承揽工程",
            kinds: "吊销许可证件",
            content: "吊销资质证书",
            fine: "",
            on: days_ago(200)?,
            ..FINED_30000
        },
        // 5000 yuan written as 5000 万元: taken, with a warning.
        Penalty {
            name: "广州市越秀样例餐饮有限公司",
            code: "91440104MAD272HD09",
            number: "穗越建罚[2026]15号",
            act: "擅自占用场地",
            content: "罚款5000元",
            fine: "5000",
            on: days_ago(150)?,
            ..FINED_30000
        },
        // The check character is wrong: kept for check.
        Penalty {
            name: "广州市越秀样例商贸有限公司",
            code: "91440104MAD272HD08",
            number: "穗越建罚〔2026〕16号",
            act: "擅自占用场地",
            content: "罚款5000元",
            fine: "0.5",
            on: days_ago(150)?,
            ..FINED_30000
        },
    ];
    let mut lines = vec![header()?.join(",")];
    lines.extend(rows.iter().map(|row| row.cells().join(",")));
    let text = lines.join("\r\n");
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(&text);
    if unmappable {
        return Err("a character is not in GB18030".into());
    }
    let path = out.join(format!("双公示-行政处罚-{}.csv", today().strftime("%Y%m%d")));
    std::fs::write(&path, bytes)?;
    Ok(path)
}

pub(super) async fn import(window: &mut Window, file: &Path, out: &Path) -> Result<(), Failure> {
    window.click("rail-imports").await?;
    window.element("screen-imports").await?;
    window.look("数据导入-空").await?;
    take_in(window, file).await?;
    window.says("import-n-read", "5").await?;
    window.element("import-findings").await?;
    window.look("数据导入-结果").await?;
    window.click("findings-save").await?;
    let report = out.join("导入检查结果.xlsx");
    window.fill("findings-save-path", &report.to_string_lossy()).await?;
    window.click("findings-save-now").await?;
    crate::until(|| report.exists(), "the findings are saved").await
}

/// Imports a file on the screen of imports and waits for what became of it.
pub(super) async fn take_in(window: &Window, file: &Path) -> Result<(), Failure> {
    window.fill("import-file-path", &file.to_string_lossy()).await?;
    window.click("import-start").await?;
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    window.says("import-summary", &name).await?;
    Ok(())
}
