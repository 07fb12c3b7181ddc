//! 培训证明: that a person of an enterprise attended a class and passed its exam.
//!
//! The QR text is the proof; the print alone is none. Whether training counts for a repair is
//! a matter of the rules of the day and is not said here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Issue, Party, begin, long_date};
use crate::document::{Align, Block, Document, Paragraph, Qr, Sheet, Text};

/// What stands on the certificate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Where and when; the office is the head.
    pub issue: Issue,
    /// 证明编号.
    pub number: String,
    /// The enterprise.
    pub subject: Party,
    /// Who attended.
    pub trainee: String,
    /// The class, such as 2026 年第 12 期信用修复培训班.
    pub class: String,
    /// Class number, where it has one.
    #[serde(default)]
    pub class_no: Option<String>,
    /// The day of the exam.
    pub exam_on: Date,
    /// Hours attended.
    pub hours: u32,
    /// Points in the exam.
    pub score: u32,
    /// Who issues it: the district credit office, or the agency of a market class.
    pub issuer: String,
    /// 主办、协办、授课 bodies, a line each, such as 主办：越秀区信用办.
    #[serde(default)]
    pub bodies: Vec<String>,
    /// Text of the QR symbol: the signed payload.
    pub qr_text: String,
}

/// The paper.
pub fn training_certificate(certificate: &Certificate) -> Document {
    let mut document = begin(&certificate.issue, "training_certificate", "培训证明");
    document.sheet = Sheet::Certificate;
    document.number = Some(format!("编号：{}", certificate.number));
    let mut text = Text::default().strong(certificate.subject.name.as_str());
    if let Some(uscc) = &certificate.subject.uscc {
        text = text.plain("（统一社会信用代码 ").plain(uscc.as_str()).plain("）");
    }
    let mut class = certificate.class.clone();
    if let Some(number) = &certificate.class_no {
        class = format!("{class}（{number}）");
    }
    text = text.plain("　").strong(certificate.trainee.as_str()).plain(format!(
        "　参加{class}，完成 {} 学时，于 {}参加考试，成绩 {} 分，考核合格。",
        certificate.hours,
        long_date(certificate.exam_on),
        certificate.score,
    ));
    document.blocks.push(Paragraph::body(text).into());
    document.blocks.push(Paragraph::body("特此证明。").into());
    document.blocks.push(Block::Space(6.0));
    if !certificate.bodies.is_empty() {
        let note = Paragraph {
            align: Align::Left,
            scale: 0.7,
            ..Paragraph::note(certificate.bodies.join("　　"))
        };
        document.blocks.push(note.into());
    }
    document.closing.signatures = vec![vec![
        Text::new(certificate.issuer.as_str()),
        Text::new(long_date(certificate.issue.issued_on)),
    ]];
    document.closing.seal = Some("发证单位盖章".to_owned());
    document.qr = Some(Qr {
        text: certificate.qr_text.clone(),
        caption: vec!["扫码核验".to_owned(), "真伪以核验签名为准".to_owned()],
    });
    document
}
