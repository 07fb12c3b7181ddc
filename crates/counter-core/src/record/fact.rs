//! The facts about a record that are not columns of the standard.

use serde::{Deserialize, Serialize};

use crate::pack::Class;

/// A class that a person chose where no rule gives one, or where the authority's own table does, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields)]
pub struct ChosenClass {
    /// The class.
    pub class: Class,
    /// The document and article, in the person's words.
    pub citation: String,
}

/// What kind of dishonesty record it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// 行政处罚信息
    #[default]
    Penalty,
    /// 严重失信主体名单
    SeriousList,
    /// 异常名录
    AbnormalList,
    /// 抽查检查结果
    SpotCheck,
    /// 失信被执行人 and other court records
    Court,
    /// 纳税信用 and tax lists
    Tax,
    /// 其他失信信息
    Other,
}

impl RecordKind {
    /// The word in rule keys and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Penalty => "penalty",
            Self::SeriousList => "serious_list",
            Self::AbnormalList => "abnormal_list",
            Self::SpotCheck => "spot_check",
            Self::Court => "court",
            Self::Tax => "tax",
            Self::Other => "other",
        }
    }

    /// The word on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Penalty => "行政处罚信息",
            Self::SeriousList => "严重失信主体名单信息",
            Self::AbnormalList => "异常名录信息",
            Self::SpotCheck => "抽查检查结果",
            Self::Court => "失信被执行人等司法信息",
            Self::Tax => "纳税信用与税收违法信息",
            Self::Other => "其他失信信息",
        }
    }
}

/// How the decision was made (行政处罚法 simple and ordinary procedure).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// 简易程序
    Simple,
    /// 普通程序
    Ordinary,
}

impl Procedure {
    /// The word on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Simple => "简易程序",
            Self::Ordinary => "普通程序",
        }
    }
}

/// The field of law a decision belongs to, where a pack looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// 食品
    Food,
    /// 药品
    Drug,
    /// 特种设备
    SpecialEquipment,
    /// 安全生产
    WorkSafety,
    /// 消防
    Fire,
    /// 生态环境
    Environment,
    /// 工程质量
    ConstructionQuality,
    /// 强制性产品认证
    CompulsoryCertification,
    /// 其他
    Other,
}

impl Domain {
    /// Every domain, in the order of the lists to choose from.
    pub const ALL: [Self; 9] = [
        Self::Food,
        Self::Drug,
        Self::SpecialEquipment,
        Self::WorkSafety,
        Self::Fire,
        Self::Environment,
        Self::ConstructionQuality,
        Self::CompulsoryCertification,
        Self::Other,
    ];

    /// The word on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Food => "食品",
            Self::Drug => "药品",
            Self::SpecialEquipment => "特种设备",
            Self::WorkSafety => "安全生产",
            Self::Fire => "消防",
            Self::Environment => "生态环境",
            Self::ConstructionQuality => "工程质量",
            Self::CompulsoryCertification => "强制性产品认证",
            Self::Other => "其他",
        }
    }
}
