//! 恢复词保管页: the 24 words that open the counter's data when everything else is lost.

use serde::{Deserialize, Serialize};

use super::{Issue, begin, blank_date, body, filled};
use crate::document::{Block, Document, Text};

/// What stands on the sheet.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecoverySheet {
    /// Where and when.
    pub issue: Issue,
    /// The counter's code, such as W03.
    pub counter: String,
    /// The words in order.
    pub words: Vec<String>,
}

impl std::fmt::Debug for RecoverySheet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecoverySheet")
            .field("counter", &self.counter)
            .finish_non_exhaustive()
    }
}

const KEEPING: [&str; 5] = [
    "打印后当场核对每个字和顺序，再放入信封密封，骑缝签字。",
    "存放在有锁的柜子里，与本窗口的电脑和备份分开；电脑损坏、更换或者忘记口令时，凭这些字恢复数据。",
    "任何人知道这些字，就能打开本窗口的全部数据。不拍照，不抄录，不发送，不输入其他程序或者网页。",
    "怀疑泄露的，立即在本程序中更换密钥，重新打印，并销毁本页。",
    "人员调整时办理交接，在下方签字。",
];

/// The paper. It has no QR symbol and its words are nowhere in the metadata.
pub fn recovery_sheet(sheet: &RecoverySheet) -> Document {
    let mut document = begin(&sheet.issue, "recovery_sheet", "恢复词保管页");
    document.number = Some(format!("窗口 {}", sheet.counter));
    document.blocks.push(body(
        "下列恢复词只显示一次，本程序不再保存。请按序号从左到右、从上到下核对。",
    ));
    document.blocks.push(Block::WordGrid {
        columns: 6,
        words: sheet.words.clone(),
    });
    document.blocks.push(Block::Heading(Text::from("怎样保管")));
    document
        .blocks
        .push(Block::Numbered(KEEPING.into_iter().map(Text::from).collect()));
    document.closing.signatures = vec![
        vec![
            filled("打印人：", Some(&sheet.issue.clerk), 8.0),
            filled("保管人：", None, 8.0),
            blank_date(),
        ],
        vec![
            filled("交接人：", None, 8.0),
            filled("接收人：", None, 8.0),
            blank_date(),
        ],
    ];
    document
}
