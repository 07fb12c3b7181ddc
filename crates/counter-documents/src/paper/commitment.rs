//! 信用承诺书: one per penalty record, filled in as far as it is known, signed by the applicant.
//!
//! The clauses are of our own wording; a door that asks for its own form gets that one.

use serde::{Deserialize, Serialize};

use super::{Decision, Issue, Party, begin, blank_date, body, decision_pairs, filled};
use crate::document::{Block, Document, Sheet, Text};

/// What stands on the commitment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// Where and when it was printed.
    pub issue: Issue,
    /// The case's number, where there is one.
    #[serde(default)]
    pub case_no: Option<String>,
    /// To whom the promise is made: usually the finding authority.
    pub addressee: String,
    /// Who promises.
    pub subject: Party,
    /// The legal representative; a blank where not known.
    #[serde(default)]
    pub legal_representative: Option<String>,
    /// The one decision it is about.
    pub decision: Decision,
}

const CLAUSES: [&str; 5] = [
    "遵守法律、法规、规章和有关标准，依法诚信经营，不再发生同类违法行为。",
    "上述处罚决定确定的义务已经全部履行，违法行为已经改正，造成的不良影响已经消除。",
    "申请信用修复所提供的材料真实、合法、完整，与原件一致，并对其真实性负责。",
    "接受有关部门的监督检查，同意依法公开本承诺及履行情况。",
    "违背承诺或者提供虚假材料的，接受依法作出的处理，并承担相应的法律责任。",
];

/// The paper.
pub fn commitment(commitment: &Commitment) -> Document {
    let mut document = begin(&commitment.issue, "commitment", "信用承诺书");
    document.sheet = Sheet::Letter;
    document.number.clone_from(&commitment.case_no);
    document.addressee = Some(commitment.addressee.clone());
    let uscc = commitment.subject.uscc.as_deref();
    document.blocks.push(Block::KeyValue(vec![
        vec![("承诺单位".to_owned(), Text::new(commitment.subject.name.as_str()))],
        vec![
            (
                "统一社会信用代码".to_owned(),
                uscc.map_or_else(Text::default, |uscc| Text::default().code(uscc)),
            ),
            (
                "法定代表人".to_owned(),
                Text::new(commitment.legal_representative.as_deref().unwrap_or_default()),
            ),
        ],
    ]));
    document
        .blocks
        .push(Block::KeyValue(decision_pairs(&commitment.decision)));
    document.blocks.push(body("为修复上列行政处罚信息，我单位郑重承诺："));
    document
        .blocks
        .push(Block::Numbered(CLAUSES.into_iter().map(Text::from).collect()));
    document
        .blocks
        .push(body("本承诺书仅用于上列一项行政处罚信息，不得替代其他记录的承诺。"));
    document.closing.signatures = vec![vec![
        Text::new("承诺单位（盖章）："),
        filled("法定代表人（签字）：", None, 6.0),
        blank_date(),
    ]];
    document.closing.seal = Some("承诺单位公章".to_owned());
    document
}
