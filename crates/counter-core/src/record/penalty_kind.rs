//! 处罚类别: the kinds of penalty, and how real rows write several of them in one cell.

use serde::{Deserialize, Serialize};

/// A kind of administrative penalty as the 2021 data standard lists them, light to heavy (行政处罚法 art. 9).
///
/// Rule packs and JSON write the standard's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
pub enum PenaltyKind {
    /// 警告
    #[serde(rename = "警告")]
    Warning,
    /// 通报批评
    #[serde(rename = "通报批评")]
    Criticism,
    /// 罚款
    #[serde(rename = "罚款")]
    Fine,
    /// 没收违法所得
    #[serde(rename = "没收违法所得")]
    ConfiscateGains,
    /// 没收非法财物
    #[serde(rename = "没收非法财物")]
    ConfiscateProperty,
    /// 暂扣许可证件
    #[serde(rename = "暂扣许可证件")]
    SuspendLicence,
    /// 降低资质等级
    #[serde(rename = "降低资质等级")]
    DowngradeQualification,
    /// 吊销许可证件
    #[serde(rename = "吊销许可证件")]
    RevokeLicence,
    /// 限制开展生产经营活动
    #[serde(rename = "限制开展生产经营活动")]
    RestrictOperation,
    /// 责令停产停业
    #[serde(rename = "责令停产停业")]
    SuspendBusiness,
    /// 责令关闭
    #[serde(rename = "责令关闭")]
    CloseBusiness,
    /// 限制从业
    #[serde(rename = "限制从业")]
    RestrictProfession,
    /// 行政拘留
    #[serde(rename = "行政拘留")]
    Detention,
}

/// What one 处罚类别 cell names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PenaltyKinds {
    /// The kinds understood, light to heavy, each once.
    pub kinds: Vec<PenaltyKind>,
    /// What is written there and is none of the kinds.
    pub others: Vec<String>,
    /// The cell holds the old joint kind 暂扣或者吊销 and the content does not tell which: both are in `kinds`.
    pub suspend_or_revoke: bool,
}

impl PenaltyKind {
    /// Every kind, light to heavy.
    pub const ALL: [Self; 13] = [
        Self::Warning,
        Self::Criticism,
        Self::Fine,
        Self::ConfiscateGains,
        Self::ConfiscateProperty,
        Self::SuspendLicence,
        Self::DowngradeQualification,
        Self::RevokeLicence,
        Self::RestrictOperation,
        Self::SuspendBusiness,
        Self::CloseBusiness,
        Self::RestrictProfession,
        Self::Detention,
    ];

    /// The standard's word.
    pub fn label(self) -> &'static str {
        match self {
            Self::Warning => "警告",
            Self::Criticism => "通报批评",
            Self::Fine => "罚款",
            Self::ConfiscateGains => "没收违法所得",
            Self::ConfiscateProperty => "没收非法财物",
            Self::SuspendLicence => "暂扣许可证件",
            Self::DowngradeQualification => "降低资质等级",
            Self::RevokeLicence => "吊销许可证件",
            Self::RestrictOperation => "限制开展生产经营活动",
            Self::SuspendBusiness => "责令停产停业",
            Self::CloseBusiness => "责令关闭",
            Self::RestrictProfession => "限制从业",
            Self::Detention => "行政拘留",
        }
    }

    /// The wordings by which a cell names the kind.
    fn wordings(self) -> &'static [&'static str] {
        match self {
            Self::Warning => &["警告"],
            Self::Criticism => &["通报批评"],
            Self::Fine => &["罚款"],
            Self::ConfiscateGains => &["没收违法所得", "没收非法所得"],
            Self::ConfiscateProperty => &["没收非法财物", "没收违法财物"],
            Self::SuspendLicence => &["暂扣"],
            Self::DowngradeQualification => &["降低资质"],
            Self::RevokeLicence => &["吊销"],
            Self::RestrictOperation => &["限制开展生产经营", "限制生产经营"],
            Self::SuspendBusiness => &["停产停业", "停业整顿", "停产整顿", "责令停业", "责令停产"],
            Self::CloseBusiness => &["责令关闭"],
            Self::RestrictProfession => &["限制从业"],
            Self::Detention => &["拘留"],
        }
    }
}

impl PenaltyKinds {
    /// Reads a cell such as `罚款;没收违法所得`, `警告-罚款` or `其他-责令改正`.
    ///
    /// `content` (处罚内容) only settles the old joint kind 暂扣或者吊销许可证、执照.
    pub fn read(cell: &str, content: Option<&str>) -> Self {
        let mut read = Self::default();
        let joint = cell.contains("暂扣或者吊销") || cell.contains("暂扣或吊销");
        for part in parts(cell) {
            let named: Vec<PenaltyKind> = PenaltyKind::ALL
                .into_iter()
                .filter(|kind| kind.wordings().iter().any(|w| part.contains(w)))
                .collect();
            if named.is_empty() {
                read.others.push(part);
            }
            read.kinds.extend(named);
        }
        if joint {
            read.settle_joint_kind(content.unwrap_or_default());
        }
        read.kinds.sort_unstable();
        read.kinds.dedup();
        read
    }

    /// Keeps the one of suspension and revocation that the content names.
    fn settle_joint_kind(&mut self, content: &str) {
        match (content.contains("暂扣"), content.contains("吊销")) {
            (true, false) => self.kinds.retain(|kind| *kind != PenaltyKind::RevokeLicence),
            (false, true) => self.kinds.retain(|kind| *kind != PenaltyKind::SuspendLicence),
            (true, true) => {}
            (false, false) => self.suspend_or_revoke = true,
        }
    }
}

/// Cuts a cell at its separators. `其他` stays with what details it; what merely continues a kind is dropped.
fn parts(cell: &str) -> Vec<String> {
    const SEPARATORS: [char; 12] = [';', '；', ',', '，', '、', '-', '—', '－', '/', '|', '+', '\n'];
    const CONTINUATIONS: [&str; 3] = ["执照", "许可证", "证照"];
    let mut parts = Vec::new();
    let mut other = false;
    for piece in cell.split(SEPARATORS).map(str::trim).filter(|piece| !piece.is_empty()) {
        let detail = piece
            .trim_start_matches("其他")
            .trim_matches(['(', ')', '（', '）', ':', '：']);
        if detail.is_empty() || detail == "注明" {
            other = true;
        } else if !CONTINUATIONS.contains(&detail) {
            parts.push(if other || detail != piece {
                format!("其他-{detail}")
            } else {
                detail.to_owned()
            });
            other = false;
        }
    }
    if other {
        parts.push("其他".to_owned());
    }
    parts
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("罚款;没收违法所得", "罚款 没收违法所得", "")]
    #[case("罚款；警告", "警告 罚款", "")]
    #[case("没收违法所得、没收非法财物", "没收违法所得 没收非法财物", "")]
    #[case("警告-罚款", "警告 罚款", "")]
    #[case("其他-警告", "警告", "")]
    #[case("罚款;其他-责令改正", "罚款", "其他-责令改正")]
    #[case("其他(注明)", "", "其他")]
    #[case("吊销许可证件;吊销许可证件", "吊销许可证件", "")]
    #[case("", "", "")]
    fn a_cell_is_read_as_real_rows_write_it(#[case] cell: &str, #[case] kinds: &str, #[case] others: &str) {
        let read = PenaltyKinds::read(cell, None);
        let words = |list: &[PenaltyKind]| list.iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" ");
        assert_eq!(
            (words(&read.kinds), read.others.join(" ")),
            (kinds.to_owned(), others.to_owned())
        );
    }

    #[rstest]
    #[case(Some("吊销食品经营许可证"), &[PenaltyKind::RevokeLicence], false)]
    #[case(Some("暂扣许可证三个月"), &[PenaltyKind::SuspendLicence], false)]
    #[case(None, &[PenaltyKind::SuspendLicence, PenaltyKind::RevokeLicence], true)]
    fn the_old_joint_kind_is_settled_by_the_content(
        #[case] content: Option<&str>,
        #[case] kinds: &[PenaltyKind],
        #[case] open: bool,
    ) {
        let read = PenaltyKinds::read("暂扣或者吊销许可证、执照", content);
        assert_eq!((read.kinds.as_slice(), read.suspend_or_revoke), (kinds, open));
        assert_eq!(read.others, Vec::<String>::new());
    }
}
