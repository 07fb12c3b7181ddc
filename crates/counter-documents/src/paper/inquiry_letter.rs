//! 协查函: asks the provider of disputed information to check it, with a slip for its reply.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Basis, Issue, Party, bases, begin, blank_date, body, choices, code, filled, known_code, long_date, pair,
    room_to_write,
};
use crate::document::{Align, Block, Column, Document, Paragraph, Table, Text};

/// What stands in the letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inquiry {
    /// Where and when.
    pub issue: Issue,
    /// Number of the letter.
    pub number: String,
    /// The provider that is asked.
    pub provider: String,
    /// Who objects.
    pub subject: Party,
    /// The objection's number.
    pub objection_no: String,
    /// The day the objection came in.
    pub objected_on: Date,
    /// The disputed information, such as a decision's number.
    pub record: String,
    /// What is disputed, item by item.
    pub disputed: Vec<Disputed>,
    /// What is attached.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// The time to reply, in words, such as 收到本函之日起 10 个工作日内.
    pub limit: String,
    /// Where the limit is written.
    #[serde(default)]
    pub limit_basis: Vec<Basis>,
    /// Whom to reply to: name, telephone, address.
    pub contact: String,
    /// Text of the QR symbol.
    #[serde(default)]
    pub qr_text: Option<String>,
}

/// One item of the information.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disputed {
    /// Which item, such as 处罚决定日期.
    pub item: String,
    /// As it is shown.
    pub as_shown: String,
    /// As the subject says it should be.
    pub as_claimed: String,
}

/// The paper.
pub fn inquiry_letter(inquiry: &Inquiry) -> Document {
    let mut document = begin(&inquiry.issue, "inquiry_letter", "协查函");
    document.number = Some(inquiry.number.clone());
    document.addressee = Some(inquiry.provider.clone());
    let uscc = inquiry
        .subject
        .uscc
        .as_deref()
        .map_or_else(String::new, |uscc| format!("（{uscc}）"));
    document.blocks.push(body(format!(
        "{}{uscc}于 {}对你单位提供的信息「{}」提出异议（异议编号 {}），认为下列内容有误。请予核查。",
        inquiry.subject.name,
        long_date(inquiry.objected_on),
        inquiry.record,
        inquiry.objection_no,
    )));
    document.blocks.push(disputed(&inquiry.disputed));
    if !inquiry.evidence.is_empty() {
        document
            .blocks
            .push(body(format!("附：{}。", inquiry.evidence.join("；"))));
    }
    let mut asked = Text::new(format!("请于{}核查并书面回复", inquiry.limit));
    if !inquiry.limit_basis.is_empty() {
        asked = asked.plain("（");
        asked.0.extend(bases(&inquiry.limit_basis).0);
        asked = asked.plain("）");
    }
    asked = asked.plain(format!("。联系方式：{}。", inquiry.contact));
    document.blocks.push(body(asked));
    let sender = |text: String| {
        Block::from(Paragraph {
            align: Align::Right,
            ..Paragraph::flush(text)
        })
    };
    document.blocks.push(Block::Space(8.0));
    document.blocks.push(Block::Together(vec![
        sender(format!("{}（盖章）", inquiry.issue.office)),
        sender(long_date(inquiry.issue.issued_on)),
    ]));
    document.blocks.push(slip(inquiry));
    document.closing.signatures = vec![vec![
        Text::new("回复单位（盖章）："),
        filled("填写人：", None, 7.0),
        blank_date(),
    ]];
    document.closing.seal = Some("回复单位盖章".to_owned());
    document.qr = code(inquiry.qr_text.as_ref(), ["扫码登记回复", "内容：函号、异议编号、签名"]);
    document
}

fn disputed(items: &[Disputed]) -> Block {
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("异议内容", 21.5),
            Column::new("现公示", 36.0),
            Column::new("主张应为", 36.0),
        ],
        rows: items
            .iter()
            .enumerate()
            .map(|(nth, item)| {
                vec![
                    Text::new((nth + 1).to_string()),
                    Text::new(item.item.as_str()),
                    Text::new(item.as_shown.as_str()),
                    Text::new(item.as_claimed.as_str()),
                ]
            })
            .collect(),
    })
}

/// The slip at the foot, which the provider fills in and sends back.
fn slip(inquiry: &Inquiry) -> Block {
    let results = ["一致，无误", "有误，已更正", "应予撤下", "非本单位提供"].map(|word| (word, false));
    let cut = Paragraph {
        align: Align::Center,
        ..Paragraph::note(format!("{0}　沿此线裁下寄回　{0}", "- ".repeat(24)))
    };
    Block::Together(vec![
        Block::Space(8.0),
        cut.into(),
        Paragraph::centered(Text::default().strong("协查回复单")).into(),
        Block::KeyValue(vec![
            vec![
                pair("函号", inquiry.number.as_str()),
                pair("异议编号", known_code(Some(&inquiry.objection_no))),
            ],
            vec![pair("核查结果", choices(&results))],
            vec![pair("说明和依据", room_to_write(Text::default(), 3))],
        ]),
    ])
}
