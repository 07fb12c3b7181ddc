//! A penalty file as an office reports it: the 2021 layout, CSV in GB18030, with rows that break rules.

use std::path::{Path, PathBuf};

use jiff::{
    Timestamp, ToSpan,
    civil::Date,
    tz::{TimeZone, offset},
};

use super::{CODE, ENTERPRISE};
use crate::{Failure, programs::repository, window::Window};

pub(super) fn write(out: &Path) -> Result<PathBuf, Failure> {
    let sample = std::fs::read(repository().join("tests/fixtures/import/synthetic_xzcf_2021_gb18030.csv"))?;
    let (sample, _, broken) = encoding_rs::GB18030.decode(&sample);
    if broken {
        return Err("the fixture is not GB18030".into());
    }
    let header = sample.lines().next().ok_or("the fixture has no header")?;
    let today = TimeZone::fixed(offset(8)).to_datetime(Timestamp::now()).date();
    let day = |days: i64| today.checked_sub(days.days());
    let rows = [
        row(
            ENTERPRISE,
            CODE,
            "穗越建罚〔2026〕12号",
            "违反施工现场管理规定",
            "罚款",
            "罚款30000元",
            "3",
            day(190)?,
        ),
        row(
            ENTERPRISE,
            CODE,
            "穗越建罚〔2026〕88号",
            "未按规定报送安全资料",
            "罚款",
            "罚款20000元",
            "2",
            day(30)?,
        ),
        row(
            ENTERPRISE,
            CODE,
            "穗越建罚〔2026〕3号",
            "超越资质承揽工程",
            "吊销许可证件",
            "吊销资质证书",
            "",
            day(200)?,
        ),
        // 5000 yuan written as 5000 万元: taken, with a warning.
        row(
            "广州市越秀样例餐饮有限公司",
            "91440104MAD272HD09",
            "穗越建罚[2026]15号",
            "擅自占用场地",
            "罚款",
            "罚款5000元",
            "5000",
            day(150)?,
        ),
        // The check character is wrong: kept for check.
        row(
            "广州市越秀样例商贸有限公司",
            "91440104MAD272HD08",
            "穗越建罚〔2026〕16号",
            "擅自占用场地",
            "罚款",
            "罚款5000元",
            "0.5",
            day(150)?,
        ),
    ];
    let text = format!("{header}\r\n{}\r\n", rows.join("\r\n"));
    let (bytes, _, unmappable) = encoding_rs::GB18030.encode(&text);
    if unmappable {
        return Err("a character is not in GB18030".into());
    }
    let path = out.join(format!("双公示-行政处罚-{}.csv", today.strftime("%Y%m%d")));
    std::fs::write(&path, bytes)?;
    Ok(path)
}

#[allow(clippy::too_many_arguments)] // the columns of the sheet, in its order
fn row(name: &str, code: &str, number: &str, act: &str, kinds: &str, content: &str, wan: &str, on: Date) -> String {
    let on = on.strftime("%Y/%m/%d");
    let office = "广州市越秀区住房和建设局,11440104MACL12TH2Q,广州市越秀区住房和建设局,11440104MACL12TH2Q";
    format!(
        "{name},法人及非法人组织,{code},,,,,,林某某,,,,,{number},{act},（演示）{act},《广东省建设工程质量管理条例》,{kinds},{content},{wan},,,{on},2099/12/31,,{office},演示数据"
    )
}

pub(super) async fn import(window: &mut Window, file: &Path, out: &Path) -> Result<(), Failure> {
    window.click("rail-imports").await?;
    window.element("screen-imports").await?;
    window.look("数据导入-空").await?;
    window.fill("import-file-path", &file.to_string_lossy()).await?;
    window.click("import-start").await?;
    window.element("import-summary").await?;
    window.says("import-n-read", "5").await?;
    window.element("import-findings").await?;
    window.look("数据导入-结果").await?;
    window.click("findings-save").await?;
    let report = out.join("导入检查结果.xlsx");
    window.fill("findings-save-path", &report.to_string_lossy()).await?;
    window.click("findings-save-now").await?;
    crate::until(|| report.exists(), "the findings are saved").await
}
