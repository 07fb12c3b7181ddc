//! 材料清单: what a case has of each material, what is held of it and must be given back.

use serde::{Deserialize, Serialize};

use super::{Decision, Issue, Party, begin, body, clerk_and_agent, decision_pairs, known_code, pair};
use crate::document::{Block, Column, Document, Table, Text};

/// What stands on the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaterialList {
    /// Where and when.
    pub issue: Issue,
    /// 件号.
    pub case_no: String,
    /// Who applies.
    pub subject: Party,
    /// The record.
    pub decision: Decision,
    /// Who handed the materials in, such as 李某（经办人）.
    pub agent: String,
    /// Every material of the checklist, in its order.
    pub materials: Vec<ListedMaterial>,
}

/// A material and what there is of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedMaterial {
    /// Its name.
    pub name: String,
    /// How it stands with the material.
    pub standing: Standing,
    /// What was done with the original; none where none was there.
    #[serde(default)]
    pub original: Option<Original>,
    /// Copies on paper.
    #[serde(default)]
    pub copies: u32,
    /// Scanned pages.
    #[serde(default)]
    pub scans: u32,
    /// What to heed.
    #[serde(default)]
    pub note: Option<String>,
}

/// How it stands with a material.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Standing {
    /// The counter has it.
    Received,
    /// It is still to come.
    Missing,
    /// It need not come, such as one the counter fetched itself.
    Waived {
        /// Why.
        reason: String,
    },
    /// It was handed in and not taken.
    Refused {
        /// Why.
        reason: String,
    },
}

/// What was done with an original.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Original {
    /// Kept for good.
    Kept,
    /// Seen, compared and given back at once.
    Seen,
    /// Held for now; to be given back.
    Held,
}

impl Original {
    /// The words on paper.
    pub fn words(self) -> &'static str {
        match self {
            Self::Kept => "留存",
            Self::Seen => "已核对，已退还",
            Self::Held => "暂存，待退还",
        }
    }
}

/// The paper.
pub fn material_list(list: &MaterialList) -> Document {
    let mut document = begin(&list.issue, "material_list", "材料清单");
    document.number = Some(list.case_no.clone());
    let mut rows = vec![vec![
        pair("申请单位", list.subject.name.as_str()),
        pair("递交人", list.agent.as_str()),
    ]];
    if let Some(uscc) = &list.subject.uscc {
        rows.push(vec![pair("统一社会信用代码", known_code(Some(uscc)))]);
    }
    rows.extend(decision_pairs(&list.decision));
    document.blocks.push(Block::KeyValue(rows));
    document.blocks.push(table(&list.materials));
    document.blocks.push(body(summary(&list.materials)));
    let held: Vec<&str> = list
        .materials
        .iter()
        .filter(|material| material.original == Some(Original::Held))
        .map(|material| material.name.as_str())
        .collect();
    if !held.is_empty() {
        document.blocks.push(Block::Callout {
            title: format!("窗口暂存原件 {} 件", held.len()),
            text: Text::new(format!("{}。用毕退还，领回时请出示本清单。", held.join("、"))),
        });
    }
    document.blocks.push(body("本清单一式两份，双方签字后各执一份。"));
    document.closing.signatures = clerk_and_agent(&list.issue, "递交人签字：");
    document
}

fn table(materials: &[ListedMaterial]) -> Block {
    let count = |number: u32| {
        Text::new(if number == 0 {
            "—".to_owned()
        } else {
            number.to_string()
        })
    };
    let rows = materials
        .iter()
        .enumerate()
        .map(|(nth, material)| {
            let (word, reason) = match &material.standing {
                Standing::Received => ("已收", None),
                Standing::Missing => ("缺", None),
                Standing::Waived { reason } => ("免交", Some(reason)),
                Standing::Refused { reason } => ("未收", Some(reason)),
            };
            let notes: Vec<&str> = reason.into_iter().chain(&material.note).map(String::as_str).collect();
            vec![
                Text::new((nth + 1).to_string()),
                Text::new(material.name.as_str()),
                Text::new(word),
                Text::new(material.original.map_or("—", Original::words)),
                count(material.copies),
                count(material.scans),
                Text::new(notes.join("；")),
            ]
        })
        .collect();
    Block::Table(Table {
        columns: vec![
            Column::centered("序", 6.5),
            Column::new("材料", 24.0),
            Column::centered("情况", 9.5),
            Column::new("原件", 19.0),
            Column::centered("复印件", 10.0),
            Column::centered("扫描页", 10.0),
            Column::new("说明", 21.0),
        ],
        rows,
    })
}

fn summary(materials: &[ListedMaterial]) -> String {
    let (mut received, mut missing, mut waived, mut refused) = (0, 0, 0, 0);
    for material in materials {
        match material.standing {
            Standing::Received => received += 1,
            Standing::Missing => missing += 1,
            Standing::Waived { .. } => waived += 1,
            Standing::Refused { .. } => refused += 1,
        }
    }
    let counts: Vec<String> = [
        ("已收", received),
        ("尚缺", missing),
        ("免交", waived),
        ("未收", refused),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(word, count)| format!("{word} {count} 项"))
    .collect();
    format!("以上材料共 {} 项：{}。", materials.len(), counts.join("，"))
}
