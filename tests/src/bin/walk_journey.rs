//! Walks the journeys by itself where nobody sits before a display, and leaves their pictures and papers.
//!
//! `walk-journey DATA OUT [JOURNEY…]` needs an empty or absent folder DATA, a display and WebKitGTK's driver. The
//! journey of a case leaves its pictures in OUT itself, each of the others in a folder of its name there.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use acceptance_tests::{
    Failure,
    hub::Hub,
    journey::{
        self, backups, bad_disk, burnt, calls, closed, closing, continued, damaged_page, doors, insisted,
        keyboard_alone, limits, line, long_import, long_stick, no_key, objection, parked, parked_again, register,
        scanning, screens, seven, stick, undetermined, undone, verified, week,
    },
};

const JOURNEYS: [&str; 30] = [
    "办件",
    "长导入",
    "小窗口",
    "深色",
    "键盘",
    "烧毁",
    "恢复词",
    "备份",
    "磁盘",
    "打不开",
    "U盘",
    "期限",
    "坚持提交",
    "登记簿",
    "撤销",
    "待判定",
    "七条",
    "断网",
    "核查",
    "续办",
    "各门",
    "异议",
    "到期名单",
    "扫描",
    "连接",
    "待处理",
    "重新办理",
    "长U盘",
    "坏页",
    "关窗",
];

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stderr, clippy::print_stdout)] // a program for the terminal
async fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(data), Some(out)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: walk-journey DATA OUT [{}]", JOURNEYS.join("|"));
        return ExitCode::from(2);
    };
    let asked: Vec<PathBuf> = arguments.collect();
    for journey in JOURNEYS {
        if !asked.is_empty() && !asked.iter().any(|name| name.as_os_str() == journey) {
            continue;
        }
        if let Err(failure) = walk(journey, &data, &out).await {
            eprintln!("the journey {journey} stopped: {failure}");
            return ExitCode::FAILURE;
        }
    }
    println!("走完全程，截图和文书在 {}", out.display());
    ExitCode::SUCCESS
}

async fn walk(journey: &str, data: &Path, out: &Path) -> Result<(), Failure> {
    let (folder, pictures) = (data.join(journey), out.join(journey));
    match journey {
        "长导入" => long_import::cancel(&folder, &pictures).await,
        "小窗口" => screens::fit_a_small_window(&folder, &pictures).await,
        "深色" => screens::keep_their_contrast_in_the_dark(&folder, &pictures).await,
        "键盘" => keyboard_alone::walk(&folder, &pictures).await,
        "烧毁" => burnt::walk(&folder, &pictures).await,
        "恢复词" => no_key::walk(&folder, &pictures).await,
        "备份" => backups::walk(&folder, &pictures).await,
        "磁盘" => bad_disk::walk(&folder, &pictures).await,
        "打不开" => closed::walk(&folder, &pictures).await,
        "U盘" => stick::walk(&folder, &pictures).await,
        "期限" => limits::walk(&folder, &pictures).await,
        "坚持提交" => insisted::walk(&folder, &pictures).await,
        "登记簿" => register::walk(&folder, &pictures).await,
        "撤销" => undone::walk(&folder, &pictures).await,
        "待判定" => undetermined::walk(&folder, &pictures).await,
        "七条" => seven::walk(&folder, &pictures).await,
        "断网" => week::walk(&folder, &pictures).await,
        "核查" => verified::walk(&folder, &pictures).await,
        "续办" => continued::walk(&folder, &pictures).await,
        "各门" => doors::walk(&folder, &pictures).await,
        "异议" => objection::walk(&folder, &pictures).await,
        "到期名单" => calls::walk(&folder, &pictures).await,
        "扫描" => scanning::walk(&folder, &pictures).await,
        "连接" => line::walk(&folder, &pictures).await,
        "待处理" => parked::walk(&folder, &pictures).await,
        "重新办理" => parked_again::walk(&folder, &pictures).await,
        "长U盘" => long_stick::walk(&folder, &pictures).await,
        "坏页" => damaged_page::walk(&folder, &pictures).await,
        "关窗" => closing::walk(&folder, &pictures).await,
        _ => {
            let mut hub = Hub::start(&data.join("hub"), "127.0.0.1:0")?;
            journey::walk(&data.join("counter"), &mut hub, out).await
        }
    }
}
