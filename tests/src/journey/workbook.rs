//! A workbook as offices pass it on: penalties, permits and a page of instructions in one file.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{
    CODE, ENTERPRISE, import_file,
    sheet::{COURT, HOUSING, Penalty, days_ago, header, today},
};
use crate::{Failure, window::Window};

/// The record of the enterprise that is another office's matter.
pub(super) const COURT_NUMBER: &str = "（2026）粤0104执1207号";

const PERMIT_HEADER: &str = "行政相对人名称,行政相对人类别,行政相对人代码_1(统一社会信用代码),行政相对人代码_2(工商注册号),\
    法定代表人,行政许可决定文书名称,行政许可决定文书号,许可类别,许可证书名称,许可编号,许可内容,许可决定日期,有效期自,有效期至,\
    许可机关,许可机关统一社会信用代码,当前状态,数据来源单位,数据来源单位统一社会信用代码,备注";

const SITE_TAKEN: Penalty<'_> = Penalty {
    name: "广州市越秀样例餐饮有限公司",
    code: "91440104MAD272HD09",
    number: "穗越建罚〔2026〕20号",
    act: "擅自占用场地",
    kinds: "罚款",
    content: "罚款5000元",
    fine: "0.5",
    on: Date::MIN,
    office: HOUSING,
};

pub(super) fn write(out: &Path) -> Result<PathBuf, Failure> {
    let penalties = [
        Penalty {
            name: ENTERPRISE,
            code: CODE,
            number: COURT_NUMBER,
            act: "拒不履行生效法律文书",
            content: "罚款10000元",
            fine: "1",
            on: days_ago(160)?,
            office: COURT,
            ..SITE_TAKEN
        },
        Penalty {
            on: days_ago(150)?,
            ..SITE_TAKEN
        },
        // 600 yuan written as 600 万元: taken, with a warning.
        Penalty {
            number: "穗越建罚〔2026〕21号",
            content: "罚款600元",
            fine: "600",
            on: days_ago(90)?,
            ..SITE_TAKEN
        },
        // The check character is wrong: kept for check.
        Penalty {
            name: "广州市越秀样例百货有限公司",
            code: "91440104MAD272HD08",
            number: "穗越建罚〔2026〕22号",
            on: days_ago(90)?,
            ..SITE_TAKEN
        },
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("行政处罚")?;
    sheet.write(0, 0, "越秀区行政处罚信息汇总表")?;
    sheet.write_row(2, 0, header()?)?;
    for (row, penalty) in (3..).zip(&penalties) {
        write_row(sheet, row, &penalty.cells())?;
    }
    let sheet = book.add_worksheet().set_name("行政许可")?;
    sheet.write_row(0, 0, PERMIT_HEADER.split(','))?;
    write_row(sheet, 1, &permit(days_ago(40)?))?;
    let sheet = book.add_worksheet().set_name("填表说明")?;
    sheet.write(0, 0, "本表由各单位按月报送；所列均为演示数据。")?;
    let path = out.join(format!("双公示-汇总表-{}.xlsx", today().strftime("%Y%m%d")));
    book.save(&path)?;
    Ok(path)
}

/// Takes the workbook in, and takes it in again: the second time nothing changes, and the screen says so.
pub(super) async fn import_twice(window: &mut Window, file: &Path) -> Result<(), Failure> {
    import_file::take_in(window, file).await?;
    window.says("import-summary", "行政处罚和行政许可").await?;
    for (number, rows) in [("read", "5"), ("accepted", "3"), ("warned", "1"), ("kept", "1")] {
        window.says(&format!("import-n-{number}"), rows).await?;
    }
    window.says("import-findings", "行政处罚 第").await?;
    window.look("数据导入-工作簿").await?;
    import_file::take_in(window, file).await?;
    window.says("import-n-duplicates", "5").await?;
    window.says("import-nothing-new", "没有变化").await?;
    window.look("数据导入-再次导入").await
}

fn permit(on: Date) -> Vec<String> {
    let (from, until) = (on.strftime("%Y/%m/%d").to_string(), "2031/12/31");
    let office = ["广州市越秀区市场监督管理局", "11440104MACL12TH2Q"];
    [
        ENTERPRISE,
        "法人及非法人组织",
        CODE,
        "",
        "林某某",
        "准予登记通知书",
        "越登许〔2026〕7号",
        "登记",
        "登记通知书",
        "YD2026000007",
        "变更登记",
        &from,
        &from,
        until,
        office[0],
        office[1],
        "1",
        office[0],
        office[1],
        "演示数据",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// Writes amounts as numbers and days as days, as a spreadsheet holds what was typed into it.
fn write_row(sheet: &mut Worksheet, row: u32, cells: &[String]) -> Result<(), Failure> {
    let day_format = Format::new().set_num_format("yyyy/mm/dd");
    for (column, cell) in (0..).zip(cells.iter()) {
        if cell.is_empty() {
            continue;
        }
        let day = cell
            .contains('/')
            .then(|| ExcelDateTime::parse_from_str(&cell.replace('/', "-")));
        match (day, cell.parse::<f64>()) {
            (Some(day), _) => sheet.write_with_format(row, column, &day?, &day_format)?,
            (None, Ok(number)) => sheet.write(row, column, number)?,
            (None, Err(_)) => sheet.write(row, column, cell)?,
        };
    }
    Ok(())
}
