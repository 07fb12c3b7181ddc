//! The closed vocabularies of a rule pack, each with its code (keys, JSON) and its Chinese word (packs, screen, paper).

use serde::{Deserialize, Serialize};

/// The class of a record. Which of them a pack knows is the pack's matter; within one pack the later is the heavier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 轻微
    Minor,
    /// 一般
    General,
    /// 严重
    Serious,
    /// 特定严重 (527号文)
    SpecificSerious,
    /// 最短公示期三个月类 (58号令, 国市监信规〔2021〕3号)
    ThreeMonths,
    /// 最短公示期六个月类 (国市监信规〔2021〕3号)
    SixMonths,
    /// 最短公示期一年类 (58号令, 国市监信规〔2021〕3号)
    OneYear,
}

/// The office or site a record is repaired through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "lowercase")]
pub enum Door {
    /// 信用中国
    CreditChina,
    /// 国家企业信用信息公示系统
    Gsxt,
    /// 认定单位
    Authority,
    /// 执行法院
    Court,
    /// 税务机关
    Tax,
}

/// Who does an act of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// 受理柜台
    Counter,
    /// 申请人
    Applicant,
    /// 认定单位
    Authority,
    /// 信用中国
    Creditchina,
    /// 公示系统
    Gsxt,
    /// 国家公共信用信息中心
    NationalCentre,
}

/// An act of a case, in order. Limits run from one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 收件
    Receive,
    /// 提交
    Submit,
    /// 推送
    Push,
    /// 受理
    Accept,
    /// 决定
    Decide,
    /// 撤下
    TakeDown,
    /// 核对
    Check,
    /// 协查函送达
    Inquire,
}

/// How far a value has been checked against the official text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read in the official text.
    Verified,
    /// Read in a copy or report of it.
    Secondary,
    /// Neither.
    Recalled,
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 7] = [
        Self::Minor,
        Self::General,
        Self::Serious,
        Self::SpecificSerious,
        Self::ThreeMonths,
        Self::SixMonths,
        Self::OneYear,
    ];

    /// The word in rule keys and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::General => "general",
            Self::Serious => "serious",
            Self::SpecificSerious => "specific_serious",
            Self::ThreeMonths => "three_months",
            Self::SixMonths => "six_months",
            Self::OneYear => "one_year",
        }
    }

    /// The word in packs, on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Minor => "轻微",
            Self::General => "一般",
            Self::Serious => "严重",
            Self::SpecificSerious => "特定严重",
            Self::ThreeMonths => "三个月",
            Self::SixMonths => "六个月",
            Self::OneYear => "一年",
        }
    }

    /// The class named in full: 一般失信信息, 最短公示期三个月类.
    pub fn long_label(self) -> String {
        match self {
            Self::Minor | Self::General | Self::Serious | Self::SpecificSerious => format!("{}失信信息", self.label()),
            Self::ThreeMonths | Self::SixMonths | Self::OneYear => format!("最短公示期{}类", self.label()),
        }
    }
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 5] = [Self::CreditChina, Self::Gsxt, Self::Authority, Self::Court, Self::Tax];

    /// The word in packs, on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::CreditChina => "信用中国",
            Self::Gsxt => "公示系统",
            Self::Authority => "认定单位",
            Self::Court => "执行法院",
            Self::Tax => "税务机关",
        }
    }

    /// The name in full.
    pub fn long_label(self) -> &'static str {
        match self {
            Self::CreditChina => "“信用中国”网站",
            Self::Gsxt => "国家企业信用信息公示系统",
            Self::Authority => "认定单位",
            Self::Court => "执行法院",
            Self::Tax => "主管税务机关",
        }
    }
}

impl Actor {
    /// Every actor.
    pub const ALL: [Self; 6] = [
        Self::Counter,
        Self::Applicant,
        Self::Authority,
        Self::Creditchina,
        Self::Gsxt,
        Self::NationalCentre,
    ];

    /// The word in packs, on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Counter => "受理柜台",
            Self::Applicant => "申请人",
            Self::Authority => "认定单位",
            Self::Creditchina => "信用中国",
            Self::Gsxt => "公示系统",
            Self::NationalCentre => "国家公共信用信息中心",
        }
    }
}

impl Act {
    /// Every act, in order.
    pub const ALL: [Self; 8] = [
        Self::Receive,
        Self::Submit,
        Self::Push,
        Self::Accept,
        Self::Decide,
        Self::TakeDown,
        Self::Check,
        Self::Inquire,
    ];

    /// The word in rule keys and JSON.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::Submit => "submit",
            Self::Push => "push",
            Self::Accept => "accept",
            Self::Decide => "decide",
            Self::TakeDown => "take_down",
            Self::Check => "check",
            Self::Inquire => "inquire",
        }
    }

    /// The word on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Receive => "收件",
            Self::Submit => "提交",
            Self::Push => "推送",
            Self::Accept => "受理",
            Self::Decide => "决定",
            Self::TakeDown => "撤下",
            Self::Check => "核对",
            Self::Inquire => "协查函送达",
        }
    }
}

impl Status {
    /// The word on screen and paper.
    pub fn label(self) -> &'static str {
        match self {
            Self::Verified => "已核正式文本",
            Self::Secondary => "据转载或报道",
            Self::Recalled => "待核",
        }
    }
}
