//! A file so long that the clerk thinks better of it: cancelled in the middle, it leaves nothing behind.

use std::{
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use fantoccini::key::Key;

use super::{
    prepared::Counter,
    sheet::{HOUSING, Penalty, days_ago, header},
};
use crate::{Failure, keyboard::Keyboard};

/// Enough that the file is not read to its end while the screen is looked at.
const ROWS: u32 = 250_000;

/// Begins a long import, sees how far it is, and cancels it with the keyboard.
///
/// # Errors
/// The first thing that is not as it should be, with what the screen showed.
pub async fn cancel(folder: &Path, out: &Path) -> Result<(), Failure> {
    let counter = Counter::new(folder)?;
    let file = write(folder)?;
    let mut window = counter.open(out).await?;
    window.click("rail-imports").await?;
    window.fill("import-file-path", &file.to_string_lossy()).await?;
    window.press(&[Key::Enter]).await?;
    // Some of the file is read and some is not; how long the rest takes is told.
    window.says("import-progress", "约").await?;
    let script = "const bar = document.querySelector('[data-testid=import-progress] progress'); \
        return bar.position > 0 && bar.position < 1";
    window.holds(script, Vec::new()).await?;
    window.look("导入-进行中").await?;
    let keyboard = Keyboard(&window);
    keyboard.tab_to("progress-cancel").await?;
    keyboard.key(Key::Enter).await?;
    window.says("import-cancelled", "数据没有变化").await?;
    window.look("导入-已取消").await?;
    if window.shows("import-summary").await? {
        return Err("what was cancelled has no outcome".into());
    }
    window.fill("search-input", "长卷样例").await?;
    window.says("top-search", "没有").await?;
    if window.shows("search-hit").await? {
        return Err("a row of the cancelled file was kept".into());
    }
    window.look("导入-没有留下").await?;
    window.close().await?;
    let checked = counter.done(&["check"])?;
    if checked["ok"] != true {
        return Err(format!("the data are not as they were: {checked}").into());
    }
    Ok(())
}

fn write(folder: &Path) -> Result<PathBuf, Failure> {
    let path = folder.join("双公示-历年行政处罚.csv");
    let mut file = BufWriter::new(std::fs::File::create(&path)?);
    writeln!(file, "\u{feff}{}", header()?.join(","))?;
    let on = days_ago(150)?;
    for n in 0..ROWS {
        let (name, code, number) = (
            format!("广州市长卷样例{n}号商行"),
            code(n),
            format!("穗越建罚〔2026〕{n}号"),
        );
        let penalty = Penalty {
            name: &name,
            code: &code,
            number: &number,
            act: "擅自占用场地",
            kinds: "罚款",
            content: "罚款5000元",
            fine: "0.5",
            on,
            office: HOUSING,
        };
        writeln!(file, "{}", penalty.cells().join(","))?;
    }
    file.flush()?;
    Ok(path)
}

/// A made-up unified social credit code with right check characters (GB 11714, GB 32100).
fn code(n: u32) -> String {
    const SIGNS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let serial = format!("DE{n:06}");
    let weights = [3, 7, 9, 10, 5, 8, 4, 2];
    let values = serial.chars().filter_map(|sign| sign.to_digit(36));
    let check = match 11 - values.zip(weights).map(|(value, weight)| value * weight).sum::<u32>() % 11 {
        10 => "X".to_owned(),
        11 => "0".to_owned(),
        figure => figure.to_string(),
    };
    let body = format!("91440104{serial}{check}");
    let (mut sum, mut weight) = (0, 1);
    for sign in body.bytes() {
        let value = SIGNS.iter().position(|known| *known == sign).unwrap_or_default();
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(SIGNS[(31 - sum % 31) % 31]))
}
